import type { CallTimes, ServerWords } from '../chat/call-end.ts';
import type { Receipt } from './receipt.ts';

export type Timing = Pick<
  Receipt,
  | 'roundTripMs'
  | 'phases'
  | 'server'
  | 'networkMs'
  | 'clockOffsetMs'
  | 'clockUncertaintyMs'
  | 'implausible'
>;

/** Of clocks further apart than this, one is wrong. */
const PLAUSIBLE_OFFSET_MS = 24 * 60 * 60 * 1000;

/**
 * The timing of one call. The clock offset is by NTP's formula from the request written to the first byte of
 * the reply, so that connecting does not blur it. Impossible values are kept and named in `implausible`.
 */
export function timingOf(times: CallTimes, words: ServerWords | null): Timing {
  const roundTripMs = times.received === null ? null : times.finished - times.started;
  const start = words?.serviceStartTime ?? null;
  const finish = words?.serviceFinishTime ?? null;
  const processingMs = start === null || finish === null ? null : finish - start;
  const clock = clockOffset(times, start, finish);
  return {
    roundTripMs,
    phases: times.phases,
    server: {
      serviceStartTime: iso(start),
      serviceFinishTime: iso(finish),
      processingMs,
      clientId: words?.clientId ?? null,
      sequenceNumber: words?.sequenceNumber ?? null,
    },
    networkMs: roundTripMs === null || processingMs === null ? null : roundTripMs - processingMs,
    clockOffsetMs: clock?.offsetMs ?? null,
    clockUncertaintyMs: clock?.uncertaintyMs ?? null,
    implausible: implausible(processingMs, roundTripMs, clock?.offsetMs ?? null),
  };
}

/** The server's processing time in milliseconds; null where missing or impossible. */
export function plausibleProcessing({
  server: { processingMs },
  roundTripMs,
}: Pick<Receipt, 'server' | 'roundTripMs'>): number | null {
  if (processingMs === null || processingMs < 0) return null;
  return roundTripMs !== null && processingMs > roundTripMs ? null : processingMs;
}

function clockOffset(
  { sent, received }: CallTimes,
  start: number | null,
  finish: number | null,
): { offsetMs: number; uncertaintyMs: number } | null {
  if (sent === null || received === null || start === null || finish === null) return null;
  return {
    offsetMs: (start - sent + (finish - received)) / 2,
    uncertaintyMs: Math.abs(received - sent - (finish - start)) / 2,
  };
}

function implausible(
  processingMs: number | null,
  roundTripMs: number | null,
  offsetMs: number | null,
): string[] {
  const marks: string[] = [];
  if (processingMs !== null && processingMs < 0) {
    marks.push('The server says that it finished before it started.');
  }
  if (processingMs !== null && roundTripMs !== null && processingMs > roundTripMs) {
    marks.push('The server says that it worked for longer than the whole round trip took.');
  }
  if (offsetMs !== null && Math.abs(offsetMs) > PLAUSIBLE_OFFSET_MS) {
    marks.push("The server's clock and this computer's are more than a day apart.");
  }
  return marks;
}

function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
