import { AccountStore } from './accounts.ts';
import {
  AGENT_LIFE_DEFAULTS,
  type AgentLife,
  type AgentLifeOptions,
  createAgentLife,
} from './agent-life.ts';
import { type IncomingCall, readChatRequest } from './chat-request.ts';
import type { RoutedChat } from './chat-router.ts';
import { ChatService } from './chat-service.ts';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import { control, isControlTarget } from './control.ts';
import { redactHeaders } from './credentials.ts';
import { createErrorReplies, type ErrorBody } from './error-replies.ts';
import { type FaultRule, FaultRules } from './faults.ts';
import { play } from './play.ts';
import { describeRequest, type ReceivedRequest } from './received-request.ts';
import type { Reply, TimeFormat } from './replies.ts';
import { SequenceNumbers } from './sequence-numbers.ts';
import { SessionStore, type PracticeAgent, type PracticeSession } from './sessions.ts';
import { SignIn } from './sign-in.ts';
import { Waiters } from './waiters.ts';

/** Defaults of the agents' options: `AGENT_LIFE_DEFAULTS`. */
export interface PracticeOptions extends Partial<AgentLifeOptions> {
  /** Milliseconds between routed practice chats; none by default. */
  routeChatEveryMs?: number;
  /** By default each API has the format of its sample. */
  timeFormat?: TimeFormat;
  /** The bodies of error replies, which are invented; by default the site and the chat server have their own. */
  errorBody?: ErrorBody;
  /** Processing time of each request in milliseconds; 5 by default. */
  processingMs?: number;
  /** Offers the control API under `/practice/`. */
  control?: boolean;
  /** Called with each request when it is finished. */
  onSettled?: (request: ReceivedRequest) => void;
}

/** What is known of a practice server and can be done with it, whatever network it is on. */
export interface Practice extends AgentLife {
  /** Throws if an open session has this id. */
  addAgent(s: { fqSiteName: string; accountId: string; sessionId: string; pool?: string }): void;
  /** Throws if an open session has this id. */
  addEngagement(s: { fqSiteName: string; sessionId: string; pool: string }): void;
  /** Resolves with the first matching agent session. All waits reject after `timeoutMs` (default 30 000). */
  waitForAgent(
    match: (agent: PracticeAgent) => boolean,
    timeoutMs?: number,
  ): Promise<PracticeAgent>;
  /** Resolves with the first matching routed chat. */
  waitForChat(match: (chat: RoutedChat) => boolean, timeoutMs?: number): Promise<RoutedChat>;
  /** Adds a fault rule; returns a function that removes it. The first matching rule is played. */
  fault(rule: FaultRule): () => void;
  clearFaults(): void;
  readonly sessions: readonly PracticeSession[];
  /** In order of arrival. The control API's requests are not among them. */
  readonly received: readonly ReceivedRequest[];
  /**
   * Resolves with the first matching request from index `after` of `received` on (0 by default). Requests
   * are checked when they arrive and when they are answered.
   */
  waitForRequest(
    match?: (request: ReceivedRequest) => boolean,
    options?: { after?: number; timeoutMs?: number },
  ): Promise<ReceivedRequest>;
  /** Resolves when that session is over. */
  waitUntilOver(sessionId: string, timeoutMs?: number): Promise<void>;
}

/** A whole HTTP request, as the network hands it over. */
export interface IncomingRequest extends IncomingCall {
  readonly httpVersion: string;
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
}

