import type { Answer } from '../chat/answer.ts';
import type { CallEnd, ConnectionFault } from '../chat/call-end.ts';
import type { Chat } from '../chat/chat.ts';
import type { ServiceSettings, SiteLogin } from '../chat/site-api.ts';
import { createListeners } from '../common/listeners.ts';
import { isSafeOrigin } from '../sessions/hand-in.ts';
import type { AgentSession, HeldSession } from '../sessions/session.ts';
import { type Vault, VaultWriteError } from '../sessions/vault.ts';
import { type Clock, within } from '../common/clock.ts';
import { outcomeOf } from '../signoff/outcome.ts';
import { isOver } from '../results/receipt.ts';
import { type Created, createSession } from './create-session.ts';
import { endUnheld } from './end-unheld.ts';
import { retryDelay, createTask, type CancellableTask } from './cancellable-task.ts';
import { createLeftBehind } from './left-behind.ts';
import { readSignIn, type SignInDetails } from './read-sign-in.ts';
import type { Remembered } from './remembered.ts';
import { failed, failedBy, type SignInEnd, type SignInStep } from './sign-in-end.ts';

/** What IT has laid down for signing in. */
export interface SignInTerms {
  /** Whether it is offered. */
  readonly offered: boolean;
  /** What the calls to the site say that they are for. */
  readonly applicationContext: string;
  /** Whether secrets may go to this server, an origin. */
  readonly isAllowed: (server: string) => boolean;
}

/** Signs an agent in and holds the session; one at a time. */
export interface SignIn {
  /** Never rejects; the session that results is in the vault before anything else happens to it. */
  signIn(input: unknown): Promise<SignInEnd>;
  /** What is under way; null where nothing is. */
  step(): SignInStep | null;
  /** The person gives up; a session that is created all the same is ended. */
  cancel(): void;
  /**
   * The app goes. Resolves, within `budgetMs`, once there is no session any more that is neither held
   * nor over: what is held then is the caller's to end.
   */
  leave(budgetMs: number): Promise<void>;
  onChange(listener: () => void): void;
  /** Hears how each sign-in ended. */
  onEnd(listener: (end: SignInEnd) => void): void;
}

const WITHIN_MS = 30_000;
const CALL_WITHIN_MS = 8_000;
const STATUS_WITHIN_MS = 10_000;
const MOST_TRIES = 3;
/** With less time than this, no session is created: it could not be looked after any more. */
const CREATE_NEEDS_MS = 2_000;

const CANCELLED: SignInEnd = { ok: false, why: 'cancelled' };
const UNDER_WAY: SignInEnd = {
  ok: false,
  why: 'input',
  problems: [{ field: '', message: 'A sign-in is under way already.', code: 'under-way' }],
};

/** A session that was created: held under an id, or not, for this reason in words. */
type Held =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly session: AgentSession; readonly message: string };

interface UnderWay {
  readonly task: CancellableTask;
  step: SignInStep;
  /** Resolves when there is no session any more that is neither held nor over. */
  readonly safe: PromiseWithResolvers<undefined>;
}

