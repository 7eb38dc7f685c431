import { randomBytes } from 'node:crypto';
import type { Account, AccountStore } from './accounts.ts';
import type { ActivityStatus } from './attendance.ts';
import type { ChatRequest } from './chat-request.ts';
import type { ErrorReplies } from './error-replies.ts';
import { jsonReply, type ChatSystemError, type Reply } from './replies.ts';
import type { AgentEntry, SessionStore } from './sessions.ts';

/**
 * How a logon to an existing session is refused is not published.
 *
 * - `existing-session`: 200 with that in the typed `chatLogonResult`, as in an older protocol; the likeliest.
 * - `system-error`: 200 with a `chatSystemError`.
 * - `conflict`: 409, the status of a sister API.
 * - `bad-request`, `access-denied`: with the page's codes, and only its words to tell.
 */
export type LogonConflict =
  'existing-session' | 'system-error' | 'conflict' | 'bad-request' | 'access-denied';

export interface SignInOptions {
  /** Replaces fields in the reply of `serviceSettings`; undefined leaves one out. */
  serviceSettings: Readonly<Record<string, unknown>>;
  /** The answer to a logon without override to an existing session. */
  logonConflict: LogonConflict;
  /** The status of an agent who has just signed in. */
  initialStatus: ActivityStatus;
  /** The practice server's own URL. */
  url: () => string;
}

/** Invented: how a logon is refused is not published. */
const LOGGED_ON: ChatSystemError = {
  errorCondition: 'AGENT_ALREADY_LOGGED_ON',
  text: 'The agent has a session already.',
  type: 'ERROR',
};

/** The calls that lead to an agent session. */
export class SignIn {
  readonly #accounts: AccountStore;
  readonly #sessions: SessionStore;
  readonly #errors: ErrorReplies;
  readonly #options: SignInOptions;

  constructor(
    accounts: AccountStore,
    sessions: SessionStore,
    errors: ErrorReplies,
    options: SignInOptions,
  ) {
    this.#accounts = accounts;
    this.#sessions = sessions;
    this.#errors = errors;
    this.#options = options;
  }

  hasSite(fqSiteName: string): boolean {
    return this.#accounts.hasSite(fqSiteName);
  }

  serviceSettings(request: ChatRequest, systemError?: ChatSystemError): Reply {
    return this.#asAgent(request, systemError, ({ site, pool }) => {
      const { hostname, port } = new URL(this.#options.url());
      const settings = { domain: hostname, port: Number(port), pool, siteName: site };
      return { ...settings, ...this.#options.serviceSettings };
    });
  }

  agentTokens(request: ChatRequest, systemError?: ChatSystemError): Reply {
    return this.#asAgent(request, systemError, (account) => ({
      sessionToken: this.#accounts.issueToken(account),
    }));
  }

  /** The new session's entry; or the system error, the result or the whole of the answer that refuses one. */
  createSession(
    request: ChatRequest,
    systemError?: ChatSystemError,
  ): { entry: AgentEntry } | { systemError: ChatSystemError } | { result: object } | Reply {
    const account = this.#accounts.authenticate(request.credentials);
    if (account === undefined || account.site !== request.fqSiteName) {
      return this.#errors.accessDenied();
    }
    if (request.violations.length > 0) return this.#errors.invalid(request.violations);
    // Inferred: another part of the cluster does not serve the site.
    if (request.pool !== null && request.pool !== account.pool) {
      return this.#errors.notFound();
    }
    const { site: fqSiteName, accountId, pool } = account;
    const held = this.#sessions
      .openAgents(fqSiteName)
      .filter(({ session }) => session.accountId === accountId);
    if (held.length > 0 && !request.logonOverride) return this.#refuseLogon();
    if (systemError !== undefined) return { systemError };
    const sessionId = `node0${randomBytes(12).toString('hex')}0`;
    const entry = this.#sessions.signIn(
      { kind: 'agent', fqSiteName, accountId, sessionId, pool },
      this.#options.initialStatus,
    );
    for (const old of held) {
      entry.attendance.takeOver(old.attendance);
      old.end('override');
    }
    return { entry };
  }

  #refuseLogon(): { systemError: ChatSystemError } | { result: object } | Reply {
    switch (this.#options.logonConflict) {
      case 'existing-session':
        return { result: { resultType: 'EXISTING_SESSION' } };
      case 'system-error':
        return { systemError: LOGGED_ON };
      case 'conflict':
        return this.#errors.conflict(LOGGED_ON.text);
      case 'bad-request':
        return this.#errors.error(400, 'BAD_REQUEST', LOGGED_ON.text);
      case 'access-denied':
        return this.#errors.error(403, 'ACCESS_DENIED', LOGGED_ON.text);
    }
  }

  /** Answers an authenticated agent, or refuses the request as the site does. */
  #asAgent(
    request: ChatRequest,
    systemError: ChatSystemError | undefined,
    answer: (account: Account) => Readonly<Record<string, unknown>>,
  ): Reply {
    const account = this.#accounts.authenticate(request.credentials);
    if (account === undefined) {
      return this.#errors.site(401, 'Unauthorized', 'The user name or the password is wrong.');
    }
    if (request.violations.length > 0) {
      return this.#errors.site(400, 'Bad Request', `${request.violations.join('; ')}.`);
    }
    return jsonReply(
      200,
      systemError === undefined ? answer(account) : { chatSystemError: systemError },
    );
  }
}
