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

/** Invented: how an unforced logoff is refused is not published. */
export const NEEDS_FORCE: ChatSystemError = {
  errorCondition: 'FORCE_LOGOFF_REQUIRED',
  text: 'The agent has open engagements. Force the log off to end the session all the same.',
  type: 'ERROR',
};

/**
 * The forms of the times in 200 replies: epoch milliseconds, or ISO 8601 in UTC or with an offset. The agent
 * page types its times int64, describes them as `yyyy-MM-dd'T'HH:mm:ssXXX`, and shows epoch milliseconds.
 */
export const TIME_FORMATS = ['epoch', 'iso', 'offset'] as const;

export type TimeFormat = (typeof TIME_FORMATS)[number];

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
  const time = (ms: number): unknown => writeTime(ms, format, 'seconds');
  return jsonReply(200, {
    ...result,
    chatSystemError: facts.systemError,
    clientSendTime: clientSendTime(facts, format),
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
  const time = (ms: number): unknown => writeTime(ms, format, 'milliseconds');
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

export function jsonReply(status: number, fields: Readonly<Record<string, unknown>>): Reply {
  return { status, headers: { 'Content-Type': JSON_TYPE }, body: writeJson(fields) };
}

/**
 * The page's description says when the request was received; its sample has a time near the one that the
 * client said, in whole seconds. So it is the client's where it said one.
 */
function clientSendTime(
  { request: { timeCreated }, serviceStartTime }: ReplyFacts,
  format: TimeFormat,
): unknown {
  const ms = timeCreated ?? BigInt(serviceStartTime);
  const wholeSecond = ms - (ms % 1000n);
  return format === 'epoch' ? wholeSecond : writeTime(Number(wholeSecond), format, 'seconds');
}

function clientRequestTime(sent: string | null, format: TimeFormat): unknown {
  if (sent === null || format === 'iso') return sent;
  const ms = Date.parse(sent);
  return Number.isNaN(ms) ? null : writeTime(ms, format, 'milliseconds');
}

/** Half an hour too, so that nobody who reads it gets by with whole ones. */
const OFFSET = { text: '+05:30', ms: 5.5 * 3_600_000 };
const UTC = { text: 'Z', ms: 0 };

/** `XXX` of the page's pattern is `Z` for UTC; null if the time is out of range. */
function writeTime(
  ms: number,
  format: TimeFormat,
  precision: 'seconds' | 'milliseconds',
): number | string | null {
  if (format === 'epoch') return ms;
  const offset = format === 'iso' ? UTC : OFFSET;
  const local = new Date(ms + offset.ms);
  if (Number.isNaN(local.getTime())) return null;
  const ending = precision === 'seconds' ? /\.\d{3}Z$/ : /Z$/;
  return local.toISOString().replace(ending, offset.text);
}
