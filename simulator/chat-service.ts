import type { ChatRequest } from './chat-request.ts';
import type { ErrorReplies } from './error-replies.ts';
import { type Clock, sleep } from './clock.ts';
import {
  agentReply,
  concludeReply,
  NEEDS_FORCE,
  type ChatSystemError,
  type Reply,
  type ReplyFacts,
  type TimeFormat,
} from './replies.ts';
import { methodOf } from './routes.ts';
import type { AgentEntry, SessionStore, SessionEntry } from './sessions.ts';
import type { SignIn } from './sign-in.ts';

interface ServiceOptions {
  clock: Clock;
  processingMs: number;
  /** By default each call has the format of its sample. */
  timeFormat?: TimeFormat;
  /** Aborts requests that are being processed. */
  closing: AbortSignal;
}

/** What `ChatService.act` is asked to do. */
export interface Action {
  request: ChatRequest;
  /** Epoch milliseconds. */
  receivedAt: number;
  /** The answer instead of processing, if the call would have worked. */
  systemError?: ChatSystemError;
  /** Aborted when the client disconnects. */
  gone: AbortSignal;
  /** Records the id of the session that the request created. */
  created: (sessionId: string) => void;
  /** Records a problem that the request alone does not show. */
  flag: (problem: string) => void;
}

/** The chat server as the API pages describe it, without HTTP. */
export class ChatService {
  readonly #sessions: SessionStore;
  readonly #signIn: SignIn;
  readonly #errors: ErrorReplies;
  readonly #options: ServiceOptions;

  constructor(
    sessions: SessionStore,
    signIn: SignIn,
    errors: ErrorReplies,
    options: ServiceOptions,
  ) {
    this.#sessions = sessions;
    this.#signIn = signIn;
    this.#errors = errors;
    this.#options = options;
  }

  /** Processes the call after the processing time, and returns the answer. */
  async act(action: Action): Promise<Reply> {
    const { clock, processingMs, closing } = this.#options;
    await sleep(clock, processingMs, closing);

    const { request } = action;
    const { call } = request;
    if (call === null || request.method !== methodOf(call)) return this.#errors.notFound();
    switch (call) {
      case 'serviceSettings':
        return this.#signIn.serviceSettings(request, action.systemError);
      case 'agentTokens':
        return this.#signIn.agentTokens(request, action.systemError);
      case 'createAutomatedAgentSession':
        return this.#createSession(action);
      case 'getMessages':
        return this.#withAgent(request, (entry) => this.#getMessages(entry, action));
      case 'setActivityStatus':
        return this.#withAgent(request, (entry) => this.#setStatus(entry, action));
      case 'logoff':
        return this.#withAgent(request, (entry) => this.#logoff(entry, action));
      case 'concludeEngagement':
        return this.#conclude(action);
    }
  }

  #createSession(action: Action): Reply {
    const { request, systemError } = action;
    if (request.fqSiteName === null || !this.#knowsSite(request.fqSiteName))
      return this.#errors.notFound();
    const created = this.#signIn.createSession(request, systemError);
    if ('status' in created) return created;
    if ('entry' in created) action.created(created.entry.session.sessionId);
    if ('result' in created) {
      return this.#agentReply({ chatLogonResult: created.result }, this.#facts(null, action));
    }
    const facts =
      'entry' in created
        ? this.#facts(created.entry, action, created.entry.session.sessionId)
        : { ...this.#facts(null, action), systemError: created.systemError };
    return this.#agentReply({ chatLogonResult: {} }, facts);
  }

  async #getMessages({ attendance, ...entry }: AgentEntry, action: Action): Promise<Reply> {
    const { request, gone } = action;
    const reply = (messages: readonly object[]): Reply =>
      this.#agentReply({ getResponseTypes: messages }, this.#facts(entry, action));
    if (action.systemError !== undefined) return reply([]);
    if (attendance.polling) action.flag('another retrieval of this session is open');
    const retrieval = await attendance.retrieve(request.pool, gone);
    switch (retrieval.kind) {
      case 'messages':
        return reply(retrieval.messages.length > 0 ? retrieval.messages : [{ ChatGetTimeout: {} }]);
      case 'refused':
        return this.#errors.conflict('Another retrieval is open.');
      case 'over':
      case 'gone':
        return this.#errors.unknownSession('agent');
    }
  }

