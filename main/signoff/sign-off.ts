import { type CallEnd, endByOwnFault, untimed } from '../chat/call-end.ts';
import type { HeldSession } from '../sessions/session.ts';
import { backoff } from '../common/backoff.ts';
import type { Clock } from '../common/clock.ts';
import { isRetryable, outcomeOf } from './outcome.ts';
import { type Cause, isOver, type Receipt, type SignOffCause } from '../results/receipt.ts';
import { pauseOn } from '../common/pause.ts';
import { reportUncaught, survive } from '../common/survive.ts';
import { timingOf } from '../results/timing.ts';

/** What a cause demands of a sign-off. */
export interface Order {
  readonly cause: SignOffCause;
  readonly forced: boolean;
  /** On the monotonic clock; nothing is sent or waited for after it. */
  readonly deadline: number;
  /** Milliseconds from the beginning to the deadline. */
  readonly budgetMs: number;
}

/** Sends the one request that ends this session. Never rejects; see `CallEnd`. */
export type EndSession = (
  session: HeldSession,
  request: { forced: boolean; sequenceNumber: number; timeCreated: number },
  signal: AbortSignal,
) => Promise<CallEnd>;

/** A running sign-off of one held session, with at most one request in flight. */
export interface SignOff {
  /** As it was at the first request; before that, as it was at the order. */
  session(): HeldSession;
  order(): Order;
  /** Requests sent so far. */
  attempts(): number;
  /** Lets it begin, for the session as it is now; until then a logoff waits for the engagements before it. */
  begin(session: HeldSession): void;
  /** A second order joins: the stronger of the two applies to what has not been sent yet. */
  join(order: Order): void;
}

/** What a sign-off tells. */
export interface SignOffListener {
  /** A request is being sent. */
  onAttempt(): void;
  /** Called once, when the session is over, refused, or out of budget. */
  onReceipt(receipt: Receipt): void;
}

/** Starts a sign-off, on this thread or on another one. */
export type StartSignOff = (
  session: HeldSession,
  order: Order,
  listener: SignOffListener,
) => SignOff;

const BACKOFF = { firstMs: 200, mostMs: 2_000 };
/** An attempt with less time than this has little chance of an answer. */
const LEAST_ATTEMPT_MS = 500;
/** A request that has not ended so long after it was given up is not waited for. */
const GIVEN_UP_MS = 100;

interface SignOffParts {
  readonly endSession: EndSession;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly newId: () => string;
}

/** Starts sign-offs on this thread. */
export function startsSignOffs(parts: SignOffParts): StartSignOff {
  return (session, order, listener) => createSignOff(session, order, listener, parts);
}

