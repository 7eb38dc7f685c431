import type { Clock } from '../common/clock.ts';
import { isOver, type Receipt } from '../results/receipt.ts';
import { traitsOf } from '../signoff/causes.ts';

/**
 * Measures for how long a session outlived the reason to end it: from the cause to the server's word
 * that it is over, over as many sign-offs as it took.
 */
export interface GhostTime {
  /** Notes which of these held sessions a sign-off is under way for; cheap, and called often. */
  progressed(heldIds: readonly string[], isUnderWay: (heldId: string) => boolean): void;
  /** Milliseconds; null where the session is not over, or its cause was not seen. */
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
      // An agent who asked in vain is still there, and told so: their session is no ghost.
      if (isOver(outcome) || traitsOf(cause)?.agent === 'at-work') since.delete(heldId);
      return isOver(outcome) && began !== undefined ? Math.round(clock.monotonic() - began) : null;
    },
  };
}
