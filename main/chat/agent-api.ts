import { sessionId as sessionIdSchema } from '../common/fields.ts';
import { type Address, callUrl } from './address.ts';
import { type PollNews, readNews } from './agent-messages.ts';
import { type Answer, ask } from './answer.ts';
import type { CallEnd } from './call-end.ts';
import type { ApiCall } from './mark.ts';
import { parseObject, readAgentReply, type Reply } from './reply.ts';
import type { Call, Transport } from './transport.ts';

export type { PollNews };

/** The common part of the requests of an agent session. */
export interface AgentRequest {
  readonly address: Address;
  readonly accountId: string;
  readonly sessionId: string;
  /** The client's own transaction number, an int64. */
  readonly sequenceNumber: bigint;
  /** Epoch milliseconds. */
  readonly timeCreated: number;
}

export interface LogoffRequest extends AgentRequest {
  readonly forceLogoff: boolean;
}

export type ActivityStatus = 'NONE' | 'AVAILABLE' | 'UNAVAILABLE';

export interface ActivityRequest extends AgentRequest {
  readonly status: ActivityStatus;
  /** The site's number for the reason, an int32; 0 where there is none. */
  readonly subTypeId: number;
}

export interface CreateRequest extends Pick<
  AgentRequest,
  'address' | 'sequenceNumber' | 'timeCreated'
> {
  /** The JWT issued by the site. */
  readonly token: string;
  /** Whether to take over the session that the server already has for the agent. */
  readonly logonOverride: boolean;
}

/** The server holds a poll for 30 s at most. */
const POLL_WITHIN_MS = 40_000;

/** The agent API's `logoff`: ends an agent session. Never rejects; see `CallEnd` for the faults. */
export async function logoff(
  transport: Transport,
  request: LogoffRequest,
  signal: AbortSignal,
): Promise<CallEnd> {
  return transport(agentCall('logoff', request, `"forceLogoff" : ${request.forceLogoff}`), signal);
}

/**
 * The agent API's `createAutomatedAgentSession`: the answer is a new session id. After a lost answer or
 * `DEPENDENCY_APPLICATION_TIMEOUT`, there may be a session or not.
 */
export async function createAgentSession(
  transport: Transport,
  request: CreateRequest,
  signal: AbortSignal,
): Promise<Answer<string>> {
  const { address, token, logonOverride } = request;
  return ask(
    transport,
    {
      name: 'createAutomatedAgentSession',
      method: 'POST',
      url: callUrl(address, 'agent', 'createAutomatedAgentSession'),
      headers: { Authorization: `Bearer ${token}` },
      secrets: [token],
      body: bodyOf(request, `"logonOverride" : ${logonOverride}`),
      readReply: readLogonReply,
    },
    readSessionId,
    signal,
  );
}

/**
 * The agent API's `getMessages`: a long poll, answered when there is a message or after half a minute. It
 * also keeps the agent present. At most one may be open for a session.
 */
export async function getMessages(
  transport: Transport,
  request: AgentRequest,
  signal: AbortSignal,
): Promise<Answer<PollNews>> {
  const call = { ...agentCall('getMessages', request), withinMs: POLL_WITHIN_MS };
  return ask(transport, call, (json) => readNews(json, ...call.secrets), signal);
}

/** The agent API's `setActivityStatus`. `CONFLICT`: it cannot be changed now, such as while a chat is open. */
export async function setActivityStatus(
  transport: Transport,
  request: ActivityRequest,
  signal: AbortSignal,
): Promise<CallEnd> {
  const { status, subTypeId } = request;
  const fields = `"status" : "${status}", "subTypeId" : ${subTypeId}`;
  return transport(agentCall('setActivityStatus', request, fields), signal);
}

function agentCall(name: ApiCall, request: AgentRequest, ...fields: readonly string[]): Call {
  const { address, accountId, sessionId } = request;
  return {
    name,
    method: 'POST',
    url: callUrl(address, 'agent', name),
    headers: { 'X-AID': accountId, 'X-JSESSIONID': sessionId },
    secrets: [sessionId],
    body: bodyOf(request, ...fields),
    readReply: readAgentReply,
  };
}

/** Not by JSON.stringify, which cannot write an int64 exactly. Spaced as in the logoff page's sample. */
function bodyOf(
  { timeCreated, sequenceNumber }: Pick<AgentRequest, 'timeCreated' | 'sequenceNumber'>,
  ...fields: readonly string[]
): string {
  const all = [`"timeCreated" : ${timeCreated}`, `"sequenceNumber" : ${sequenceNumber}`, ...fields];
  return `{ ${all.join(', ')} }`;
}

/**
 * The reply of `createAutomatedAgentSession`. Its `chatLogonResult` is not described; in an older protocol a 200 says
 * `EXISTING_SESSION` there, and names no session.
 */
function readLogonReply(body: string, json = parseObject(body)): Reply {
  const reply = readAgentReply(body, json);
  if (json === null || reply.kind !== 'json' || reply.systemError !== null) return reply;
  const said = 'chatLogonResult' in json ? textsOf(json.chatLogonResult) : [];
  const code = said.find((text) => /EXIST|ALREADY|CONFLICT|LOGGED/i.test(text));
  if (code === undefined || readSessionId(json) !== null) return reply;
  const message = reply.message ?? 'The agent has a session already.';
  return { ...reply, systemError: { code, message } };
}

/** All texts of a field whose form is not known: itself, or those in it. */
function textsOf(value: unknown): string[] {
  const values = typeof value === 'object' && value !== null ? Object.values(value) : [value];
  return values.filter((one) => typeof one === 'string');
}

/** Null where there is none that a header can carry. */
function readSessionId(reply: object): string | null {
  return sessionIdSchema.safeParse('sessionId' in reply ? reply.sessionId : null).data ?? null;
}