function createSignOff(
  held: HeldSession,
  firstOrder: Order,
  { onAttempt, onReceipt }: SignOffListener,
  { endSession, clock, random, newId }: SignOffParts,
): SignOff {
  let order = firstOrder;
  let session = held;
  let attempts = 0;
  const pause = pauseOn(clock);
  /** Resets the time limit of the attempt in flight. */
  let limitAttempt: (() => void) | null = null;

  let hasBegun = false;
  const timeLeft = (): number => order.deadline - clock.monotonic();
  /** Concluding an engagement cannot be forced. */
  const forces = (): boolean => order.forced && session.kind === 'agent';

  const attempt = async (forced: boolean): Promise<CallEnd> => {
    const controller = new AbortController();
    const hangs = Promise.withResolvers<CallEnd>();
    const giveUp = (): void => {
      controller.abort();
      cancelLimit = clock.after(GIVEN_UP_MS, () => hangs.resolve(endOfHanging(clock.now())));
    };
    let cancelLimit = clock.after(timeLeft(), giveUp);
    limitAttempt = () => {
      if (controller.signal.aborted) return;
      cancelLimit();
      // An unforced request gets a third of the time left once force is ordered, so that the forced
      // logoff is sent even if this one hangs.
      const limit = forces() && !forced ? timeLeft() / 3 : timeLeft();
      cancelLimit = clock.after(limit, giveUp);
    };
    attempts += 1;
    const sequenceNumber = session.lastSequenceNumber + attempts;
    const request = { forced, sequenceNumber, timeCreated: clock.now() };
    const ended = endOf(endSession, session, request, controller.signal);
    survive(onAttempt, undefined);
    try {
      return await Promise.race([ended, hangs.promise]);
    } finally {
      limitAttempt = null;
      cancelLimit();
    }
  };

  const run = async (): Promise<Receipt> => {
    const startedAt = clock.now();
    const tried = new Set<string>();
    /** The 403 after which the pool was left out. */
    let forbidden: CallEnd | null = null;
    for (;;) {
      const forced = forces();
      let end = await attempt(forced);
      for (const address of end.addresses?.tried ?? []) tried.add(address);
      if (mayHaveMoved(session, end) && timeLeft() > 0) {
        forbidden = end;
        session = withoutPool(session);
        continue;
      }
      if (forbidden !== null && isSettledElsewise(end)) end = forbidden;
      const { outcome, error } = outcomeOf(end);
      const orderedStronger = forces() && !forced;
      const isRetried = !isOver(outcome) && (orderedStronger || isRetryable(outcome));
      const asked = retryAfterMs(end);
      const usual = orderedStronger
        ? 0
        : shortened(backoff(attempts, random(), BACKOFF), timeLeft());
      if (isRetried && (await isWaitedFor(asked ?? usual, asked !== null))) continue;
      const facts = { cause: order.cause, forced, outcome, error, attempts, startedAt };
      const receipt = receiptOf(newId(), session, end, { ...facts, finishedAt: clock.now() });
      return { ...receipt, tried: [...tried] };
    }
  };

  /**
   * Waits before the next attempt; a stronger order cuts that short, unless the server `asks` for it. False where the
   * time is not enough.
   */
  const isWaitedFor = async (delay: number, asks: boolean): Promise<boolean> => {
    const until = clock.monotonic() + delay;
    for (let left = delay; left > 0; left = asks ? until - clock.monotonic() : 0) {
      if (timeLeft() <= left) return false;
      await pause.wait(left);
    }
    return timeLeft() > 0;
  };

  const signOff: SignOff = {
    session: () => session,
    order: () => order,
    attempts: () => attempts,
    begin(current) {
      if (hasBegun) return;
      hasBegun = true;
      session = current;
      void run()
        .catch(() => receiptOfInterruption(newId(), signOff, clock.now()))
        .then(onReceipt)
        // Then it has no receipt; whoever waits for one gives it up.
        .catch(reportUncaught);
    },
    join(other) {
      if (strongerOf(order, other) === order) return;
      order = other;
      limitAttempt?.();
      pause.end();
    },
  };
  return signOff;
}

type ReceiptFacts = Pick<Receipt, 'forced' | 'outcome' | 'error' | 'attempts'> & {
  readonly cause: Cause;
  readonly startedAt: number;
  readonly finishedAt: number;
};

function receiptOf(id: string, session: HeldSession, end: CallEnd, facts: ReceiptFacts): Receipt {
  const { cause, startedAt, finishedAt, ...result } = facts;
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
    connectedTo: end.addresses?.connectedTo ?? null,
    tried: [],
    reply: end.reply,
    answeredBy: end.kind === 'unconfirmed' ? end.answeredBy : null,
    retryAfterMs: retryAfterMs(end),
    handedIn: !session.startedHere,
    letGo: false,
  };
}

/** For how long the server asked to be left alone, in milliseconds; null where it did not. */
function retryAfterMs(end: CallEnd): number | null {
  return end.kind === 'exception' ? (end.retryAfterMs ?? null) : null;
}

/**
 * The receipt of a session that the server ended by itself, as the end of some other call showed. The
 * timing of that call is left out, since it was no sign-off.
 */
export function receiptOfServerEnd(id: string, session: HeldSession, end: CallEnd): Receipt {
  const at = end.times.received ?? end.times.finished;
  return receiptOf(
    id,
    session,
    { ...end, times: untimed(at) },
    {
      cause: 'server',
      forced: false,
      outcome: 'already-over',
      error: outcomeOf(end).error,
      attempts: 0,
      startedAt: at,
      finishedAt: at,
    },
  );
}

/** The receipt of a session that a newer one of the same account has replaced; `now` is epoch milliseconds. */
export function receiptOfReplacement(id: string, session: HeldSession, now: number): Receipt {
  const message = 'A newer session of the same account was handed in.';
  return receiptOfLetGo(id, session, now, { cause: 'replaced', code: 'REPLACED', message });
}

