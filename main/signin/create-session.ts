import type { Answer } from '../chat/answer.ts';
import type { CallEnd, ConnectionFault } from '../chat/call-end.ts';
import { isRetryable, outcomeOf } from '../signoff/outcome.ts';
import { retryDelay, type CancellableTask } from './cancellable-task.ts';

/** How creating an agent session ended; `mayBeOpen`: the server may have one whose id got lost. */
export type Created<Held> =
  | { readonly kind: 'created'; readonly held: Held }
  | { readonly kind: 'conflict'; readonly end: CallEnd; readonly mayBeOpen: boolean }
  | { readonly kind: 'failed'; readonly end: CallEnd; readonly mayBeOpen: boolean }
  | { readonly kind: 'stopped' };

const MOST_TRIES = 3;
const TRY_WITHIN_MS = 8_000;
/** Between tries while the app is leaving; none after a try that took its whole time. */
const pauseWhileLeavingMs = ({ kind }: CallEnd): number => (kind === 'timed-out' ? 0 : 250);

/**
 * Creates an agent session. After a lost answer the session is created once more, which the server refuses
 * if there is one already. While the app is leaving nobody can be asked about that one, so it is taken
 * over in order to be ended.
 */
export async function createSession<Held>(
  task: CancellableTask,
  parts: {
    /** Holds the session that it creates, before anything else happens. */
    create: (token: string, logonOverride: boolean, signal: AbortSignal) => Promise<Answer<Held>>;
    /** Another token for when the first one has expired; null where there is none. */
    newToken: () => Promise<string | null>;
    token: string;
    takeOver: boolean;
    /** Whether a session that the server has already is known to be of an earlier sign-in here. */
    isOurs: boolean;
    /** 0 to 1. */
    random: () => number;
  },
): Promise<Created<Held>> {
  const { create, newToken, isOurs, random } = parts;
  let { token, takeOver } = parts;
  let mayBeOpen = false;
  let hasNewToken = false;

  const isLeaving = (): boolean => task.stopReason() === 'leaving';
  const limitMs = (): number =>
    isLeaving() ? task.timeLeft() : Math.min(TRY_WITHIN_MS, task.timeLeft() / 2);

  for (let tries = 1; ; tries += 1) {
    const answer = await task.runToEnd(limitMs(), (signal) => create(token, takeOver, signal));
    if (answer.ok) return { kind: 'created', held: answer.value };
    const { end } = answer;
    const meaning = traitsOf(end);
    mayBeOpen ||= meaning === 'lost';
    if (task.stopReason() !== null && !mayBeOpen) return { kind: 'stopped' };

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
    if (task.stopReason() !== null && !mayBeOpen) return { kind: 'stopped' };
    takeOver ||= isLeaving();
  }
}

type Meaning = 'conflict' | 'refused' | 'not-sent' | 'lost';

/**
 * What a failed `createAutomatedAgentSession` says about the session: there is one already, none was
 * created, the request never went out, or (`lost`) one may have been created all the same.
 */
function traitsOf(end: CallEnd): Meaning {
  switch (end.kind) {
    case 'system-error':
      return isConflict(end) ? 'conflict' : 'refused';
    case 'exception':
      return meaningOfException(end);
    case 'no-reply':
      return NEVER_SENT.has(end.fault) ? 'not-sent' : 'lost';
    case 'unconfirmed':
    case 'not-this-api':
    case 'too-large':
      return end.status !== null && end.status >= 300 && end.status < 500 ? 'refused' : 'lost';
    case 'success':
    case 'timed-out':
      return 'lost';
  }
}

/**
 * How a logon is refused is not published. By their code: `EXISTING_SESSION` of an older protocol, and what is like it.
 * By their words, whatever the code and status.
 */
const CONFLICT_CODE = /(?<!NOT.?)(?:ALREADY|LOGGED.?(?:ON|IN)|CONFLICT|EXIST(?:S|ING))/i;
const CONFLICT_WORDS =
  /\b(?:agent|session|user|account)\b.*\balready\b|\balready\b.*\b(?:signed|session)\b|(?<!\bnot\s)\blogged[-\s]?(?:on|in)\b|\b(?:existing|another|other) session\b/i;

function isConflict({ code, message }: { code: string | null; message: string }): boolean {
  return CONFLICT_CODE.test(code ?? '') || CONFLICT_WORDS.test(message);
}

/** With these faults, the request cannot have reached the server. */
const NEVER_SENT: ReadonlySet<ConnectionFault> = new Set([
  'name-not-found',
  'connection-refused',
  'connect-timeout',
  'tls-failed',
  'certificate-rejected',
  'client-certificate-rejected',
  'proxy-unreachable',
  'proxy-refused',
  'proxy-authentication-required',
  'proxy-not-supported',
]);

function meaningOfException(end: Extract<CallEnd, { kind: 'exception' }>): Meaning {
  const code = end.code ?? '';
  if (end.status === 409 || isConflict(end)) return 'conflict';
  // Such as DEPENDENCY_APPLICATION_TIMEOUT, whose status is not published.
  if (code.includes('TIMEOUT')) return 'lost';
  return isRetryable(outcomeOf(end).outcome) ? 'lost' : 'refused';
}

function isTokenRefused(end: CallEnd): boolean {
  // A gateway may look at the token as well.
  if (end.kind === 'unconfirmed') return end.status === 403;
  if (end.kind !== 'exception') return false;
  return end.status === 401 || end.status === 403 || end.code === 'ACCESS_DENIED';
}
