import type { Receipt } from '../model/types.ts';
import { words } from '../text/language.ts';
import { duration } from '../text/time.ts';

/** The durations of a request, in milliseconds. */
interface Durations {
  readonly roundTripMs: number | null;
  readonly processingMs: number | null;
  readonly phases: { readonly [phase in keyof Receipt['phases']]?: number | null };
}

/** One sentence on what took most of the time; null without a reply. */
export function summarise({ roundTripMs, processingMs, phases }: Durations): string | null {
  if (roundTripMs === null) return null;
  const { summary } = words.value.results;
  const of = duration(roundTripMs);
  const isPlausible = processingMs !== null && processingMs >= 0 && processingMs <= roundTripMs;
  const serverMs = isPlausible ? processingMs : 0;
  const took = duration(serverMs);
  if (isPlausible && serverMs > roundTripMs / 2) return summary.mostlyServer(took, of);

  const longest = longestPart(phases, isPlausible ? processingMs : null);
  if (longest === null) return isPlausible ? summary.serverOnly(took, of) : summary.noParts(of);
  const part = summary.parts[longest.part];
  const isMost = longest.ms > (roundTripMs - serverMs) / 2;
  if (isPlausible) {
    return isMost ? summary.mostlyPart(took, of, part) : summary.longestPart(took, of, part);
  }
  return isMost ? summary.noServerMostly(of, part) : summary.noServerLongest(of, part);
}

type Part = keyof typeof words.value.results.summary.parts;

function longestPart(
  { wait, dns, tcp, tls, request, firstByte, download }: Durations['phases'],
  /** Null where the wait for the reply cannot be divided between server and network. */
  serverMs: number | null,
): { part: Part; ms: number } | null {
  const parts: { part: Part; ms: number }[] = [
    { part: 'wait', ms: wait ?? 0 },
    { part: 'dns', ms: dns ?? 0 },
    { part: 'tcp', ms: tcp ?? 0 },
    { part: 'tls', ms: tls ?? 0 },
    { part: 'request', ms: request ?? 0 },
    serverMs === null
      ? { part: 'answer', ms: firstByte ?? 0 }
      : { part: 'network', ms: Math.max(0, (firstByte ?? 0) - serverMs) },
    { part: 'download', ms: download ?? 0 },
  ];
  const longest = parts.reduce((most, next) => (next.ms > most.ms ? next : most));
  return longest.ms > 0 ? longest : null;
}