/** The receipt of what a machine held that nobody has used for a day; `now` is epoch milliseconds. */
export function receiptOfUnseen(
  id: string,
  session: HeldSession,
  { host, now }: { host: string; now: number },
): Receipt {
  const message = `${host}, which held it, has not been seen for a day.`;
  return receiptOfLetGo(id, session, now, { cause: 'leftover', code: 'MACHINE_UNSEEN', message });
}

/** For what is let go without a request. */
function receiptOfLetGo(
  id: string,
  session: HeldSession,
  now: number,
  { cause, code, message }: { cause: 'replaced' | 'leftover'; code: string; message: string },
): Receipt {
  const end = endByOwnFault(message, now);
  const at = { startedAt: now, finishedAt: now };
  const error = { code, message, status: null };
  const facts = { cause, forced: false, outcome: 'unconfirmed', error, attempts: 0 } as const;
  return { ...receiptOf(id, session, end, { ...facts, ...at }), letGo: true };
}

/**
 * The receipt for an order that is out of time while the sign-off that it joined goes on. It goes to the
 * caller alone and is not written. `now` is epoch milliseconds.
 */
export function receiptOfExpiredWait(
  id: string,
  signOff: SignOff,
  order: Order,
  now: number,
): Receipt {
  const message = 'It is still being signed off for another cause.';
  const times = untimed(now);
  const end: CallEnd = { kind: 'timed-out', message, times, reply: null, proxy: null };
  return receiptWithoutAnswer(id, signOff, order, end);
}

/** The receipt of a sign-off whose end is not known, because what made it has gone. `now` is epoch milliseconds. */
export function receiptOfInterruption(id: string, signOff: SignOff, now: number): Receipt {
  const message = 'Signing off was interrupted by a fault of Signoff.';
  const end = endByOwnFault(message, now);
  return receiptWithoutAnswer(id, signOff, signOff.order(), end);
}

function receiptWithoutAnswer(
  id: string,
  signOff: SignOff,
  { cause, forced }: Order,
  end: CallEnd,
): Receipt {
  return receiptOf(id, signOff.session(), end, {
    cause,
    forced,
    ...outcomeOf(end),
    attempts: signOff.attempts(),
    startedAt: end.times.started,
    finishedAt: end.times.finished,
  });
}

/**
 * Whether the server that answered 403 may belong to an old pool: a console does not hand in the news of another one,
 * and polling may have ended before it came or was saved. Without a pool (the pages do not list it as a parameter of
 * logoff) the session is found by its site alone. An engagement's call needs its pool.
 */
function mayHaveMoved(
  session: HeldSession,
  end: CallEnd,
): session is HeldSession & { kind: 'agent' } {
  if (session.kind !== 'agent' || session.pool === null) return false;
  const { outcome, error } = outcomeOf(end);
  return error?.status === 403 && (outcome === 'already-over' || outcome === 'unconfirmed');
}

/** Whether an answer without the pool tells less than the one with it: no end, and nothing to try again for. */
function isSettledElsewise(end: CallEnd): boolean {
  const { outcome } = outcomeOf(end);
  return !isOver(outcome) && !isRetryable(outcome);
}

function withoutPool(session: HeldSession & { kind: 'agent' }): HeldSession {
  return { ...session, pool: null };
}

/** A forced order is the stronger; of two alike, the one with the earlier deadline. */
export function strongerOf(current: Order, other: Order): Order {
  const isStronger =
    current.forced === other.forced ? other.deadline < current.deadline : other.forced;
  return isStronger ? other : current;
}

/** What it throws ends this attempt alone: a session that cannot be ended keeps no other from being ended. */
async function endOf(
  endSession: EndSession,
  ...[session, request, signal]: Parameters<EndSession>
): Promise<CallEnd> {
  try {
    return await endSession(session, request, signal);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    const message = `The request that ends this session could not be made (${name}).`;
    return endByOwnFault(message, request.timeCreated);
  }
}

/** It was given up, and has not ended all the same; epoch milliseconds. */
function endOfHanging(now: number): CallEnd {
  const message = 'The request that ends this session was given up, but did not end.';
  return { kind: 'timed-out', message, times: untimed(now), reply: null, proxy: null };
}

/**
 * Cuts a delay that would leave the next attempt too little time to half of what is left, if that is enough:
 * so a server that comes back within the budget is not missed.
 */
function shortened(delay: number, left: number): number {
  return left - delay < LEAST_ATTEMPT_MS && left >= 2 * LEAST_ATTEMPT_MS ? left / 2 : delay;
}
