import type { Clock } from '../common/clock.ts';
import { isOver, type Receipt } from '../results/receipt.ts';
import { traitsOf } from '../signoff/causes.ts';

/** Measures the time from a cause to the confirmed end of a session, across retries. */
export interface GhostTime {
  /** Call it whenever sign-offs have made progress. Cheap. */
  progressed(heldIds: readonly string[], isUnderWay: (heldId: string) => boolean): void;
  /** Milliseconds; null if the session is not over, or its cause was not seen. */
  ended(receipt: Pick<Receipt, 'heldId' | 'outcome' | 'cause'>): number | null;
}

export function createGhostTime(clock: Pick<Clock, 'monotonic'>): GhostTime {
  /** Since when each session should have been over, on the clock's monotonic scale. */
  const since = new Map<string, number>();
  return {
    progressed(heldIds, isUnderWay) {
      for (const id of heldIds) {
        if (!since.has(id) && isUnderWay(id)) since.set(id, clock.monotonic());
      }
    },
    ended({ heldId, outcome, cause }) {
      const began = since.get(heldId);
      // An agent who asked in vain is still at work, so the session is no ghost.
      if (isOver(outcome) || traitsOf(cause)?.agent === 'at-work') since.delete(heldId);
      return isOver(outcome) && began !== undefined ? Math.round(clock.monotonic() - began) : null;
    },
  };
}
