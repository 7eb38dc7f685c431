import type { Answer } from '../chat/answer.ts';
import type { CallEnd, ConnectionFault } from '../chat/call-end.ts';
import { isRetryable, outcomeOf } from '../signoff/outcome.ts';
import { retryDelay, type CancellableTask } from './cancellable-task.ts';

/** How the creating of an agent session ended; `mayBeOpen`: the server may have one nobody knows the id of. */
export type Created<Held> =
  | { readonly kind: 'created'; readonly held: Held }
  | { readonly kind: 'conflict'; readonly end: CallEnd; readonly mayBeOpen: boolean }
  | { readonly kind: 'failed'; readonly end: CallEnd; readonly mayBeOpen: boolean }
  | { readonly kind: 'stopped' };

const MOST_TRIES = 3;
const TRY_WITHIN_MS = 8_000;
/** Between tries while the app goes: it has little time, and none to lose where it has waited already. */
const pauseWhileLeavingMs = ({ kind }: CallEnd): number => (kind === 'timed-out' ? 0 : 250);

/**
 * Creates an agent session. Where an answer is lost, it is found out what became of it: the session is
 * created once more, which the server turns down if there is one. Nobody is there to be asked about that
 * one when the app goes: then it is taken over, so that it can be ended.
 */
export async function createSession<Held>(
  task: CancellableTask,
  parts: {
    create: (token: string, logonOverride: boolean, signal: AbortSignal) => Promise<Answer<string>>;
    /** Another token, for when the first one is worth nothing any more; null where there is none. */
    newToken: () => Promise<string | null>;
    token: string;
    takeOver: boolean;
    /** Whether the session that the server has, if any, is known to be of an earlier sign-in here. */
    isOurs: boolean;
    /** Holds the session, before anything else happens. */
    hold: (sessionId: string) => Held;
    /** 0 to 1. */
    random: () => number;
  },
): Promise<Created<Held>> {
  const { create, newToken, isOurs, hold, random } = parts;
  let { token, takeOver } = parts;
  let mayBeOpen = false;
  let hasNewToken = false;

  const isLeaving = (): boolean => task.stop() === 'leaving';
  const limitMs = (): number =>
    isLeaving() ? task.timeLeft() : Math.min(TRY_WITHIN_MS, task.timeLeft() / 2);

  for (let tries = 1; ; tries += 1) {
    const answer = await task.runToEnd(limitMs(), (signal) => create(token, takeOver, signal));
    if (answer.ok) return { kind: 'created', held: hold(answer.value) };
    const { end } = answer;
    const meaning = meaningOf(end);
    mayBeOpen ||= meaning === 'lost';
    if (task.stop() !== null && !mayBeOpen) return { kind: 'stopped' };

    const hasTime = task.timeLeft() > 0;
    if (meaning === 'conflict' && !takeOver && hasTime) {
      if (!isOurs && !isLeaving()) return { kind: 'conflict', end, mayBeOpen };
      takeOver = true;
      continue;
    }
    if (meaning === 'refused' && mayBeOpen && isTokenRefused(end) && !hasNewToken && hasTime) {
      hasNewToken = true;
      const renewed = await newToken();
      if (renewed === null) return { kind: 'failed', end, mayBeOpen };
      token = renewed;
      continue;
    }
    const triedEnough = tries >= MOST_TRIES && !isLeaving();
    if (meaning === 'refused' || meaning === 'conflict' || triedEnough) {
      return { kind: 'failed', end, mayBeOpen };
    }
    const delay = isLeaving() ? pauseWhileLeavingMs(end) : retryDelay(tries, random());
    if (task.timeLeft() <= delay) return { kind: 'failed', end, mayBeOpen };
    await task.pause(delay);
    if (task.stop() !== null && !mayBeOpen) return { kind: 'stopped' };
    takeOver ||= isLeaving();
  }
}

type Meaning = 'conflict' | 'refused' | 'not-sent' | 'lost';

/**
 * What the failed end of a `createAutomatedAgentSession` says about the session: there is one already,
 * none was created, the request never went out, or (`lost`) one may have been created all the same.
 */
function meaningOf(end: CallEnd): Meaning {
  switch (end.kind) {
    case 'system-error':
      return IS_CONFLICT.test(`${end.code} ${end.message}`) ? 'conflict' : 'refused';
    case 'exception':
      return meaningOfException(end);
    case 'no-reply':
      return NEVER_SENT.has(end.fault) ? 'not-sent' : 'lost';
    case 'not-this-api':
    case 'too-large':
      return end.status !== null && end.status >= 300 && end.status < 500 ? 'refused' : 'lost';
    case 'success':
    case 'timed-out':
      return 'lost';
  }
}

/** How a logon is turned down is not published: what sounds like it is taken for it. */
const IS_CONFLICT = /ALREADY|LOGGED.?ON|CONFLICT|EXISTS/i;

/** By these faults, the request cannot have reached the server. */
const NEVER_SENT: ReadonlySet<ConnectionFault> = new Set([
  'name-not-found',
  'connection-refused',
  'connect-timeout',
  'certificate-rejected',
  'client-certificate-rejected',
  'proxy-unreachable',
  'proxy-refused',
  'proxy-authentication-required',
  'proxy-not-supported',
]);

function meaningOfException(end: Extract<CallEnd, { kind: 'exception' }>): Meaning {
  const code = end.code ?? '';
  if (end.status === 409 || IS_CONFLICT.test(code)) return 'conflict';
  // Such as DEPENDENCY_APPLICATION_TIMEOUT, whose status is not published.
  if (code.includes('TIMEOUT')) return 'lost';
  return isRetryable(outcomeOf(end).outcome) ? 'lost' : 'refused';
}

function isTokenRefused(end: CallEnd): boolean {
  if (end.kind !== 'exception') return false;
  return end.status === 401 || end.status === 403 || end.code === 'ACCESS_DENIED';
}
