import type { Address } from '../chat/address.ts';
import type { Answer } from '../chat/answer.ts';
import type { CallEnd, ConnectionFault } from '../chat/call-end.ts';
import type { Chat } from '../chat/chat.ts';
import type { SiteLogin } from '../chat/site-api.ts';
import { createListeners } from '../common/listeners.ts';
import { isSafeOrigin } from '../common/fields.ts';
import type { AgentSession, HeldSession } from '../sessions/session.ts';
import { type Vault, VaultWriteError } from '../sessions/vault.ts';
import { type Clock, within } from '../common/clock.ts';
import { outcomeOf } from '../signoff/outcome.ts';
import { isOver } from '../results/receipt.ts';
import { type Created, createSession } from './create-session.ts';
import { endUnheld } from './end-unheld.ts';
import { retryDelay, createTask, type CancellableTask } from './cancellable-task.ts';
import { createOrphanedSessions } from './orphaned-sessions.ts';
import { readSignIn, type SignInDetails } from './read-sign-in.ts';
import { labelOf, type Remembered } from './remembered.ts';
import { failed, failedBy, failedWithout, type SignInEnd, type SignInStep } from './sign-in-end.ts';

/** IT's rules for signing in. */
export interface SignInRules {
  readonly offered: boolean;
  /** Names the purpose of the calls to the site. */
  readonly applicationContext: string;
  /** Whether secrets may go to this server, an origin. */
  readonly isAllowed: (server: string) => boolean;
}

/** Signs an agent in and holds the session; one at a time. */
export interface SignIn {
  /** Saves the session in the vault before anything else happens to it. Never rejects. */
  signIn(input: unknown): Promise<SignInEnd>;
  /** The step under way; null where no sign-in is. */
  step(): SignInStep | null;
  /** Cancels; a session that is created all the same is ended. */
  cancel(): void;
  /** The app is leaving. Resolves within `budgetMs`, once the session is over, or held for the caller to end. */
  leave(budgetMs: number): Promise<void>;
  /**
   * The same for when the event loop will not turn again: cancels, and the function returned tells whether no session
   * is being created any more. One that is created until then is held, for the caller to end.
   */
  leaveAtOnce(): () => boolean;
  onChange(listener: () => void): void;
  onEnd(listener: (end: SignInEnd) => void): void;
}

const WITHIN_MS = 30_000;
const CALL_WITHIN_MS = 8_000;
const STATUS_WITHIN_MS = 10_000;
const MOST_TRIES = 3;
/** With less time left, no session is created: it could not be ended again in time. */
const CREATE_NEEDS_MS = 2_000;

const CANCELLED: SignInEnd = { ok: false, why: 'cancelled' };
const UNDER_WAY: SignInEnd = {
  ok: false,
  why: 'input',
  problems: [{ field: '', message: 'A sign-in is under way already.', code: 'under-way' }],
};

/** The created session: held under an id, or not, with the reason in words. */
type Held =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly session: AgentSession; readonly message: string };

interface UnderWay {
  readonly task: CancellableTask;
  step: SignInStep;
  /** Whether the server has been asked for a session, and has not answered. */
  isCreating: boolean;
  /** Resolves once the session is held or over. */
  readonly safe: PromiseWithResolvers<undefined>;
}