export function createSignIn(parts: {
  chat: Pick<Chat, 'serviceSettings' | 'agentToken' | 'createAgentSession' | 'logoff'>;
  /** Holds the session that was created; throws what `Hold.signedIn` throws. */
  hold: (session: AgentSession) => HeldSession;
  vault: Pick<Vault, 'find'>;
  /**
   * Nobody is at work in this session, which a sign-in began: ends it, now or as soon as that can be.
   * Resolves after the first try.
   */
  giveUp: (heldId: string) => Promise<void>;
  terms: () => SignInTerms;
  remembered: Pick<Remembered, 'defaults' | 'password' | 'keep'>;
  /** Sets the status of the agent of a held session. `unknownSession`: the server knows none such (403). */
  setActivity: (
    heldId: string,
    available: boolean,
  ) => Promise<{ problem: string | null; unknownSession: boolean }>;
  isLeaving: () => boolean;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
}): SignIn {
  const { chat, vault, giveUp, terms, remembered, setActivity, isLeaving } = parts;
  const { clock, random } = parts;
  const listeners = createListeners();
  const endListeners = createListeners<[end: SignInEnd]>();
  const leftBehind = createLeftBehind(clock);
  let underWay: UnderWay | null = null;

  const changed = (): void => {
    listeners.notify();
  };

  /** Tries a few times what has no effect and what fails for a reason that may pass. */
  const retrying = async <T>(
    task: CancellableTask,
    call: (signal: AbortSignal) => Promise<Answer<T>>,
  ): Promise<Answer<T>> => {
    for (let tries = 1; ; tries += 1) {
      const answer = await task.runCancellable(CALL_WITHIN_MS, call);
      const delay = retryDelay(tries, random());
      const again = !answer.ok && mayPass(answer.end) && tries < MOST_TRIES;
      if (!again || task.stop() !== null || task.timeLeft() <= delay) return answer;
      await task.pause(delay);
      if (task.stop() !== null) return answer;
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
    known: { login: SiteLogin; settings: ServiceSettings; token: string },
  ): Promise<Created<Held>> => {
    const { task } = current;
    const { site, userName, accountId, takeOver } = details;
    const { server, fqSiteName, pool } = known.settings;
    return createSession(task, {
      create: (token, logonOverride, signal) =>
        chat.createAgentSession(
          {
            address: { server, fqSiteName, pool },
            token,
            logonOverride,
            // The session's own requests count from 1.
            sequenceNumber: 0n,
            timeCreated: clock.now(),
          },
          signal,
        ),
      async newToken() {
        const answer = await task.runToEnd(CALL_WITHIN_MS, (signal) =>
          chat.agentToken(known.login, signal),
        );
        return answer.ok ? answer.value : null;
      },
      token: known.token,
      takeOver,
      isOurs: leftBehind.find(site, userName)?.certain === true,
      hold(sessionId) {
        const held = hold({
          kind: 'agent',
          server,
          fqSiteName,
          pool,
          accountId,
          sessionId,
          label: userName.slice(0, LABEL_LIMIT),
        });
        if (held.ok) current.safe.resolve(undefined);
        return held;
      },
      random,
    });
  };

  /** A session that could not be held is ended at once; what is said of it depends on how that went. */
  const giveBack = async (
    { session, message }: Extract<Held, { ok: false }>,
    { site, userName }: SignInDetails,
  ): Promise<SignInEnd> => {
    const { outcome, error } = await endUnheld(session, { chat, clock, random });
    if (outcome === 'ended') {
      return failed('session', 'NOT_SAVED', `${message} It was ended again.`, 'disk');
    }
    // Also where it is said to be over already: nobody but this sign-in knew of it.
    leftBehind.note(site, userName, { certain: true, heldId: null });
    if (isOver(outcome)) return failed('session', 'NOT_SAVED', `${message} It is over.`, 'disk');
    const notEnded = `${message} It could not be ended either (${error?.message ?? outcome}). ${DROPPED_BY_ITSELF}`;
    return failed('session', 'NOT_ENDED', notEnded, 'disk');
  };

  /** What follows once the session is held. */
  const settle = async (
    current: UnderWay,
    details: SignInDetails,
    id: string,
  ): Promise<SignInEnd> => {
    const { task } = current;
    const { site, userName, accountId, password, available, remember } = details;
    const stopped = async (): Promise<SignInEnd> => {
      // Where the app goes, whoever has it go ends what is held.
      if (task.stop() !== 'cancelled') return CANCELLED;
      await giveUp(id);
      if (vault.find(id) !== undefined) {
        leftBehind.note(site, userName, { certain: true, heldId: id });
      }
      return CANCELLED;
    };
    const before = leftBehind.find(site, userName);
    leftBehind.forget(site, userName);
    if (task.stop() !== null) return stopped();
    // The server has ended that one in favour of this one, and says so now.
    if (before !== undefined && before.heldId !== null && before.heldId !== id) {
      void giveUp(before.heldId);
    }

    current.step = 'status';
    changed();
    const status = await task.runCancellable(STATUS_WITHIN_MS, (signal) =>
      Promise.race([setActivity(id, available), aborted(signal)]),
    );
    if (task.stop() !== null) return stopped();
    if (status?.unknownSession === true) {
      leftBehind.note(site, userName, { certain: true, heldId: id });
      await giveUp(id);
      const message = status.problem ?? 'The server does not know the session by this account id.';
      return failed('status', 'UNKNOWN_SESSION', message, 'account');
    }
    remembered.keep({ site, userName, accountId, password: remember ? password : null });
    const late = 'The server did not answer in time when the status was set.';
    return { ok: true, id, statusProblem: status === null ? late : status.problem };
  };

  const walk = async (
    current: UnderWay,
    details: SignInDetails,
    { applicationContext, isAllowed }: SignInTerms,
  ): Promise<SignInEnd> => {
    const { task } = current;
    const { site, userName, password } = details;
    const login: SiteLogin = { site, userName, password, applicationContext };
    const enter = (step: SignInStep): void => {
      current.step = step;
      changed();
    };

    enter('settings');
    const settings = await retrying(task, (signal) => chat.serviceSettings(login, signal));
    if (task.stop() !== null) return CANCELLED;
    if (!settings.ok) return failedBy('settings', settings.end);
    const { server } = settings.value;
    if (!isSafeOrigin(server)) {
      const message = `The site's chat server ${server} is not reached by HTTPS.`;
      return failed('settings', 'NOT_HTTPS', message, 'ask-it');
    }
    if (!isAllowed(server)) {
      return failed(
        'settings',
        'NOT_ALLOWED',
        notAllowed(`The site's chat server ${server}`),
        'ask-it',
      );
    }

    enter('token');
    const token = await retrying(task, (signal) => chat.agentToken(login, signal));
    if (task.stop() !== null) return CANCELLED;
    if (!token.ok) return failedBy('token', token.end);
    if (task.timeLeft() < CREATE_NEEDS_MS) {
      return failed('token', 'TIMED_OUT', 'The site took too long to answer.', 'try-again');
    }

    enter('session');
    const created = await create(current, details, {
      login,
      settings: settings.value,
      token: token.value,
    });
    switch (created.kind) {
      case 'created':
        return created.held.ok
          ? settle(current, details, created.held.id)
          : giveBack(created.held, details);
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
    const perhapsOurs = mayBeOpen || leftBehind.find(site, userName) !== undefined;
    if (mayBeOpen) leftBehind.note(site, userName, { certain: false, heldId: null });
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
    if (isLeaving()) {
      const message = 'Signoff is quitting. Sign in after its next start.';
      return failed('settings', 'LEAVING', message, 'try-again');
    }
    const agreed = terms();
    if (!agreed.offered) {
      const message = 'Your organisation does not offer signing in with Signoff (sessionsFrom).';
      return failed('settings', 'NOT_OFFERED', message, 'ask-it');
    }
    const read = readSignIn(input, remembered);
    if (!read.ok) return { ok: false, why: 'input', problems: [...read.problems] };
    if (underWay !== null) return UNDER_WAY;
    const { site } = read.details;
    if (!agreed.isAllowed(site)) {
      return failed('settings', 'NOT_ALLOWED', notAllowed(`The site ${site}`), 'ask-it');
    }
    const current: UnderWay = {
      task: createTask(clock, WITHIN_MS),
      step: 'settings',
      safe: Promise.withResolvers<undefined>(),
    };
    underWay = current;
    try {
      return await walk(current, read.details, agreed);
    } finally {
      underWay = null;
      current.safe.resolve(undefined);
      changed();
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
    onChange: (listener) => listeners.add(listener),
    onEnd: (listener) => endListeners.add(listener),
  };
}

/** What the window shows of a label. */
const LABEL_LIMIT = 100;

const DROPPED_BY_ITSELF = 'The server drops it by itself, after up to 4 minutes.';

function notAllowed(what: string): string {
  return `${what} is not among the servers that your organisation allows (allowedServers).`;
}

/** Faults that may pass by themselves; a certificate and a proxy stay what they are. */
const PASSING: ReadonlySet<ConnectionFault> = new Set([
  'name-not-found',
  'connection-refused',
  'connection-broken',
  'connect-timeout',
  'proxy-unreachable',
  'no-connection',
]);

function mayPass(end: CallEnd): boolean {
  if (end.kind === 'no-reply') return PASSING.has(end.fault);
  return outcomeOf(end).outcome === 'server-error';
}

async function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}
