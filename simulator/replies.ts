import type { ChatRequest } from './chat-request.ts';
import { writeJson } from './json.ts';
import type { SessionEntry } from './sessions.ts';

/** An HTTP answer, ready to be sent. */
export interface Reply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** The `chatSystemError` of a 200 reply. */
export interface ChatSystemError {
  errorCondition: string;
  text: string;
  type: string;
}

/** How times are written in 200 replies: epoch milliseconds, or ISO 8601 as the call's page describes it. */
export type TimeFormat = 'epoch' | 'iso';

/** What a 200 reply is made of. Times in epoch milliseconds. */
export interface ReplyFacts {
  entry: SessionEntry;
  request: ChatRequest;
  serviceStartTime: number;
  serviceFinishTime: number;
  systemError: ChatSystemError | null;
}

/** Spaced as in the API pages' samples. */
const JSON_TYPE = 'application/json;charset=utf-8';

/** The 200 reply of `logoff`, with all fields of the API page's sample. */
export function logoffReply(facts: ReplyFacts, format: TimeFormat = 'epoch'): Reply {
  const { entry, request } = facts;
  const time = (ms: number): unknown => (format === 'epoch' ? ms : isoSeconds(ms));
  return jsonReply(200, {
    chatLogoffResult: {},
    chatSystemError: facts.systemError,
    clientSendTime: clientSendTime(request.timeCreated, format),
    serviceStartTime: time(facts.serviceStartTime),
    serviceFinishTime: time(facts.serviceFinishTime),
    sessionId: entry.replySessionId,
    clientId: entry.clientId,
    clientIdString: String(entry.clientId),
    // What is answered to a request without one is not published; 0 is the consumer sample's answer.
    sequenceNumber: request.transaction ?? 0n,
    sequenceNumberString: String(request.transaction ?? 0n),
  });
}

/** The 200 reply of `concludeEngagement`, with all fields of the API page's sample. */
export function concludeReply(facts: ReplyFacts, format: TimeFormat = 'iso'): Reply {
  const { entry, request } = facts;
  const time = (ms: number): unknown => (format === 'epoch' ? ms : new Date(ms).toISOString());
  return jsonReply(200, {
    clientRequestTime: clientRequestTime(request.clientRequestTime, format),
    serviceStartTime: time(facts.serviceStartTime),
    serviceFinishTime: time(facts.serviceFinishTime),
    clientId: entry.clientId,
    clientIdString: String(entry.clientId),
    clientTransactionId: request.transaction ?? 0n,
    clientTransactionIdString: String(request.transaction ?? 0n),
    // The consumer's page has no such field: it is here only when a fault asks for it.
    ...(facts.systemError === null ? {} : { chatSystemError: facts.systemError }),
  });
}

/** An error reply. Its fields are not published; `exceptionCode` and `message` are what a public client looks for. */
export function errorReply(status: number, exceptionCode: string, message: string): Reply {
  return jsonReply(status, { exceptionCode, message });
}

export function jsonReply(status: number, fields: Readonly<Record<string, unknown>>): Reply {
  return { status, headers: { 'Content-Type': JSON_TYPE }, body: writeJson(fields) };
}

/** In the page's sample this is a whole second, far from the server's own times: the client's time, not the server's. */
function clientSendTime(timeCreated: bigint | null, format: TimeFormat): unknown {
  if (timeCreated === null) return null;
  const wholeSecond = timeCreated - (timeCreated % 1000n);
  return format === 'epoch' ? wholeSecond : isoSeconds(Number(wholeSecond));
}

function clientRequestTime(sent: string | null, format: TimeFormat): unknown {
  if (sent === null || format === 'iso') return sent;
  const ms = Date.parse(sent);
  return Number.isNaN(ms) ? null : ms;
}

/** `yyyy-MM-dd'T'HH:mm:ssXXX` in UTC; null for a time that no date can hold. */
function isoSeconds(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
