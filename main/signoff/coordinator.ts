import type { CallEnd } from '../chat/call-end.ts';
import type { HeldSession } from '../sessions/session.ts';
import { createListeners } from '../common/listeners.ts';
import type { Vault } from '../sessions/vault.ts';
import { type Clock, elapsed, within } from '../common/clock.ts';
import { survive, survived } from '../common/survive.ts';
import { ANY_BUDGET_MS, CAUSES } from './causes.ts';
import { isRetryable } from './outcome.ts';
import { isHeldNoMore, isOver, type Receipt, type SignOffCause } from '../results/receipt.ts';
import type { Receipts } from '../results/receipts.ts';
import {
  type Order,
  receiptOfExpiredWait,
  receiptOfInterruption,
  receiptOfReplacement,
  receiptOfServerEnd,
  receiptOfUnseen,
  type SignOff,
  type StartSignOff,
} from './sign-off.ts';
import type { Standing } from './standing.ts';

export interface SignOffRequest {
  readonly cause: SignOffCause;
  /** Ids of held sessions; others are ignored. */
  readonly ids: 'all' | readonly string[];
  /** Whether logoffs are forced, where the cause leaves that open. */
  readonly force?: boolean;
  /** Milliseconds; by default the cause's own budget. */
  readonly budgetMs?: number;
}

/** Ends held sessions, many at once within one budget. */
export interface Coordinator {
  /**
   * Ends these sessions. Resolves with a receipt for each that was held, once every one is over or out of
   * budget, and vault and receipts are on the disk. Never rejects, and never takes much more than the budget: what one
   * session or the disk does keeps no other session from being ended.
   */
  signOff(request: SignOffRequest): Promise<Receipt[]>;
  /**
   * The same for when the event loop will not turn again: sends everything at once, and nothing waits for
   * anything. The function returned tells whether each has its receipt; until then receipts come in by
   * `StartSignOff`'s listener. It orders the same of what has come to be held meanwhile, where all are to end.
   * Neither vault nor receipts are on the disk then.
   */
  signOffAtOnce(request: SignOffRequest): () => boolean;
  /**
   * The end of some other call showed that the session is over: it leaves the vault, with a receipt. A
   * sign-off under way finds that out by itself.
   */
  endedByServer(heldId: string, end: CallEnd): void;
  /** A newer session of the same account has taken its place: it leaves the vault, with a receipt. */
  replaced(heldId: string): void;
  /** The machine that held it has not been seen for a day: a receipt says so. */
  unseen(session: HeldSession, host: string): void;
  /** The sign-off of that session, while one is under way. */
  underWay(heldId: string): SignOff | undefined;
  /** The receipt of that session's newest sign-off, if it left the session held. */
  lastFailure(heldId: string): Receipt | undefined;
  /** Forgets it: somebody is at work in that session again. */
  forgetFailure(heldId: string): void;
  /** Called before the first request of a sign-off, which waits for the listener to return. */
  onStart(listener: (heldId: string) => void): void;
  /** Called on every begin, attempt and end of a sign-off. */
  onProgress(listener: () => void): void;
  onReceipt(listener: (receipt: Receipt) => void): void;
}

/** A sign-off under way. */
interface Running {
  readonly signOff: SignOff;
  /** Null where a fault of this app left none. */
  readonly receipt: Promise<Receipt | null>;
  /** Sends its first request, unless it has been sent. */
  begin(): void;
  /** It does not end by itself: its receipt says that a fault of this app ended it. */
  giveUp(): void;
}

/** Logoffs wait for the engagements before them no longer than this share of the budget. */
const ENGAGEMENTS_FIRST = 1 / 3;
/** A sign-off that has no receipt so long after its time never will have one. */
const LATE_MS = 500;
/** For writing receipts beyond the budget: a disk that hangs may hang nothing else. */
const WRITE_WITHIN_MS = 1_000;

