import { type CallEnd, NO_PHASES } from '../chat/call-end.ts';
import type { HeldSession } from '../sessions/session.ts';
import { backoff } from '../common/backoff.ts';
import type { Clock } from '../common/clock.ts';
import { isRetryable, verdictOf } from './outcome.ts';
import { type Cause, isOver, type Receipt, type SignOffCause } from '../results/receipt.ts';
import { pauseOn } from '../common/pause.ts';
import { timingOf } from '../results/timing.ts';

/** What a cause demands of a sign-off. */
export interface Order {
  readonly cause: SignOffCause;
  readonly forced: boolean;
  /** On the clock's monotonic scale; nothing is sent or waited for after it. */
  readonly deadline: number;
  /** Milliseconds that it had from the beginning. */
  readonly budgetMs: number;
}

/** Sends the one request that ends this session. Never rejects; see `CallEnd`. */
export type EndSession = (
  session: HeldSession,
  request: { forced: boolean; sequenceNumber: number; timeCreated: number },
  signal: AbortSignal,
) => Promise<CallEnd>;

/** The sign-off of one held session while it runs: at most one request of it is in flight. */
export interface SignOff {
  /** As it was when its first request went out, and until then as it was when it was asked for. */
  session(): HeldSession;
  order(): Order;
  /** Requests sent so far. */
  attempts(): number;
  /** Lets it begin; until then it waits (a logoff, for the engagements before it). */
  begin(): void;
  /** A second cause joins: the stronger of the two orders rules what has not been sent yet. */
  join(order: Order): void;
  /** Resolves once, when the session is over, refused, or out of budget. */
  readonly receipt: Promise<Receipt>;
}

const BACKOFF = { firstMs: 200, mostMs: 2_000 };
/** An attempt with less time than this has little chance of being answered. */
const LAST_CHANCE_MS = 500;

/** A sign-off of this session, which waits for `begin`. */
export function createSignOff(
  held: HeldSession,
  firstOrder: Order,
  parts: {
    endSession: EndSession;
    clock: Clock;
    /** 0 to 1. */
    random: () => number;
    newId: () => string;
    /** Its first request goes out as soon as this returns, for the session as this returns it. */
    onBegin: () => HeldSession;
    onAttempt: () => void;
  },
): SignOff {
  const { endSession, clock, random, newId, onBegin, onAttempt } = parts;
  let order = firstOrder;
  let session = held;
  let attempts = 0;
  /** A stronger order does not wait for a weaker one's. */
  const pause = pauseOn(clock);
  /** Sets the time limit of the attempt in flight anew. */
  let limitAttempt: (() => void) | null = null;

  const begun = Promise.withResolvers<undefined>();
  const timeLeft = (): number => order.deadline - clock.monotonic();
  /** An engagement knows no force, so a stronger order changes nothing about its request. */
  const forces = (): boolean => order.forced && session.kind === 'agent';

  const attempt = async (forced: boolean): Promise<CallEnd> => {
    const controller = new AbortController();
    let cancelLimit = clock.after(timeLeft(), () => controller.abort());
    limitAttempt = () => {
      cancelLimit();
      // What is in flight is weaker than what is asked for now: it gets a third of the time that
      // is left to be answered, so that the forced logoff is sent even where this one hangs.
      const limit = forces() && !forced ? timeLeft() / 3 : timeLeft();
      cancelLimit = clock.after(limit, () => controller.abort());
    };
    attempts += 1;
    const sequenceNumber = session.lastSequenceNumber + attempts;
    const ended = endSession(
      session,
      { forced, sequenceNumber, timeCreated: clock.now() },
      controller.signal,
    );
    onAttempt();
    try {
      return await ended;
    } finally {
      limitAttempt = null;
      cancelLimit();
    }
  };

  const run = async (): Promise<Receipt> => {
    await begun.promise;
    session = onBegin();
    const startedAt = clock.now();
    for (;;) {
      const forced = forces();
      const end = await attempt(forced);
      const { outcome, error } = verdictOf(end);
      if (outcome === 'already-over' && mayHaveMoved(session) && timeLeft() > 0) {
        session = { ...session, pool: null };
        continue;
      }
      const orderedStronger = forces() && !forced;
      const again = !isOver(outcome) && (orderedStronger || isRetryable(outcome));
      const delay = orderedStronger ? 0 : inTime(backoff(attempts, random(), BACKOFF), timeLeft());
      if (!again || timeLeft() <= delay) {
        const { cause } = order;
        const finishedAt = clock.now();
        const told = { cause, forced, outcome, error, attempts, startedAt, finishedAt };
        return receiptOf(newId(), session, end, told);
      }
      if (delay > 0) await pause.wait(delay);
    }
  };

  return {
    session: () => session,
    order: () => order,
    attempts: () => attempts,
    begin: () => begun.resolve(undefined),
    join(other) {
      if (!isStronger(other, order)) return;
      order = other;
      limitAttempt?.();
      pause.end();
    },
    receipt: run(),
  };
}