  #setStatus({ attendance, ...entry }: AgentEntry, action: Action): Reply {
    const { activityStatus, subTypeId } = action.request;
    if (activityStatus !== 'AVAILABLE' && attendance.hasOpenChat) {
      return this.#errors.conflict('The agent status could not be changed: a chat is open.');
    }
    if (action.systemError === undefined && activityStatus !== null && subTypeId !== null) {
      attendance.setActivity(activityStatus, subTypeId);
    }
    return this.#agentReply({ chatActivityStatusChangeResult: {} }, this.#facts(entry, action));
  }

  /** The page says that force may be required, but not when: amid a chat, a console asks for it. */
  #logoff(entry: AgentEntry, action: Action): Reply {
    const refusal =
      action.request.forced === false && entry.attendance.hasOpenChat ? NEEDS_FORCE : null;
    const facts = { ...this.#facts(entry, action), systemError: action.systemError ?? refusal };
    if (facts.systemError === null) entry.end('logoff', facts.serviceFinishTime);
    return this.#agentReply({ chatLogoffResult: {} }, facts);
  }

  #conclude(action: Action): Reply {
    const { fqSiteName, sessionId, pool, violations } = action.request;
    if (fqSiteName === null || !this.#knowsSite(fqSiteName)) return this.#errors.notFound();
    if (violations.length > 0 || sessionId === null) return this.#errors.invalid(violations);
    const entry = this.#sessions.findEngagement(fqSiteName, sessionId);
    if (entry?.pool.accepts(pool, false) !== true) return this.#errors.unknownSession('engagement');
    const facts = this.#facts(entry, action);
    if (action.systemError === undefined) entry.end('concluded', facts.serviceFinishTime);
    return concludeReply(facts, this.#options.timeFormat);
  }

  /** Finds the agent session of a request, or refuses the request. */
  #withAgent(
    request: ChatRequest,
    act: (entry: AgentEntry) => Reply | Promise<Reply>,
  ): Reply | Promise<Reply> {
    const { call, fqSiteName, sessionId, accountId, pool, violations } = request;
    if (fqSiteName === null || !this.#knowsSite(fqSiteName)) return this.#errors.notFound();
    if (violations.length > 0 || sessionId === null) return this.#errors.invalid(violations);
    const entry = this.#sessions.findAgent(fqSiteName, sessionId);
    // Inferred: a pool is a part of the cluster, and another part does not know the session.
    if (entry?.pool.accepts(pool, call === 'getMessages') !== true)
      return this.#errors.unknownSession('agent');
    return entry.session.accountId === accountId ? act(entry) : this.#errors.accessDenied();
  }

  #knowsSite(fqSiteName: string): boolean {
    return this.#sessions.hasSite(fqSiteName) || this.#signIn.hasSite(fqSiteName);
  }

  #agentReply(result: Readonly<Record<string, unknown>>, facts: ReplyFacts): Reply {
    return agentReply(result, facts, this.#options.timeFormat);
  }

  #facts(
    entry: Pick<SessionEntry, 'clientId' | 'replySessionId'> | null,
    { request, receivedAt, systemError }: Action,
    sessionId: string | null = entry?.replySessionId ?? null,
  ): ReplyFacts {
    return {
      clientId: entry?.clientId ?? 0,
      sessionId,
      request,
      serviceStartTime: receivedAt,
      serviceFinishTime: this.#options.clock.now(),
      systemError: systemError ?? null,
    };
  }
}
