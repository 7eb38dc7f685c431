import type { Receipt } from '../../model/types.ts';

/** The phases of a request in the order in which they follow each other. */
export const PHASES = ['wait', 'dns', 'tcp', 'tls', 'request', 'firstByte', 'download'] as const;
export type Phase = (typeof PHASES)[number];

/** One phase of a request; milliseconds. */
export interface Bar {
  readonly phase: Phase;
  readonly startMs: number;
  readonly lengthMs: number;
  /** What the server did within it, if this is where it did it. */
  readonly server: { readonly startMs: number; readonly lengthMs: number } | null;
}

export interface Waterfall {
  readonly totalMs: number;
  readonly bars: readonly Bar[];
}

/**
 * The request's phases one after the other; null where none was measured. The server's processing
 * stands in the middle of the wait for the first byte: NTP's formula takes the ways there and back
 * to be equally long, so the clock offset that comes of it puts it nowhere else.
 */
export function waterfallOf({ phases, server }: Receipt): Waterfall | null {
  const bars: Bar[] = [];
  let startMs = 0;
  for (const phase of PHASES) {
    const lengthMs = phases[phase];
    if (lengthMs === null) continue;
    const within = phase === 'firstByte' ? processingWithin(server.processingMs, lengthMs) : null;
    bars.push({
      phase,
      startMs,
      lengthMs,
      server: within && { ...within, startMs: startMs + within.startMs },
    });
    startMs += lengthMs;
  }
  const totalMs = Math.max(phases.total ?? 0, startMs);
  return totalMs > 0 ? { totalMs, bars } : null;
}

/** A processing time that cannot be is drawn as much of it as there is room for. */
function processingWithin(processingMs: number | null, waitMs: number): Bar['server'] {
  if (processingMs === null || processingMs < 0) return null;
  const lengthMs = Math.min(processingMs, waitMs);
  return { startMs: (waitMs - lengthMs) / 2, lengthMs };
}
