import type { Clock } from '../common/clock.ts';
import type { Vault } from '../sessions/vault.ts';
import type { Coordinator } from './coordinator.ts';
import { NOT_THIS_API } from '../chat/call-end.ts';
import { createListeners } from '../common/listeners.ts';
import { isRetryable } from './outcome.ts';
import { survive, survived } from '../common/survive.ts';
import { isHeldNoMore, type Receipt } from '../results/receipt.ts';
import { isStaying, type StayingCause, traitsOf } from './causes.ts';

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
/** After each answer in a row that confirmed nothing; the last one counts from then on. */
const UNCONFIRMED_MS = [60_000, 120_000, 300_000] as const;
/** A server that asks to be left alone for longer than this is asked all the same. */
const MOST_RETRY_AFTER_MS = 60 * 60 * 1000;
/** How often the network is checked while something is pending. */
const CHECK_EVERY_MS = 5_000;

/** What is to be tried again. Moments are on the monotonic clock. */
interface Pending {
  readonly cause: StayingCause;
  readonly force: boolean;
  readonly dueAt: number;
  /** Until then the server wants to be left alone. */
  readonly notBefore: number;
  /** How many answers in a row have confirmed nothing. */
  readonly unconfirmed: number;
}

export function createRetries(parts: {
  coordinator: Pick<Coordinator, 'signOff' | 'underWay' | 'onReceipt'>;
  vault: Pick<Vault, 'find'>;
  clock: Clock;
  isOnline: () => boolean;
}): Retries {
  const { coordinator, vault, clock } = parts;
  const pending = new Map<string, Pending>();
  /** The sessions of each round that is under way, less those that were handed in again meanwhile. */
  const rounds = new Set<Set<string>>();
  /** Handed in again amid a sign-off, whose receipt plans nothing then. */
  const forgotten = new Set<string>();
  /** Whether `retryNow` was called during a round. */
  let isRetryWanted = false;
  let wasOnline = true;
  let cancelCheck: (() => void) | null = null;
  const listeners = createListeners();

  const isOnline = (): boolean => survive(parts.isOnline, true);

  const check = (): void => {
    cancelCheck = null;
    const online = isOnline();
    const cameBack = online && !wasOnline;
    wasOnline = online;
    const now = clock.monotonic();
    if (cameBack) retryNow();
    else retry(([, { dueAt }]) => dueAt <= now);
  };
  const checkLater = (): void => {
    if (pending.size > 0 && rounds.size === 0) cancelCheck ??= clock.after(CHECK_EVERY_MS, check);
  };

  /** Plans the next try after this receipt, unless nothing more is to be tried by itself. */
  const plan = (receipt: Receipt, { cause, force }: Pick<Pending, 'cause' | 'force'>): void => {
    const { heldId, outcome, retryAfterMs } = receipt;
    const before = pending.get(heldId)?.unconfirmed ?? 0;
    const unconfirmed = outcome === 'unconfirmed' ? before + 1 : 0;
    const usual = unconfirmed === 0 ? RETRY_AFTER_MS : unconfirmedDelay(unconfirmed);
    const asked = Math.min(retryAfterMs ?? 0, MOST_RETRY_AFTER_MS);
    const now = clock.monotonic();
    const [dueAt, notBefore] = [now + Math.max(usual, asked), now + asked];
    pending.set(heldId, { cause, force, dueAt, notBefore, unconfirmed });
  };

  const planUnknown = (heldId: string, how: Pick<Pending, 'cause' | 'force'>): void => {
    const now = clock.monotonic();
    const unconfirmed = pending.get(heldId)?.unconfirmed ?? 0;
    pending.set(heldId, { ...how, dueAt: now + RETRY_AFTER_MS, notBefore: now, unconfirmed });
  };

  const round = async (
    cause: StayingCause,
    ids: readonly string[],
    force: boolean,
  ): Promise<void> => {
    const tried = new Set(ids);
    rounds.add(tried);
    const receipts = await survived(() => coordinator.signOff({ cause, ids, force }), null);
    rounds.delete(tried);
    for (const receipt of receipts ?? []) {
      const { heldId, outcome } = receipt;
      // Planned already, when its receipt was made.
      if (outcome === 'unconfirmed' && pending.has(heldId)) continue;
      if (isTemporary(receipt) && tried.has(heldId)) plan(receipt, { cause, force });
      else pending.delete(heldId);
    }
    const told = new Set(receipts?.map(({ heldId }) => heldId));
    for (const id of tried) {
      if (told.has(id)) continue;
      // With no word of how it went, it is not known to be over.
      if (survive(() => vault.find(id) !== undefined, true)) planUnknown(id, { cause, force });
      else pending.delete(id);
    }
    wasOnline = isOnline();
    if (isRetryWanted) retryNow();
    else checkLater();
    listeners.notify();
  };

  const retry = (isChosen: (entry: [string, Pending]) => boolean): void => {
    const now = clock.monotonic();
    const chosen = [...pending].filter((entry) => isChosen(entry) && entry[1].notBefore <= now);
    const alike = Map.groupBy(chosen, ([, { cause, force }]) => `${cause} ${force}`);
    for (const group of alike.values()) {
      const ids = group.map(([id]) => id);
      for (const [, { cause, force }] of group.slice(0, 1)) void round(cause, ids, force);
    }
    checkLater();
  };

  const retryNow = (): void => {
    isRetryWanted = rounds.size > 0;
    if (isRetryWanted) return;
    cancelCheck?.();
    cancelCheck = null;
    retry(() => true);
  };

  coordinator.onReceipt((receipt) => {
    const { heldId, cause, forced, outcome, retryAfterMs } = receipt;
    if (isHeldNoMore(receipt) || forgotten.delete(heldId)) {
      pending.delete(heldId);
    } else if (outcome === 'unconfirmed' || (outcome === 'server-error' && retryAfterMs !== null)) {
      // Whoever asked for it: what nobody has confirmed, or the server put off, comes up again by itself.
      const force = forced || traitsOf(cause)?.alwaysForces === true;
      plan(receipt, { cause: isStaying(cause) ? cause : 'asked', force });
      checkLater();
      listeners.notify();
    } else if (pending.get(heldId)?.force === false && !isTemporary(receipt)) {
      // The agent, who was refused, goes on.
      pending.delete(heldId);
    }
  });

  return {
    signOff: (cause, ids) => round(cause, ids, true),
    retryNow,
    forget(heldId) {
      pending.delete(heldId);
      if (coordinator.underWay(heldId) !== undefined) forgotten.add(heldId);
      for (const tried of rounds) tried.delete(heldId);
      listeners.notify();
    },
    isPending: () => pending.size > 0,
    isRetrying: (heldId) => pending.has(heldId) || [...rounds].some((tried) => tried.has(heldId)),
    nextTryAt(heldId) {
      const next = pending.get(heldId);
      const isTried = [...rounds].some((tried) => tried.has(heldId));
      return next === undefined || isTried ? null : clock.now() + next.dueAt - clock.monotonic();
    },
    onChange: (listener) => listeners.add(listener),
  };
}

function unconfirmedDelay(inRow: number): number {
  return UNCONFIRMED_MS[Math.min(inRow, UNCONFIRMED_MS.length) - 1] ?? UNCONFIRMED_MS[2];
}

/** A web page in the chat server's place may be the captive portal of a public network. */
function isTemporary({ outcome, error }: Receipt): boolean {
  return isRetryable(outcome) || error?.code === NOT_THIS_API;
}
