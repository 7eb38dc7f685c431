import type { CallEnd } from '../chat/call-end.ts';
import type { HeldSession } from '../sessions/session.ts';
import { createListeners } from '../common/listeners.ts';
import type { Vault } from '../sessions/vault.ts';
import { type Clock, elapsed, within } from '../common/clock.ts';
import { CAUSES } from './causes.ts';
import { isRetryable } from './outcome.ts';
import { isOver, type Receipt, type SignOffCause } from '../results/receipt.ts';
import type { Receipts } from '../results/receipts.ts';
import {
  createSignOff,
  type EndSession,
  type Order,
  receiptOfPatience,
  receiptOfServersEnd,
  type SignOff,
} from './sign-off.ts';

export interface SignOffRequest {
  readonly cause: SignOffCause;
  /** Ids of held sessions; those that are not held (any more) are passed over. */
  readonly ids: 'all' | readonly string[];
  /** Whether logoffs are forced, where the cause leaves that open. */
  readonly force?: boolean;
  /** Milliseconds; the cause's own budget where it is left out. */
  readonly budgetMs?: number;
}

/** Ends held sessions, many at once within one budget. */
export interface Coordinator {
  /**
   * Ends these sessions and resolves with a receipt for each that was held, once every one is over
   * or out of budget and all that follows from it is on the disk. Never rejects.
   */
  signOff(request: SignOffRequest): Promise<Receipt[]>;
  /**
   * The server said, unasked, that this session is over, as the end of a call: it leaves the vault, with
   * a receipt. A sign-off of it that is under way finds that out by itself.
   */
  overByItself(heldId: string, toldBy: CallEnd): void;
  /** The sign-off of that session, while one is under way. */
  underWay(heldId: string): SignOff | undefined;
  /** How that session's newest sign-off ended, where it left the session held. */
  lastFailure(heldId: string): Receipt | undefined;
  /** Somebody is at work in that session again: how its newest sign-off ended says nothing of it any more. */
  forgetFailure(heldId: string): void;
  /** Hears of a sign-off at the moment before its first request goes out; that waits for the listener. */
  onStart(listener: (heldId: string) => void): void;
  /** Hears of every begin, attempt and end of a sign-off. */
  onProgress(listener: () => void): void;
  onReceipt(listener: (receipt: Receipt) => void): void;
}

/** Logoffs wait for the engagements before them no longer than this share of the budget. */
const ENGAGEMENTS_FIRST = 1 / 3;

