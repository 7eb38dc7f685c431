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
  signOff(cause: StayingCause, ids: 'all' | readonly string[]): Promise<void>;
  /** Tries at once what is owed: the machine woke up, say. Amid a try, once that is over. */
  again(): void;
  /** Owes it no more: it was handed in or signed in to again, so somebody is at work in it. */
  forget(heldId: string): void;
  isPending(): boolean;
  /** Whether that session is tried again; amid a try it may be. */
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
  const retries = new Map<string, StayingCause>();
  let trying = 0;
  /** Whether `again` was called for amid a try. */
  let isWanted = false;
  /** Handed in again amid a try: what that comes to does not count. */
  const forgotten = new Set<string>();
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
    if (retries.size > 0 && trying === 0) cancelLook ??= clock.after(LOOK_EVERY_MS, look);
  };

  const round = async (cause: StayingCause, ids: 'all' | readonly string[]): Promise<void> => {
    trying += 1;
    const receipts = await coordinator.signOff({ cause, ids, force: true });
    trying -= 1;
    if (ids !== 'all') for (const id of ids) retries.delete(id);
    for (const receipt of receipts) {
      if (mayPass(receipt) && !forgotten.has(receipt.heldId)) retries.set(receipt.heldId, cause);
      else retries.delete(receipt.heldId);
    }
    triedAt = clock.monotonic();
    wasOnline = isOnline();
    if (trying === 0) forgotten.clear();
    if (trying === 0 && isWanted) again();
    else lookLater();
    listeners.notify();
  };

  const again = (): void => {
    isWanted = trying > 0;
    if (isWanted) return;
    cancelLook?.();
    cancelLook = null;
    const byCause = Map.groupBy(retries, ([, cause]) => cause);
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
      retries.delete(heldId);
      if (trying > 0) forgotten.add(heldId);
      listeners.notify();
    },
    isPending: () => retries.size > 0,
    isRetrying: (heldId) => trying > 0 || retries.has(heldId),
    nextTryAt: (heldId) =>
      retries.has(heldId) && trying === 0
        ? clock.now() + triedAt + AGAIN_AFTER_MS - clock.monotonic()
        : null,
    onChange: (listener) => listeners.add(listener),
  };
}

/** A page in the chat server's place may be a public network's that asks for a login first. */
function mayPass({ outcome, error }: Receipt): boolean {
  return isRetryable(outcome) || error?.code === NOT_THIS_API;
}
