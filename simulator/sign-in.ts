import { randomBytes } from 'node:crypto';
import type { Account, AccountStore } from './accounts.ts';
import type { ActivityStatus } from './attendance.ts';
import type { ChatRequest } from './chat-request.ts';
import {
  errorReply,
  jsonReply,
  siteErrorReply,
  type ChatSystemError,
  type Reply,
} from './replies.ts';
import type { AgentEntry, SessionStore } from './sessions.ts';

export interface SignInOptions {
  /** Replaces fields in the reply of `serviceSettings`; undefined leaves one out. */
  serviceSettings: Readonly<Record<string, unknown>>;
  /** The answer to a logon without override to an existing session: 409, or 200 with a `chatSystemError`. */
  logonConflict: 'conflict' | 'system-error';
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
  readonly #options: SignInOptions;

  constructor(accounts: AccountStore, sessions: SessionStore, options: SignInOptions) {
    this.#accounts = accounts;
    this.#sessions = sessions;
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

  /** The new session's entry, the system error to answer, or the whole refusal. */
  createSession(
    request: ChatRequest,
    systemError?: ChatSystemError,
  ): { entry: AgentEntry } | { systemError: ChatSystemError } | Reply {
    const account = this.#accounts.authenticate(request.credentials);
    if (account === undefined || account.site !== request.fqSiteName) {
      return errorReply(403, 'ACCESS_DENIED', 'Authentication failed.');
    }
    if (request.violations.length > 0) {
      const problems = request.violations.join('; ');
      return errorReply(400, 'BAD_REQUEST', `Invalid request: ${problems}.`);
    }
    // Inferred: another part of the cluster does not serve the site.
    if (request.pool !== null && request.pool !== account.pool) {
      return errorReply(404, 'NOT_FOUND', 'The resource was not found.');
    }
    const { site: fqSiteName, accountId, pool } = account;
    const held = this.#sessions
      .openAgents(fqSiteName)
      .filter(({ session }) => session.accountId === accountId);
    if (held.length > 0 && !request.logonOverride) {
      return this.#options.logonConflict === 'system-error'
        ? { systemError: LOGGED_ON }
        : errorReply(409, 'CONFLICT', LOGGED_ON.text);
    }
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

  /** Answers an authenticated agent, or refuses the request as the site does. */
  #asAgent(
    request: ChatRequest,
    systemError: ChatSystemError | undefined,
    answer: (account: Account) => Readonly<Record<string, unknown>>,
  ): Reply {
    const account = this.#accounts.authenticate(request.credentials);
    if (account === undefined) {
      return siteErrorReply(401, 'Unauthorized', 'The user name or the password is wrong.');
    }
    if (request.violations.length > 0) {
      return siteErrorReply(400, 'Bad Request', `${request.violations.join('; ')}.`);
    }
    return jsonReply(
      200,
      systemError === undefined ? answer(account) : { chatSystemError: systemError },
    );
  }
}