export function createCoordinator(parts: {
  vault: Vault;
  receipts: Pick<Receipts, 'append'>;
  endSession: EndSession;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
  newId: () => string;
  /** How long a cause lets sessions end, in milliseconds. */
  budgetMs: (cause: SignOffCause) => number;
  /** A receipt could not be written; the sign-off itself stands. */
  onReceiptFault: (error: unknown) => void;
}): Coordinator {
  const { vault, receipts, endSession, clock, random, newId, onReceiptFault } = parts;
  const underWay = new Map<string, SignOff>();
  const lastFailures = new Map<string, Receipt>();
  const startListeners = createListeners<[heldId: string]>();
  const progressListeners = createListeners();
  const receiptListeners = createListeners<[receipt: Receipt]>();
  const written = new WeakMap<Receipt, Promise<void>>();
  const beingWritten = new Set<Promise<void>>();

  const progressed = (): void => {
    progressListeners.notify();
  };

  const start = (session: HeldSession, order: Order): SignOff => {
    const signOff = createSignOff(session, order, {
      endSession,
      clock,
      random,
      newId,
      onBegin() {
        startListeners.notify(session.id);
        // The server may have moved it to another pool while its logoff waited for engagements.
        return vault.find(session.id) ?? session;
      },
      onAttempt: progressed,
    });
    underWay.set(session.id, signOff);
    void signOff.receipt.then((receipt) => settle(signOff, receipt));
    return signOff;
  };

  const settle = (signOff: SignOff, receipt: Receipt): void => {
    const { id, lastSequenceNumber } = signOff.session();
    underWay.delete(id);
    if (isOver(receipt.outcome)) {
      lastFailures.delete(id);
      vault.release(id);
    } else {
      lastFailures.set(id, receipt);
      vault.noteSequenceNumber(id, lastSequenceNumber + receipt.attempts);
    }
    keep(receipt);
  };

  /** Writes the receipt and tells of it. */
  const keep = (receipt: Receipt): void => {
    const writing = receipts.append(receipt).catch(onReceiptFault);
    written.set(receipt, writing);
    beingWritten.add(writing);
    void writing.then(() => beingWritten.delete(writing));
    receiptListeners.notify(receipt);
    progressed();
  };

  /** The receipt, or null where a sign-off that was joined has more time than this order gives. */
  const inTime = async (signOff: SignOff, order: Order): Promise<Receipt | null> => {
    if (signOff.order().deadline <= order.deadline) return signOff.receipt;
    return within(clock, order.deadline - clock.monotonic(), signOff.receipt);
  };

  /** Ends one session under this order, joining the sign-off that is under way, if any. */
  const end = async (session: HeldSession, order: Order, turn: Promise<void>): Promise<Receipt> => {
    for (let current = session; ;) {
      const joined = underWay.get(current.id);
      joined?.join(order);
      const signOff = joined ?? start(current, order);
      void turn.then(() => signOff.begin());
      const receipt = await inTime(signOff, order);
      if (receipt === null) return receiptOfPatience(newId(), signOff, order, clock.now());
      await written.get(receipt);
      if (joined === undefined || !leavesToDo(joined, receipt, order)) return receipt;
      const held = vault.find(current.id);
      if (held === undefined || clock.monotonic() >= order.deadline) return receipt;
      // Anew from the vault, which has the numbers that its requests went out with.
      current = held;
    }
  };

  return {
    async signOff({ cause, ids, force, budgetMs = parts.budgetMs(cause) }) {
      const { alwaysForces, endsLogin } = CAUSES[cause];
      const forced = alwaysForces || force === true;
      const order: Order = { cause, forced, deadline: clock.monotonic() + budgetMs, budgetMs };
      const chosen = vault.held().filter(({ id }) => ids === 'all' || ids.includes(id));
      const now = Promise.resolve();
      const engagements = chosen
        .filter(({ kind }) => kind === 'engagement')
        .map((session) => end(session, order, now));
      // A machine that shuts down may leave no time for a second turn.
      const atOnce = engagements.length === 0 || endsLogin;
      const share = elapsed(clock, atOnce ? 0 : budgetMs * ENGAGEMENTS_FIRST);
      const turnOfLogoffs = atOnce ? now : Promise.race([settled(engagements), share.promise]);
      const logoffs = chosen
        .filter(({ kind }) => kind === 'agent')
        .map((session) => end(session, order, turnOfLogoffs));
      progressed();
      const ended = await Promise.all([...engagements, ...logoffs]);
      share.cancel();
      vault.flush();
      // Also those of sign-offs that ended just before: whoever waits for this one may leave after it.
      await Promise.all(beingWritten);
      return ended;
    },
    overByItself(heldId, toldBy) {
      const session = vault.find(heldId);
      if (session === undefined || underWay.has(heldId)) return;
      lastFailures.delete(heldId);
      vault.release(heldId);
      keep(receiptOfServersEnd(newId(), session, toldBy));
    },
    underWay: (heldId) => underWay.get(heldId),
    lastFailure: (heldId) => lastFailures.get(heldId),
    forgetFailure(heldId) {
      if (lastFailures.delete(heldId)) progressed();
    },
    onStart: (listener) => startListeners.add(listener),
    onProgress: (listener) => progressListeners.add(listener),
    onReceipt: (listener) => receiptListeners.add(listener),
  };
}

/**
 * Whether a sign-off that this order joined ended without having done all that the order asks for:
 * it never forced, or it ran out of its own, shorter time.
 */
function leavesToDo(joined: SignOff, receipt: Receipt, order: Order): boolean {
  if (isOver(receipt.outcome)) return false;
  if (order.forced && receipt.kind === 'agent' && !receipt.forced) return true;
  return isRetryable(receipt.outcome) && joined.order().deadline < order.deadline;
}

async function settled(promises: readonly Promise<unknown>[]): Promise<void> {
  await Promise.all(promises);
}
