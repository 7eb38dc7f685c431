import type { Clock } from '../common/clock.ts';
import type { Coordinator } from './coordinator.ts';
import { NOT_THIS_API } from '../chat/call-end.ts';
import { createListeners } from '../common/listeners.ts';
import { isRetryable } from './outcome.ts';
import type { Receipt } from '../results/receipt.ts';
import type { StayingCause } from './causes.ts';

/**
 * The sign-offs that are owed while the app goes on running: what the server could not be reached
 * for is tried again until it is over. What the server refuses stays held for the agent to decide on.
 */
export interface Retries {
  /**
   * Signs off by force, and again every minute, or sooner once the network is back. `asked` is for what a
   * sign-in that came to nothing has begun. Resolves after the first try.
   */
  signOff(cause: StayingCause, ids: readonly string[]): Promise<void>;
  /** Tries at once what is owed: the machine woke up, say. Amid a try, once that is over. */
  again(): void;
  /** Owes it no more: it was handed in or signed in to again, so somebody is at work in it. */
  forget(heldId: string): void;
  isPending(): boolean;
  /** Whether that session is being tried, or is tried again. */
  isRetrying(heldId: string): boolean;
  /** When that session is tried again at the latest, in epoch milliseconds; null when it is not. */
  nextTryAt(heldId: string): number | null;
  /** Hears of it when what is owed may have changed. */
  onChange(listener: () => void): void;
}

const AGAIN_AFTER_MS = 60_000;
/** How often the network is looked at; only while something is owed. */
const LOOK_EVERY_MS = 5_000;

export function createRetries(parts: {
  coordinator: Pick<Coordinator, 'signOff'>;
  clock: Clock;
  isOnline: () => boolean;
}): Retries {
  const { coordinator, clock, isOnline } = parts;
  const pending = new Map<string, StayingCause>();
  /** The sessions of each round that is under way, less those that were handed in again meanwhile. */
  const rounds = new Set<Set<string>>();
  /** Whether `again` was called for amid a try. */
  let isWanted = false;
  let triedAt = 0;
  let wasOnline = true;
  let cancelLook: (() => void) | null = null;
  const listeners = createListeners();

  const look = (): void => {
    cancelLook = null;
    const online = isOnline();
    const cameBack = online && !wasOnline;
    wasOnline = online;
    if (cameBack || clock.monotonic() - triedAt >= AGAIN_AFTER_MS) again();
    else lookLater();
  };
  const lookLater = (): void => {
    if (pending.size > 0 && rounds.size === 0) cancelLook ??= clock.after(LOOK_EVERY_MS, look);
  };

  const round = async (cause: StayingCause, ids: readonly string[]): Promise<void> => {
    const tried = new Set(ids);
    rounds.add(tried);
    const receipts = await coordinator.signOff({ cause, ids, force: true });
    rounds.delete(tried);
    for (const id of ids) pending.delete(id);
    for (const receipt of receipts) {
      if (mayPass(receipt) && tried.has(receipt.heldId)) pending.set(receipt.heldId, cause);
    }
    triedAt = clock.monotonic();
    wasOnline = isOnline();
    if (rounds.size === 0 && isWanted) again();
    else lookLater();
    listeners.notify();
  };

  const again = (): void => {
    isWanted = rounds.size > 0;
    if (isWanted) return;
    cancelLook?.();
    cancelLook = null;
    const byCause = Map.groupBy(pending, ([, cause]) => cause);
    for (const [cause, entries] of byCause) {
      void round(
        cause,
        entries.map(([id]) => id),
      );
    }
  };

  return {
    signOff: round,
    again,
    forget(heldId) {
      pending.delete(heldId);
      for (const tried of rounds) tried.delete(heldId);
      listeners.notify();
    },
    isPending: () => pending.size > 0,
    isRetrying: (heldId) => pending.has(heldId) || [...rounds].some((tried) => tried.has(heldId)),
    nextTryAt: (heldId) =>
      pending.has(heldId) && rounds.size === 0
        ? clock.now() + triedAt + AGAIN_AFTER_MS - clock.monotonic()
        : null,
    onChange: (listener) => listeners.add(listener),
  };
}

/** A page in the chat server's place may be a public network's that asks for a login first. */
function mayPass({ outcome, error }: Receipt): boolean {
  return isRetryable(outcome) || error?.code === NOT_THIS_API;
}