export function createCoordinator(parts: {
  vault: Pick<Vault, 'held' | 'find' | 'release' | 'noteSequenceNumber' | 'flush'>;
  receipts: Pick<Receipts, 'append'>;
  startSignOff: StartSignOff;
  clock: Clock;
  newId: () => string;
  /** A cause's budget in milliseconds. */
  budgetMs: (cause: SignOffCause) => number;
  /** Tells what may be let go although its end was not confirmed; null where nothing may. */
  standing: Standing | null;
  /** A receipt could not be written; the sign-off itself stands. */
  onReceiptFault: (error: unknown) => void;
}): Coordinator {
  const { vault, receipts, startSignOff, clock, newId, standing, onReceiptFault } = parts;
  const underWay = new Map<string, Running>();
  const lastFailures = new Map<string, Receipt>();
  const startListeners = createListeners<[heldId: string]>();
  const progressListeners = createListeners();
  const receiptListeners = createListeners<[receipt: Receipt]>();
  const written = new WeakMap<Receipt, Promise<void>>();
  const beingWritten = new Set<Promise<void>>();

  const start = (session: HeldSession, order: Order): Running => {
    const { id } = session;
    const { promise: receipt, resolve } = Promise.withResolvers<Receipt | null>();
    const onReceipt = (made: Receipt): void => {
      const letGo = survive(() => standing?.isOutlived(made) === true, false);
      const final = letGo ? { ...made, letGo } : made;
      if (underWay.get(id) === running) finish(running.signOff, final);
      // It was given up too early, and the session is over all the same.
      else if (isOver(final.outcome)) release(id, final);
      resolve(final);
    };
    const onAttempt = progressListeners.notify;
    const started = survive(() => startSignOff(session, order, { onAttempt, onReceipt }), null);
    const signOff = started ?? unstarted(session, order);
    let hasBegun = false;
    const running: Running = {
      signOff,
      receipt,
      begin() {
        if (hasBegun) return;
        hasBegun = true;
        startListeners.notify(id);
        // The server may have moved it to another pool while its logoff waited for engagements.
        const current = find(id) ?? session;
        const begun = survive(() => {
          started?.begin(current);
          return started !== null;
        }, false);
        if (!begun) running.giveUp();
      },
      giveUp() {
        if (underWay.get(id) !== running) return;
        const made = survive(() => receiptOfInterruption(newId(), signOff, clock.now()), null);
        if (made !== null) {
          onReceipt(made);
          return;
        }
        underWay.delete(id);
        resolve(null);
      },
    };
    underWay.set(id, running);
    return running;
  };

  const find = (id: string): HeldSession | undefined => survive(() => vault.find(id), undefined);

  const finish = (signOff: SignOff, receipt: Receipt): void => {
    const { id, lastSequenceNumber } = signOff.session();
    underWay.delete(id);
    if (isHeldNoMore(receipt)) {
      release(id, receipt);
      return;
    }
    lastFailures.set(id, receipt);
    const last = lastSequenceNumber + receipt.attempts;
    survive(() => vault.noteSequenceNumber(id, last), undefined);
    record(receipt);
  };

  /** The session is over, by this receipt. */
  const release = (id: string, receipt: Receipt): void => {
    lastFailures.delete(id);
    survive(() => vault.release(id), undefined);
    record(receipt);
  };

  const record = (receipt: Receipt): void => {
    const writing = write(receipt);
    written.set(receipt, writing);
    beingWritten.add(writing);
    void writing.then(() => beingWritten.delete(writing));
    receiptListeners.notify(receipt);
    progressListeners.notify();
  };

  const write = async (receipt: Receipt): Promise<void> => {
    try {
      await receipts.append(receipt);
    } catch (error) {
      survive(() => onReceiptFault(error), undefined);
    }
  };

  /** For what nobody has signed off. */
  const letGo = ({ id }: HeldSession, receipt: Receipt): void => {
    survive(() => standing?.forget(id), undefined);
    release(id, receipt);
  };

  /**
   * The receipt, or null where the order's time is up before that of the sign-off that it joined, or there is none. A
   * sign-off that does not end is given up.
   */
  const receiptInTime = async (running: Running, order: Order): Promise<Receipt | null> => {
    const { signOff, receipt } = running;
    const ended = receipt.then((made) => ({ made }));
    if (signOff.order().deadline > order.deadline) {
      const inTime = await within(clock, order.deadline - clock.monotonic(), ended);
      return inTime?.made ?? null;
    }
    for (;;) {
      const { deadline } = signOff.order();
      const inTime = await within(clock, deadline + LATE_MS - clock.monotonic(), ended);
      if (inTime !== null) return inTime.made;
      // Another order may have given it more time.
      if (signOff.order().deadline <= deadline) running.giveUp();
    }
  };

  /** Until these are written, or the order and the disk have had their time. */
  const untilWritten = async (writing: Promise<unknown>, { deadline }: Order): Promise<void> => {
    await within(clock, deadline + WRITE_WITHIN_MS - clock.monotonic(), writing);
  };

  /**
   * Ends one session under this order, or joins its sign-off under way. Sends nothing before `mayBegin`. Resolves with
   * null where a fault of this app left no receipt.
   */
  const end = async (
    session: HeldSession,
    order: Order,
    mayBegin: Promise<unknown>,
  ): Promise<Receipt | null> => {
    for (let current = session; ;) {
      const joined = underWay.get(current.id);
      if (joined !== undefined) survive(() => joined.signOff.join(order), undefined);
      const running = joined ?? start(current, order);
      void mayBegin.then(() => running.begin());
      const receipt = await receiptInTime(running, order);
      if (receipt === null) {
        return receiptOfExpiredWait(newId(), running.signOff, order, clock.now());
      }
      await untilWritten(written.get(receipt) ?? Promise.resolve(), order);
      // The vault has the sequence numbers that the requests used, and no session that is over.
      const held = find(current.id);
      if (held === undefined || clock.monotonic() >= order.deadline) return receipt;
      if (joined === undefined || !isUnfinished(joined.signOff, receipt, order)) {
        return receipt;
      }
      current = held;
    }
  };
  const endSurely: typeof end = (...one) => survived(() => end(...one), null);

  const orderOf = (request: SignOffRequest): Order => {
    const { cause, force } = request;
    const budgetMs = request.budgetMs ?? survive(() => parts.budgetMs(cause), ANY_BUDGET_MS);
    const forced = CAUSES[cause].alwaysForces || force === true;
    return { cause, forced, deadline: clock.monotonic() + budgetMs, budgetMs };
  };
  const chosenBy = ({ ids }: SignOffRequest): readonly HeldSession[] =>
    survive(vault.held, []).filter(({ id }) => ids === 'all' || ids.includes(id));

  return {
    async signOff(request) {
      const order = orderOf(request);
      const chosen = chosenBy(request);
      const { budgetMs } = order;
      const now = Promise.resolve();
      const engagements = chosen
        .filter(({ kind }) => kind === 'engagement')
        .map((session) => endSurely(session, order, now));
      // A machine that shuts down may leave no time for a second step.
      const atOnce = engagements.length === 0 || CAUSES[order.cause].endsLogin;
      const share = elapsed(clock, atOnce ? 0 : budgetMs * ENGAGEMENTS_FIRST);
      const beforeLogoffs = atOnce ? now : Promise.race([Promise.all(engagements), share.promise]);
      const logoffs = chosen
        .filter(({ kind }) => kind === 'agent')
        .map((session) => endSurely(session, order, beforeLogoffs));
      progressListeners.notify();
      const ended = await Promise.all([...engagements, ...logoffs]);
      share.cancel();
      survive(vault.flush, undefined);
      // Also those of sign-offs that ended just before: the app may quit after this one.
      await untilWritten(Promise.all(beingWritten), order);
      return ended.filter((receipt) => receipt !== null);
    },
    signOffAtOnce(request) {
      const order = orderOf(request);
      /** By the ids of the sessions: the sign-off that each one's order has joined. */
      const ordered = new Map<string, Running | undefined>();
      const orderAll = (): void => {
        for (const session of chosenBy(request)) {
          if (ordered.has(session.id)) continue;
          const joined = underWay.get(session.id);
          if (joined !== undefined) survive(() => joined.signOff.join(order), undefined);
          const running = joined ?? start(session, order);
          running.begin();
          ordered.set(session.id, joined);
        }
      };
      orderAll();
      return () => {
        orderAll();
        for (const [id, joined] of ordered) {
          const [held, failure] = [find(id), lastFailures.get(id)];
          if (joined === undefined || held === undefined || failure === undefined) continue;
          if (underWay.has(id) || !isUnfinished(joined.signOff, failure, order)) continue;
          ordered.set(id, undefined);
          start(held, order).begin();
        }
        return [...ordered.keys()].every((id) => !underWay.has(id));
      };
    },
    endedByServer(heldId, callEnd) {
      const session = vault.find(heldId);
      if (session === undefined || underWay.has(heldId)) return;
      letGo(session, receiptOfServerEnd(newId(), session, callEnd));
    },
    replaced(heldId) {
      const session = vault.find(heldId);
      // What is being ended has its receipt in a moment.
      if (session === undefined || underWay.has(heldId)) return;
      letGo(session, receiptOfReplacement(newId(), session, clock.now()));
    },
    unseen: (session, host) =>
      letGo(session, receiptOfUnseen(newId(), session, { host, now: clock.now() })),
    underWay: (heldId) => underWay.get(heldId)?.signOff,
    lastFailure: (heldId) => lastFailures.get(heldId),
    forgetFailure(heldId) {
      standing?.forget(heldId);
      if (lastFailures.delete(heldId)) progressListeners.notify();
    },
    onStart: (listener) => startListeners.add(listener),
    onProgress: (listener) => progressListeners.add(listener),
    onReceipt: (listener) => receiptListeners.add(listener),
  };
}

/** Stands for a sign-off that a fault of this app kept from being started. */
function unstarted(session: HeldSession, order: Order): SignOff {
  return {
    session: () => session,
    order: () => order,
    attempts: () => 0,
    begin: () => undefined,
    join: () => undefined,
  };
}

/** Whether a joined sign-off failed with less than this order asks for: unforced, or with an earlier deadline. */
function isUnfinished(joined: SignOff, receipt: Receipt, order: Order): boolean {
  // A server that asks to be left alone is asked no more for this cause.
  if (receipt.retryAfterMs !== null) return false;
  if (order.forced && receipt.kind === 'agent' && !receipt.forced) return true;
  return isRetryable(receipt.outcome) && joined.order().deadline < order.deadline;
}
