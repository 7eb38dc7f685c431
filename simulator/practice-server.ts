import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { isIPv6 } from 'node:net';
import { AccountStore } from './accounts.ts';
import {
  AGENT_LIFE_DEFAULTS,
  type AgentLife,
  type AgentLifeOptions,
  createAgentLife,
} from './agent-life.ts';
import { readChatRequest } from './chat-request.ts';
import type { RoutedChat } from './chat-router.ts';
import { ChatService } from './chat-service.ts';
import { control, isControlTarget } from './control.ts';
import { redactHeaders } from './credentials.ts';
import { createErrorReplies, type ErrorBody } from './error-replies.ts';
import { type FaultRule, FaultRules } from './faults.ts';
import { hasClientGone, readBody, sendReply } from './http-exchange.ts';
import { play } from './play.ts';
import { describeRequest, type ReceivedRequest } from './received-request.ts';
import type { TimeFormat } from './replies.ts';
import { SequenceNumbers } from './sequence-numbers.ts';
import { SessionStore, type PracticeAgent, type PracticeSession } from './sessions.ts';
import { SignIn } from './sign-in.ts';
import { Sockets } from './sockets.ts';
import { Waiters } from './waiters.ts';

export type { PracticeSession, ReceivedRequest };

/** Defaults of the agents' options: `AGENT_LIFE_DEFAULTS`. */
export interface PracticeServerOptions extends Partial<AgentLifeOptions> {
  /** Milliseconds between routed practice chats; none by default. */
  routeChatEveryMs?: number;
  /** 0, the default, is any free port. */
  port?: number;
  /** The address to listen on; 127.0.0.1 by default. */
  host?: string;
  /** PEM texts; https if given, otherwise http. */
  tls?: { key: string; cert: string };
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

/** A chat server that behaves as the API pages say, or as a fault rule says. */
export interface PracticeServer extends AgentLife {
  /** Without a slash at the end. */
  readonly url: string;
  /** Throws if an open session has this id. */
  addAgent(s: { fqSiteName: string; accountId: string; sessionId: string; pool?: string }): void;
  /** Throws if an open session has this id. */
  addEngagement(s: { fqSiteName: string; sessionId: string; pool: string }): void;
  /** Resolves with the first matching agent session. All waits reject after `timeoutMs` (default 10 000). */
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
  /** Stops listening and destroys the open connections. */
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_PROCESSING_MS = 5;

/** Starts a practice server. Rejects if it cannot listen; the error has Node's `code`, such as `EADDRINUSE`. */
export async function startPracticeServer(
  options: PracticeServerOptions = {},
): Promise<PracticeServer> {
  const host = options.host ?? '127.0.0.1';
  const server: Server =
    options.tls === undefined ? createHttpServer() : createHttpsServer(options.tls);
  const sockets = new Sockets(server);
  const closing = new AbortController();
  const waiters = new Waiters();
  const lifeOptions = { ...AGENT_LIFE_DEFAULTS, ...options };
  const onChange = (): void => waiters.checkAll();
  const sessions = new SessionStore({ ...lifeOptions, onChange });
  const accounts = new AccountStore(lifeOptions.tokenLifeMs);
  const life = createAgentLife(accounts, sessions, onChange);
  const faults = new FaultRules();
  const received: ReceivedRequest[] = [];
  const url = (): string => urlOf(server, options.tls === undefined ? 'http' : 'https', host);
  const errors = createErrorReplies(options.errorBody);
  const sequenceNumbers = new SequenceNumbers();
  const signIn = new SignIn(accounts, sessions, errors, { ...lifeOptions, url });
  const service = new ChatService(sessions, signIn, errors, {
    processingMs: options.processingMs ?? DEFAULT_PROCESSING_MS,
    closing: closing.signal,
    ...(options.timeFormat === undefined ? {} : { timeFormat: options.timeFormat }),
  });

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const read = await readBody(incoming);
    if (read === null) return;
    const at = Date.now();
    const monotonicMs = performance.timeOrigin + performance.now();
    const { method = '', url: target = '' } = incoming;
    if (options.control === true && isControlTarget(target)) {
      sendReply(
        response,
        control(method, target, read.body, { sessions, faults, received, accounts, life }),
      );
      return;
    }

    const headers = incoming.headersDistinct;
    const request = readChatRequest({ method, target, headers, body: read.body });
    const { call, fqSiteName, sessionId } = request;
    const gone = new AbortController();
    if (call !== null && fqSiteName !== null && sessionId !== null) {
      const callEnded = sessions.findAgent(fqSiteName, sessionId)?.attendance.callStarted(call);
      if (callEnded !== undefined) gone.signal.addEventListener('abort', callEnded);
    }
    if (hasClientGone(response)) gone.abort();
    else response.once('close', () => gone.abort());
    const fault = faults.next(request);
    const fallen = sequenceNumbers.note(request);
    const problems = [
      ...request.violations,
      ...request.oddities,
      ...(fallen === null ? [] : [fallen]),
    ];
    let status: number | null = null;
    let createdSessionId: string | null = null;
    const entry: ReceivedRequest = {
      at,
      monotonicMs,
      call,
      method,
      target,
      httpVersion: incoming.httpVersion,
      rawHeaders: redactHeaders(incoming.rawHeaders),
      body: read.body?.toString('utf8') ?? '',
      sessionId,
      get createdSessionId() {
        return createdSessionId;
      },
      forced: request.forced,
      problems,
      get status() {
        return status;
      },
      fault: fault?.kind ?? null,
    };
    received.push(entry);
    onChange();
    await play(fault, {
      response,
      act: (systemError) =>
        service.act({
          request,
          receivedAt: at,
          gone: gone.signal,
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
      reset: () => sockets.reset(incoming.socket),
      closing: closing.signal,
    });
    options.onSettled?.(entry);
  };

  server.on('request', (incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      // Closing aborts whatever is pending.
      if (closing.signal.aborted) return;
      console.error('The practice server itself failed:', error);
      if (hasClientGone(response)) return;
      if (response.headersSent) response.destroy();
      else sendReply(response, errors.error(500, 'INTERNAL_SERVER_ERROR', String(error)));
    });
  });

  server.listen(options.port ?? 0, host);
  await once(server, 'listening');
  const routing =
    options.routeChatEveryMs === undefined
      ? undefined
      : setInterval(() => life.routeChat(), options.routeChatEveryMs).unref();

  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    closing.abort();
    clearInterval(routing);
    waiters.failAll('the practice server was closed');
    const done = once(server, 'close');
    server.close();
    sockets.destroyAll();
    await done;
  };

  return {
    ...life,
    url: url(),
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
    close: () => (closed ??= close()),
  };
}

function urlOf(server: Server, scheme: string, host: string): string {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the practice server has no TCP port');
  }
  return `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${address.port}`;
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