export function createSignIn(parts: {
  chat: Pick<Chat, 'serviceSettings' | 'agentToken' | 'createAgentSession' | 'logoff'>;
  /** Holds the created session; throws what `Hold.signedIn` throws. */
  hold: (session: AgentSession) => HeldSession;
  vault: Pick<Vault, 'find'>;
  /** Ends a held session that nobody will work in, with retries. Resolves after the first try. */
  endAbandoned: (heldId: string) => Promise<void>;
  rules: () => SignInRules;
  remembered: Pick<Remembered, 'defaults' | 'password' | 'keep'>;
  /** Sets the agent's status. `unknownSession`: the server does not know the session (403). */
  setActivity: (
    heldId: string,
    available: boolean,
  ) => Promise<{ problem: string | null; unknownSession: boolean }>;
  isLeaving: () => boolean;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
}): SignIn {
  const { chat, vault, endAbandoned, remembered, setActivity, clock, random } = parts;
  const listeners = createListeners();
  const endListeners = createListeners<[end: SignInEnd]>();
  const orphans = createOrphanedSessions(clock);
  let underWay: UnderWay | null = null;

  const enter = (current: UnderWay, step: SignInStep): void => {
    current.step = step;
    listeners.notify();
  };

  /** Makes a call without side effects, and repeats it a few times after temporary failures. */
  const withRetries = async <T>(
    task: CancellableTask,
    call: (signal: AbortSignal) => Promise<Answer<T>>,
  ): Promise<Answer<T>> => {
    for (let tries = 1; ; tries += 1) {
      const answer = await task.runCancellable(CALL_WITHIN_MS, call);
      const delay = retryDelay(tries, random());
      const isRetried = !answer.ok && isTemporary(answer.end) && tries < MOST_TRIES;
      if (!isRetried || task.stopReason() !== null || task.timeLeft() <= delay) return answer;
      await task.pause(delay);
      if (task.stopReason() !== null) return answer;
    }
  };

  const hold = (session: AgentSession): Held => {
    try {
      return { ok: true, id: parts.hold(session).id };
    } catch (error) {
      const message =
        error instanceof VaultWriteError ? error.message : 'The session could not be saved.';
      return { ok: false, session, message };
    }
  };

  /** Creates the session and holds it. */
  const create = async (
    current: UnderWay,
    details: SignInDetails,
    known: { login: SiteLogin; address: Address; token: string },
  ): Promise<Created<Held>> => {
    const { task } = current;
    const { site, userName, accountId, takeOver } = details;
    const { login, address } = known;
    const take = (answer: Answer<string>): Answer<Held> => {
      current.isCreating = false;
      if (!answer.ok) return answer;
      const label = labelOf(userName);
      const held = hold({ kind: 'agent', ...address, accountId, sessionId: answer.value, label });
      if (held.ok) current.safe.resolve(undefined);
      return { ok: true, value: held };
    };
    return createSession(task, {
      create(token, logonOverride, signal) {
        const request = {
          address,
          token,
          logonOverride,
          // The session's own requests count from 1.
          sequenceNumber: 0n,
          timeCreated: clock.now(),
        };
        current.isCreating = true;
        return chat.createAgentSession(request, signal, take);
      },
      async newToken() {
        const call = (signal: AbortSignal) => chat.agentToken(login, signal);
        const answer = await task.runToEnd(CALL_WITHIN_MS, call);
        return answer.ok ? answer.value : null;
      },
      token: known.token,
      takeOver,
      isOurs: orphans.find(site, userName)?.certain === true,
      random,
    });
  };

  /** Ends a session that could not be held at once. */
  const endUnsaved = async (
    { session, message }: Extract<Held, { ok: false }>,
    { site, userName }: SignInDetails,
  ): Promise<SignInEnd> => {
    const { outcome, error } = await endUnheld(session, { chat, clock, random });
    if (outcome === 'ended') {
      return failed('session', 'NOT_SAVED', `${message} It was ended again.`, 'disk');
    }
    // Also where the server says that it is over already: nobody but this sign-in knew of it.
    orphans.note(site, userName, { certain: true, heldId: null });
    if (isOver(outcome)) return failed('session', 'NOT_SAVED', `${message} It is over.`, 'disk');
    const notEnded = `${message} It could not be ended either (${error?.message ?? outcome}). ${DROPPED_BY_ITSELF}`;
    return failed('session', 'NOT_ENDED', notEnded, 'disk');
  };

  /** The steps after the session is held. */
  const finish = async (
    current: UnderWay,
    details: SignInDetails,
    id: string,
  ): Promise<SignInEnd> => {
    const { task } = current;
    const { site, userName, accountId, password, available, remember } = details;
    const stopped = async (): Promise<SignInEnd> => {
      // When the app is leaving, its sign-off ends what is held.
      if (task.stopReason() !== 'cancelled') return CANCELLED;
      await endAbandoned(id);
      if (vault.find(id) !== undefined) orphans.note(site, userName, { certain: true, heldId: id });
      return CANCELLED;
    };
    const before = orphans.find(site, userName);
    orphans.forget(site, userName);
    if (task.stopReason() !== null) return stopped();
    // The server has ended the orphan in favour of this session, and confirms that now.
    if (before !== undefined && before.heldId !== null && before.heldId !== id) {
      void endAbandoned(before.heldId);
    }

    enter(current, 'status');
    const status = await task.runCancellable(STATUS_WITHIN_MS, (signal) =>
      Promise.race([setActivity(id, available), aborted(signal)]),
    );
    if (task.stopReason() !== null) return stopped();
    if (status?.unknownSession === true) {
      orphans.note(site, userName, { certain: true, heldId: id });
      await endAbandoned(id);
      const message = status.problem ?? 'The server does not know the session by this account id.';
      return failed('status', 'UNKNOWN_SESSION', message, 'account');
    }
    remembered.keep({ site, userName, accountId, password: remember ? password : null });
    const late = 'The server did not answer in time when the status was set.';
    return { ok: true, id, statusProblem: status === null ? late : status.problem };
  };

  const run = async (
    current: UnderWay,
    details: SignInDetails,
    { applicationContext, isAllowed }: SignInRules,
  ): Promise<SignInEnd> => {
    const { task } = current;
    const { site, userName, password } = details;
    const login: SiteLogin = { site, userName, password, applicationContext };

    enter(current, 'settings');
    const settings = await withRetries(task, (signal) => chat.serviceSettings(login, signal));
    if (task.stopReason() !== null) return CANCELLED;
    if (!settings.ok) return failedWithout('settings', settings);
    const { server } = settings.value;
    if (!isSafeOrigin(server)) {
      const message = `The site's chat server ${server} is not reached by HTTPS.`;
      return failed('settings', 'NOT_HTTPS', message, 'ask-it');
    }
    if (!isAllowed(server)) {
      const message = notAllowed(`The site's chat server ${server}`);
      return failed('settings', 'NOT_ALLOWED', message, 'ask-it');
    }

    enter(current, 'token');
    const token = await withRetries(task, (signal) => chat.agentToken(login, signal));
    if (task.stopReason() !== null) return CANCELLED;
    if (!token.ok) return failedWithout('token', token);
    if (task.timeLeft() < CREATE_NEEDS_MS) {
      return failed('token', 'TIMED_OUT', 'The site took too long to answer.', 'try-again');
    }

    enter(current, 'session');
    const known = { login, address: settings.value, token: token.value };
    const created = await create(current, details, known);
    switch (created.kind) {
      case 'created':
        return created.held.ok
          ? finish(current, details, created.held.id)
          : endUnsaved(created.held, details);
      case 'stopped':
        return CANCELLED;
      case 'conflict':
      case 'failed':
        return notCreated(created, details);
    }
  };

  const notCreated = (
    created: Extract<Created<Held>, { kind: 'conflict' | 'failed' }>,
    { site, userName }: SignInDetails,
  ): SignInEnd => {
    const { end, mayBeOpen } = created;
    const perhapsOurs = mayBeOpen || orphans.find(site, userName) !== undefined;
    if (mayBeOpen) orphans.note(site, userName, { certain: false, heldId: null });
    const failure = failedBy('session', end);
    if (created.kind === 'conflict') {
      return { ok: false, why: 'conflict', message: failure.message, perhapsOurs };
    }
    if (!mayBeOpen) return failure;
    const message = `${failure.message} The server may have created a session all the same. ${DROPPED_BY_ITSELF}`;
    const advice = failure.advice === 'network' ? 'network' : 'try-again';
    return failed('session', 'ANSWER_LOST', message, advice);
  };

  const attempt = async (input: unknown): Promise<SignInEnd> => {
    if (parts.isLeaving()) {
      const message = 'Signoff is quitting. Sign in after its next start.';
      return failed('settings', 'LEAVING', message, 'try-again');
    }
    const rules = parts.rules();
    if (!rules.offered) {
      const message = 'Your organisation does not offer signing in with Signoff (sessionsFrom).';
      return failed('settings', 'NOT_OFFERED', message, 'ask-it');
    }
    const read = readSignIn(input, remembered);
    if (!read.ok) return { ok: false, why: 'input', problems: [...read.problems] };
    if (underWay !== null) return UNDER_WAY;
    const { site } = read.details;
    if (!rules.isAllowed(site)) {
      return failed('settings', 'NOT_ALLOWED', notAllowed(`The site ${site}`), 'ask-it');
    }
    const current: UnderWay = {
      task: createTask(clock, WITHIN_MS),
      step: 'settings',
      isCreating: false,
      safe: Promise.withResolvers<undefined>(),
    };
    underWay = current;
    try {
      return await run(current, read.details, rules);
    } finally {
      underWay = null;
      current.safe.resolve(undefined);
      listeners.notify();
    }
  };

  return {
    async signIn(input) {
      const end = await attempt(input);
      endListeners.notify(end);
      return end;
    },
    step: () => underWay?.step ?? null,
    cancel: () => underWay?.task.cancel(),
    async leave(budgetMs) {
      if (underWay === null) return;
      underWay.task.leave(budgetMs);
      await within(clock, budgetMs, underWay.safe.promise);
    },
    leaveAtOnce() {
      const current = underWay;
      current?.task.cancel();
      return () => current?.isCreating !== true;
    },
    onChange: (listener) => listeners.add(listener),
    onEnd: (listener) => endListeners.add(listener),
  };
}

const DROPPED_BY_ITSELF = 'The server drops it by itself, after up to 6 minutes.';

function notAllowed(what: string): string {
  return `${what} is not among the servers that your organisation allows (allowedServers).`;
}

/** Faults that may pass by themselves, unlike those of certificates and most of proxies. */
const TEMPORARY: ReadonlySet<ConnectionFault> = new Set([
  'name-not-found',
  'connection-refused',
  'connection-broken',
  'connect-timeout',
  'proxy-unreachable',
  'no-connection',
]);

function isTemporary(end: CallEnd): boolean {
  if (end.kind === 'no-reply') return TEMPORARY.has(end.fault);
  return outcomeOf(end).outcome === 'server-error';
}

async function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}
