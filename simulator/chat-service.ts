import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatRequest } from './chat-request.ts';
import {
  concludeReply,
  errorReply,
  logoffReply,
  type ChatSystemError,
  type Reply,
  type TimeFormat,
} from './replies.ts';
import type { SessionBook, SessionEntry } from './sessions.ts';

interface ServiceOptions {
  processingMs: number;
  /** If not given, each call has the form of its sample. */
  timeFormat?: TimeFormat;
  /** Breaks off requests that are being worked on. */
  closing: AbortSignal;
}

/** What `ChatService.act` is asked to do. */
export interface Action {
  request: ChatRequest;
  /** When the request was in, epoch milliseconds. */
  receivedAt: number;
  /** Answered instead of ending the session, where it would have been ended. */
  systemError?: ChatSystemError;
}

/** The chat server as the API pages have it, without HTTP. */
export class ChatService {
  readonly #sessions: SessionBook;
  readonly #options: ServiceOptions;

  constructor(sessions: SessionBook, options: ServiceOptions) {
    this.#sessions = sessions;
    this.#options = options;
  }

  /** Spends the processing time, ends the session if all is well, and returns the answer. */
  async act({ request, receivedAt, systemError }: Action): Promise<Reply> {
    const { processingMs, timeFormat, closing } = this.#options;
    await sleep(processingMs, undefined, { signal: closing });

    const found = this.#find(request);
    if ('status' in found) return found;
    if (systemError === undefined) found.end();
    const facts = {
      entry: found,
      request,
      serviceStartTime: receivedAt,
      serviceFinishTime: Date.now(),
      systemError: systemError ?? null,
    };
    return request.call === 'logoff'
      ? logoffReply(facts, timeFormat)
      : concludeReply(facts, timeFormat);
  }

  /** The session that the request is for, or the answer that turns the request down. */
  #find(request: ChatRequest): SessionEntry | Reply {
    const { call, fqSiteName, sessionId, accountId, pool } = request;
    const known = call !== null && fqSiteName !== null && this.#sessions.hasSite(fqSiteName);
    // The pages do not say what another method is answered; they have no resource for it.
    if (!known || request.method !== 'POST') {
      return errorReply(404, 'NOT_FOUND', 'The resource was not found.');
    }
    if (request.violations.length > 0 || sessionId === null) {
      return errorReply(400, 'BAD_REQUEST', `Invalid request: ${request.violations.join('; ')}.`);
    }
    const kind = call === 'logoff' ? 'agent' : 'engagement';
    const entry = this.#sessions.findOpen(kind, fqSiteName, sessionId);
    // Inferred: a pool is a part of the cluster, and another part does not know the session.
    const elsewhere =
      pool !== null && entry?.session.pool !== undefined && entry.session.pool !== pool;
    if (entry === undefined || elsewhere) {
      // The code is invented: the pages say only that the status is 403.
      return errorReply(403, 'SESSION_NOT_FOUND', `The ${kind} session identifier is unknown.`);
    }
    if (kind === 'agent' && entry.session.accountId !== accountId) {
      return errorReply(403, 'ACCESS_DENIED', 'Authentication failed.');
    }
    return entry;
  }
}