/** The practice server without a network. */
export interface PracticeCore {
  readonly practice: Practice;
  /** What is answered where the practice server itself failed. */
  failure(error: unknown): Reply;
  /** Answers a request, or plays a fault. Rejects once `close` has been called. */
  handle(request: IncomingRequest, connection: Connection): Promise<void>;
  /** Ends whatever is pending. */
  close(): void;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_PROCESSING_MS = 5;

/** `url` is where clients find it, without a slash at the end. */
export function createPracticeCore(
  options: PracticeOptions,
  { clock, url }: { clock: Clock; url: () => string },
): PracticeCore {
  const closing = new AbortController();
  const waiters = new Waiters(clock);
  const lifeOptions = { ...AGENT_LIFE_DEFAULTS, ...options };
  const onChange = (): void => waiters.checkAll();
  const sessions = new SessionStore({ ...lifeOptions, clock, onChange });
  const accounts = new AccountStore(lifeOptions.tokenLifeMs, clock);
  const life = createAgentLife(accounts, sessions, clock, onChange);
  const faults = new FaultRules();
  const received: ReceivedRequest[] = [];
  const errors = createErrorReplies(options.errorBody);
  const sequenceNumbers = new SequenceNumbers();
  const signIn = new SignIn(accounts, sessions, errors, { ...lifeOptions, url });
  const service = new ChatService(sessions, signIn, errors, {
    clock,
    processingMs: options.processingMs ?? DEFAULT_PROCESSING_MS,
    closing: closing.signal,
    ...(options.timeFormat === undefined ? {} : { timeFormat: options.timeFormat }),
  });

  const handle = async (incoming: IncomingRequest, connection: Connection): Promise<void> => {
    const at = clock.now();
    const monotonicMs = clock.monotonic();
    const { method, target, body } = incoming;
    if (options.control === true && isControlTarget(target)) {
      const controlled = { sessions, faults, received, accounts, life };
      connection.answer(control(method, target, body, controlled));
      return;
    }

    const request = readChatRequest(incoming);
    const { call, fqSiteName, sessionId } = request;
    const { gone } = connection;
    if (call !== null && fqSiteName !== null && sessionId !== null) {
      const callEnded = sessions.findAgent(fqSiteName, sessionId)?.attendance.callStarted(call);
      if (callEnded !== undefined && gone.aborted) callEnded();
      else if (callEnded !== undefined) gone.addEventListener('abort', callEnded);
    }
    const fault = faults.next(request);
    const fallen = sequenceNumbers.note(request);
    const problems = [
      ...request.violations,
      ...request.oddities,
      ...(fallen === null ? [] : [fallen]),
    ];
    let status: number | null = null;
    let answeredAt: number | null = null;
    let createdSessionId: string | null = null;
    const entry: ReceivedRequest = {
      at,
      monotonicMs,
      call,
      method,
      target,
      httpVersion: incoming.httpVersion,
      rawHeaders: redactHeaders(incoming.rawHeaders),
      body: body?.toString('utf8') ?? '',
      sessionId,
      pool: request.pool,
      get createdSessionId() {
        return createdSessionId;
      },
      forced: request.forced,
      problems,
      get status() {
        return status;
      },
      get answeredAt() {
        return answeredAt;
      },
      fault: fault?.kind ?? null,
    };
    received.push(entry);
    onChange();
    connection.onAnswered(() => {
      answeredAt = clock.now();
    });
    await play(fault, {
      connection,
      clock,
      act: (systemError) =>
        service.act({
          request,
          receivedAt: at,
          gone,
          created(id) {
            createdSessionId = id;
          },
          flag: (problem) => problems.push(problem),
          ...(systemError === undefined ? {} : { systemError }),
        }),
      answering: (answered) => {
        status = answered;
        onChange();
      },
      errors,
      request,
      closing: closing.signal,
    });
    options.onSettled?.(entry);
  };

  let cancelRouting: () => void = () => undefined;
  const routeEvery = (ms: number): void => {
    cancelRouting = clock.after(ms, () => {
      routeEvery(ms);
      life.routeChat();
    });
  };
  if (options.routeChatEveryMs !== undefined) routeEvery(options.routeChatEveryMs);

  const practice: Practice = {
    ...life,
    addAgent: (agent) => void sessions.add({ ...agent, kind: 'agent' }),
    addEngagement: (engagement) => void sessions.add({ ...engagement, kind: 'engagement' }),
    waitForAgent: (match, timeoutMs = DEFAULT_TIMEOUT_MS) =>
      waiters.wait(
        () => sessions.agents.find(match),
        timeoutMs,
        () => `no agent session matched within ${timeoutMs} ms`,
      ),
    waitForChat: (match, timeoutMs = DEFAULT_TIMEOUT_MS) =>
      waiters.wait(
        () => life.chats.find(match),
        timeoutMs,
        () => `no routed chat matched within ${timeoutMs} ms; ${life.chats.length} were routed`,
      ),
    fault: (rule) => faults.add(rule),
    clearFaults: () => faults.clear(),
    sessions: sessions.sessions,
    received,
    waitForRequest: (match = () => true, { after = 0, timeoutMs = DEFAULT_TIMEOUT_MS } = {}) =>
      waiters.wait(
        () => received.slice(after).find(match),
        timeoutMs,
        () => requestTimeout(received.slice(after), after, timeoutMs),
      ),
    waitUntilOver: async (sessionId, timeoutMs = DEFAULT_TIMEOUT_MS) => {
      if (sessions.latest(sessionId) === undefined) {
        throw new Error(`there is no session ${sessionId} on the practice server`);
      }
      await waiters.wait(
        () => (sessions.latest(sessionId)?.over === true ? true : undefined),
        timeoutMs,
        () => `session ${sessionId} was not over within ${timeoutMs} ms`,
      );
    },
  };
  return {
    practice,
    failure: (error) => errors.error(500, 'INTERNAL_SERVER_ERROR', String(error)),
    handle,
    close() {
      closing.abort();
      cancelRouting();
      waiters.failAll('the practice server was closed');
    },
  };
}

function requestTimeout(
  seen: readonly ReceivedRequest[],
  after: number,
  timeoutMs: number,
): string {
  const since = after === 0 ? '' : ` from index ${after} on`;
  const lines = seen.slice(-5).map((request) => `\n  ${describeRequest(request)}`);
  const count = seen.length === 0 ? 'none came' : `${seen.length} came, the last of them:`;
  return `no request matched within ${timeoutMs} ms; ${count}${since}${lines.join('')}`;
}
