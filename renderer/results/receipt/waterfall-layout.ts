import type { Receipt } from '../../model/types.ts';

/** The phases of a request, in their order. */
export const PHASES = ['wait', 'dns', 'tcp', 'tls', 'request', 'firstByte', 'download'] as const;
export type Phase = (typeof PHASES)[number];

/** One phase of a request; milliseconds. */
export interface Bar {
  readonly phase: Phase;
  readonly startMs: number;
  readonly lengthMs: number;
  /** The server's processing, if it took place in this phase. */
  readonly server: { readonly startMs: number; readonly lengthMs: number } | null;
}

export interface Waterfall {
  readonly totalMs: number;
  readonly bars: readonly Bar[];
}

/**
 * The request's phases one after the other; null if none was measured. The server's processing is drawn
 * in the middle of the wait for the first byte: the clock offset comes from NTP's formula, which assumes
 * equal times there and back.
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

/** A processing time longer than the wait is cut to it; a negative one is not drawn. */
function processingWithin(processingMs: number | null, waitMs: number): Bar['server'] {
  if (processingMs === null || processingMs < 0) return null;
  const lengthMs = Math.min(processingMs, waitMs);
  return { startMs: (waitMs - lengthMs) / 2, lengthMs };
}
