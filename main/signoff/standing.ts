import type { Clock } from '../common/clock.ts';
import type { Receipt } from '../results/receipt.ts';

/** For how long the answer to each session's sign-offs has been the same, and confirmed nothing. */
export interface Standing {
  /**
   * Takes note of a sign-off. Returns whether its session may be let go: the server has dropped an agent who was
   * absent for so long.
   */
  isOutlived(receipt: Receipt): boolean;
  /** Somebody is at work in that session again. */
  forget(heldId: string): void;
}

export function createStanding(parts: {
  clock: Clock;
  /** After how many milliseconds without a word the server drops an agent. */
  absentAfterMs: () => number;
}): Standing {
  const { clock, absentAfterMs } = parts;
  const standing = new Map<string, { readonly answer: string; readonly since: number }>();
  return {
    isOutlived(receipt) {
      const { heldId, outcome } = receipt;
      // What was not answered leaves the last answer as it was.
      if (outcome === 'unreachable' || outcome === 'timed-out') return false;
      if (outcome !== 'unconfirmed') {
        standing.delete(heldId);
        return false;
      }
      const answer = answerOf(receipt);
      const now = clock.monotonic();
      const known = standing.get(heldId);
      const since = known?.answer === answer ? known.since : now;
      standing.set(heldId, { answer, since });
      if (now - since <= absentAfterMs()) return false;
      standing.delete(heldId);
      return true;
    },
    forget: (heldId) => void standing.delete(heldId),
  };
}

/** What must stay the same; a reply's words may have a number or the time in them. */
function answerOf({ error, answeredBy }: Receipt): string {
  return `${error?.status ?? ''} ${error?.code ?? ''} ${answeredBy?.kind ?? ''}`;
}
