import type { ChatRequest } from './chat-request.ts';
import { writeJson } from './json.ts';

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

/** Times in 200 replies: epoch milliseconds, or ISO 8601 as on the call's page. */
export type TimeFormat = 'epoch' | 'iso';

/** The content of a 200 reply. Times are epoch milliseconds. */
export interface ReplyFacts {
  clientId: number;
  /** Null if there is no session. The consumer's reply has no such field. */
  sessionId: string | null;
  request: ChatRequest;
  serviceStartTime: number;
  serviceFinishTime: number;
  systemError: ChatSystemError | null;
}

/** Spaced as in the API pages' samples. */
const JSON_TYPE = 'application/json;charset=utf-8';

/** The 200 reply of an agent call: the call's own field in `result`, and those of `logoff`'s sample. */
export function agentReply(
  result: Readonly<Record<string, unknown>>,
  facts: ReplyFacts,
  format: TimeFormat = 'epoch',
): Reply {
  const { request } = facts;
  const time = (ms: number): unknown => (format === 'epoch' ? ms : isoSeconds(ms));
  return jsonReply(200, {
    ...result,
    chatSystemError: facts.systemError,
    clientSendTime: clientSendTime(request.timeCreated, format),
    serviceStartTime: time(facts.serviceStartTime),
    serviceFinishTime: time(facts.serviceFinishTime),
    sessionId: facts.sessionId,
    clientId: facts.clientId,
    clientIdString: String(facts.clientId),
    // Not published for a request without one; 0 is the consumer sample's answer.
    sequenceNumber: request.transaction ?? 0n,
    sequenceNumberString: String(request.transaction ?? 0n),
  });
}

/** The 200 reply of `concludeEngagement`, with all fields of the API page's sample. */
export function concludeReply(facts: ReplyFacts, format: TimeFormat = 'iso'): Reply {
  const { clientId, request } = facts;
  const time = (ms: number): unknown => (format === 'epoch' ? ms : new Date(ms).toISOString());
  return jsonReply(200, {
    clientRequestTime: clientRequestTime(request.clientRequestTime, format),
    serviceStartTime: time(facts.serviceStartTime),
    serviceFinishTime: time(facts.serviceFinishTime),
    clientId,
    clientIdString: String(clientId),
    clientTransactionId: request.transaction ?? 0n,
    clientTransactionIdString: String(request.transaction ?? 0n),
    // The consumer's page has no such field: it is here only for a fault.
    ...(facts.systemError === null ? {} : { chatSystemError: facts.systemError }),
  });
}

/** An error reply. Its fields are not published; a public client reads these. */
export function errorReply(status: number, exceptionCode: string, message: string): Reply {
  return jsonReply(status, { exceptionCode, message });
}

/** The site's error reply, as its other REST APIs have it. It is not published for these calls. */
export function siteErrorReply(status: number, title: string, detail: string): Reply {
  const reply = jsonReply(status, { title, status: String(status), detail });
  return status === 401
    ? { ...reply, headers: { ...reply.headers, 'WWW-Authenticate': 'Basic realm="practice"' } }
    : reply;
}

export function jsonReply(status: number, fields: Readonly<Record<string, unknown>>): Reply {
  return { status, headers: { 'Content-Type': JSON_TYPE }, body: writeJson(fields) };
}

/** In the page's sample this is the client's time, in whole seconds. */
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

/** `yyyy-MM-dd'T'HH:mm:ssXXX` in UTC; null if it is out of range. */
function isoSeconds(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