type Told = Pick<Receipt, 'forced' | 'outcome' | 'error' | 'attempts'> & {
  readonly cause: Cause;
  readonly startedAt: number;
  readonly finishedAt: number;
};

function receiptOf(id: string, session: HeldSession, end: CallEnd, told: Told): Receipt {
  const { cause, startedAt, finishedAt, ...result } = told;
  const words = end.kind === 'success' || end.kind === 'system-error' ? end.words : null;
  return {
    id,
    heldId: session.id,
    kind: session.kind,
    label: session.label,
    address: { server: session.server, fqSiteName: session.fqSiteName },
    cause,
    ...result,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    ...timingOf(end.times, words),
    proxy: end.proxy,
    reply: end.reply,
  };
}

/**
 * The receipt of a session that the server ended by itself, as `end`, the end of some call for it, told.
 * How long that call took says nothing of a sign-off: nobody had asked for one.
 */
export function receiptOfServersEnd(id: string, session: HeldSession, end: CallEnd): Receipt {
  const at = end.times.received ?? end.times.finished;
  const times = { started: at, sent: null, received: null, finished: at, phases: NO_PHASES };
  return receiptOf(
    id,
    session,
    { ...end, times },
    {
      cause: 'server',
      forced: false,
      outcome: 'already-over',
      error: verdictOf(end).error,
      attempts: 0,
      startedAt: at,
      finishedAt: at,
    },
  );
}

/**
 * For whoever's time is up while the sign-off that they joined goes on with more: it is told to nobody
 * else, and written nowhere. `now` is epoch milliseconds.
 */
export function receiptOfPatience(
  id: string,
  signOff: SignOff,
  { cause, forced }: Order,
  now: number,
): Receipt {
  const message = 'It is still being signed off for another cause.';
  const times = { started: now, sent: null, received: null, finished: now, phases: NO_PHASES };
  const end: CallEnd = { kind: 'timed-out', message, times, reply: null, proxy: null };
  return receiptOf(id, signOff.session(), end, {
    cause,
    forced,
    ...verdictOf(end),
    attempts: signOff.attempts(),
    startedAt: now,
    finishedAt: now,
  });
}

/**
 * Whether a server that does not know this session may be the wrong one of several: the news of another
 * pool comes with polling, and may have been on its way, or not on the disk, when that ended. Without a
 * pool (the pages do not list it as a parameter of logoff) the session is found by its site alone.
 */
function mayHaveMoved(session: HeldSession): session is HeldSession & { kind: 'agent' } {
  return session.kind === 'agent' && session.startedHere && session.pool !== null;
}

/** Forced is stronger than not; of two alike, the one with less time is. */
function isStronger(a: Order, b: Order): boolean {
  return a.forced === b.forced ? a.deadline < b.deadline : a.forced;
}

/**
 * A wait that would leave the next attempt too late is cut to half of what is left, where that is
 * enough for it to be answered: a server that comes back within the budget is not missed.
 */
function inTime(delay: number, left: number): number {
  return left - delay < LAST_CHANCE_MS && left >= 2 * LAST_CHANCE_MS ? left / 2 : delay;
}
