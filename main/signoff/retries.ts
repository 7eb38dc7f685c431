import type { Clock } from '../common/clock.ts';
import type { Coordinator } from './coordinator.ts';
import { NOT_THIS_API } from '../chat/call-end.ts';
import { createListeners } from '../common/listeners.ts';
import { isRetryable } from './outcome.ts';
import { survive, survived } from '../common/survive.ts';
import type { Receipt } from '../results/receipt.ts';
import type { StayingCause } from './causes.ts';

/**
 * Retries sign-offs while the app runs: those that failed for a temporary reason are tried again until the
 * session is over. What the server refuses stays held for the agent to decide on.
 */
export interface Retries {
  /**
   * Signs off by force, then retries every minute and whenever the network comes back. `asked` is for the
   * session of a failed sign-in. Resolves after the first try.
   */
  signOff(cause: StayingCause, ids: readonly string[]): Promise<void>;
  /** Retries what is pending at once, or after the try under way. For when the machine woke up. */
  retryNow(): void;
  /** Stops retrying this session: it was handed in or signed in to again. */
  forget(heldId: string): void;
  isPending(): boolean;
  /** Whether that session is being tried or will be retried. */
  isRetrying(heldId: string): boolean;
  /** When that session is retried at the latest, in epoch milliseconds; null when it is not. */
  nextTryAt(heldId: string): number | null;
  /** Called when what is pending may have changed. */
  onChange(listener: () => void): void;
}

const RETRY_AFTER_MS = 60_000;
/** How often the network is checked while something is pending. */
const CHECK_EVERY_MS = 5_000;

export function createRetries(parts: {
  coordinator: Pick<Coordinator, 'signOff'>;
  clock: Clock;
  isOnline: () => boolean;
}): Retries {
  const { coordinator, clock } = parts;
  const pending = new Map<string, StayingCause>();
  /** The sessions of each round that is under way, less those that were handed in again meanwhile. */
  const rounds = new Set<Set<string>>();
  /** Whether `retryNow` was called during a round. */
  let isRetryWanted = false;
  let triedAt = 0;
  let wasOnline = true;
  let cancelCheck: (() => void) | null = null;
  const listeners = createListeners();

  const isOnline = (): boolean => survive(parts.isOnline, true);

  const check = (): void => {
    cancelCheck = null;
    const online = isOnline();
    const cameBack = online && !wasOnline;
    wasOnline = online;
    if (cameBack || clock.monotonic() - triedAt >= RETRY_AFTER_MS) retryNow();
    else checkLater();
  };
  const checkLater = (): void => {
    if (pending.size > 0 && rounds.size === 0) cancelCheck ??= clock.after(CHECK_EVERY_MS, check);
  };

  const round = async (cause: StayingCause, ids: readonly string[]): Promise<void> => {
    const tried = new Set(ids);
    rounds.add(tried);
    const request = { cause, ids, force: true };
    const receipts = await survived(() => coordinator.signOff(request), null);
    rounds.delete(tried);
    for (const id of ids) pending.delete(id);
    // With no word of how it went, nothing is known to be over.
    if (receipts === null) for (const id of tried) pending.set(id, cause);
    for (const receipt of receipts ?? []) {
      if (isTemporary(receipt) && tried.has(receipt.heldId)) pending.set(receipt.heldId, cause);
    }
    triedAt = clock.monotonic();
    wasOnline = isOnline();
    if (isRetryWanted) retryNow();
    else checkLater();
    listeners.notify();
  };

  const retryNow = (): void => {
    isRetryWanted = rounds.size > 0;
    if (isRetryWanted) return;
    cancelCheck?.();
    cancelCheck = null;
    const byCause = Map.groupBy(pending.keys(), (id) => pending.get(id));
    for (const [cause, ids] of byCause) if (cause !== undefined) void round(cause, ids);
  };

  return {
    signOff: round,
    retryNow,
    forget(heldId) {
      pending.delete(heldId);
      for (const tried of rounds) tried.delete(heldId);
      listeners.notify();
    },
    isPending: () => pending.size > 0,
    isRetrying: (heldId) => pending.has(heldId) || [...rounds].some((tried) => tried.has(heldId)),
    nextTryAt: (heldId) =>
      pending.has(heldId) && rounds.size === 0
        ? clock.now() + triedAt + RETRY_AFTER_MS - clock.monotonic()
        : null,
    onChange: (listener) => listeners.add(listener),
  };
}

/** A web page in the chat server's place may be the captive portal of a public network. */
function isTemporary({ outcome, error }: Receipt): boolean {
  return isRetryable(outcome) || error?.code === NOT_THIS_API;
}
