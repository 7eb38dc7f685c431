import { isActivityStatus, type ActivityStatus } from './attendance.ts';
import { readCredentials, type Credentials } from './credentials.ts';
import { readInt64 } from './json.ts';
import {
  checkContentType,
  flagQuery,
  flagUnknownFields,
  isJsonObject,
  readBodyFields,
  readHeader,
  readInt64Field,
  readPool,
  type Headers,
} from './request-parts.ts';
import { findRoute, methodOf, type ChatCall, type Route } from './routes.ts';

/** A whole HTTP request as it came in. */
export interface IncomingCall {
  method: string;
  target: string;
  headers: Headers;
  /** Null if it was too long. */
  body: Buffer | null;
}

/** A request read by the rules of the API pages. What is missing, or could not be read, is null. */
export interface ChatRequest {
  method: string;
  call: ChatCall | null;
  fqSiteName: string | null;
  pool: string | null;
  /** `X-JSESSIONID` or `SessionId`, whichever the call has. */
  sessionId: string | null;
  /** `X-AID`. */
  accountId: string | null;
  credentials: Credentials | null;
  /** `forceLogoff`. */
  forced: boolean | null;
  logonOverride: boolean;
  activityStatus: ActivityStatus | null;
  subTypeId: number | null;
  /** `sequenceNumber` or `clientTransactionId`, whichever the call has. */
  transaction: bigint | null;
  /** `timeCreated`, epoch milliseconds. */
  timeCreated: bigint | null;
  clientRequestTime: string | null;
  /** Problems that make the request invalid, which is answered with 400. */
  violations: string[];
  /** Harmless deviations from the pages. */
  oddities: string[];
}

const APPLICATION_CONTEXT = 'OSvC-CREST-Application-Context';
const MAX_APPLICATION_CONTEXT = 40;
const TRANSACTION_FIELDS = ['sequenceNumber', 'timeCreated'];

/** Reads a request strictly by the API pages. Never throws; problems are part of the result. */
export function readChatRequest(incoming: IncomingCall): ChatRequest {
  const route = findRoute(incoming.target);
  const request: ChatRequest = {
    method: incoming.method,
    call: route?.call ?? null,
    fqSiteName: route?.fqSiteName ?? null,
    pool: null,
    sessionId: null,
    accountId: null,
    credentials: null,
    forced: null,
    logonOverride: false,
    activityStatus: null,
    subTypeId: null,
    transaction: null,
    timeCreated: null,
    clientRequestTime: null,
    violations: [],
    oddities: [],
  };
  if (route === null) {
    request.oddities.push('the path is not one of the API pages');
    return request;
  }
  const method = methodOf(route.call);
  if (incoming.method !== method) {
    request.oddities.push(`the method is ${incoming.method}; the API pages have ${method}`);
  }
  readCall(route, incoming, request);
  return request;
}

function readCall(route: Route, { headers, body }: IncomingCall, request: ChatRequest): void {
  switch (route.call) {
    case 'serviceSettings':
      readSiteCall(route, headers, request);
      return;
    case 'agentTokens':
      readSiteCall(route, headers, request);
      checkNoBody(body, request);
      return;
    case 'createAutomatedAgentSession':
      request.pool = readPool(route.query, false, request);
      checkContentType(headers, request);
      request.credentials = readCredentials('bearer', headers, request);
      readFields(body, request, readLogonFields);
      return;
    case 'getMessages':
      readAgentCall(route, headers, request);
      // Its body is not published: none, or any object, is accepted.
      if (body?.length === 0) return;
      checkContentType(headers, request);
      readFields(body, request, () => undefined);
      return;
    case 'setActivityStatus':
      readAgentCall(route, headers, request);
      checkContentType(headers, request);
      readFields(body, request, readStatusFields);
      return;
    case 'logoff':
      readAgentCall(route, headers, request);
      checkContentType(headers, request);
      readFields(body, request, readLogoffFields);
      return;
    case 'concludeEngagement': {
      request.pool = readPool(route.query, true, request);
      checkContentType(headers, request);
      request.sessionId = readHeader('SessionId', headers, request);
      const fields = readBodyFields(body, request);
      if (fields !== null) readConcludeFields(fields, request);
      return;
    }
  }
}

/** The query and headers of the calls to the site. */
function readSiteCall({ query }: Route, headers: Headers, request: ChatRequest): void {
  flagQuery(query, [], request);
  request.credentials = readCredentials('basic', headers, request);
  const context = readHeader(APPLICATION_CONTEXT, headers, request);
  if (context !== null && context.length > MAX_APPLICATION_CONTEXT) {
    request.violations.push(
      `the header ${APPLICATION_CONTEXT} has more than ${MAX_APPLICATION_CONTEXT} characters`,
    );
  }
}

/** The query and headers of the calls of an agent session. */
function readAgentCall({ query }: Route, headers: Headers, request: ChatRequest): void {
  request.pool = readPool(query, false, request);
  request.accountId = readHeader('X-AID', headers, request);
  request.sessionId = readHeader('X-JSESSIONID', headers, request);
}

/** "Only an empty body is permitted", says the page of agentTokens; a public client sends `{}`. */
function checkNoBody(body: Buffer | null, request: ChatRequest): void {
  if (body?.length === 0) return;
  const isEmptyObject = body?.toString('latin1').trim() === '{}';
  (isEmptyObject ? request.oddities : request.violations).push('the body is not empty');
}

/** Reads the call's fields, and those that all agent calls share. */
function readFields(
  body: Buffer | null,
  request: ChatRequest,
  read: (fields: Map<string, unknown>, request: ChatRequest) => void,
): void {
  const fields = readBodyFields(body, request);
  if (fields === null) return;
  read(fields, request);
  request.transaction = readInt64Field('sequenceNumber', fields, request);
  request.timeCreated = readInt64Field('timeCreated', fields, request);
}

function readLogonFields(fields: Map<string, unknown>, request: ChatRequest): void {
  flagUnknownFields(fields, ['logonOverride', 'messageDataMap', ...TRANSACTION_FIELDS], request);
  const override = fields.get('logonOverride');
  if (typeof override === 'boolean') request.logonOverride = override;
  else if (override !== undefined) request.violations.push('logonOverride is not a boolean');
  const map = fields.get('messageDataMap');
  const isMapOfText =
    isJsonObject(map) && Object.values(map).every((value) => typeof value === 'string');
  if (map !== undefined && !isMapOfText) {
    request.violations.push('messageDataMap is not an object of strings');
  }
}

function readStatusFields(fields: Map<string, unknown>, request: ChatRequest): void {
  flagUnknownFields(fields, ['status', 'subTypeId', ...TRANSACTION_FIELDS], request);
  const status = fields.get('status');
  if (isActivityStatus(status)) request.activityStatus = status;
  else if (status === undefined) request.violations.push('status is missing');
  else request.violations.push('status is not one of NONE, AVAILABLE, UNAVAILABLE');
  const subTypeId = fields.get('subTypeId');
  const exact = readInt64(subTypeId);
  if (exact !== null && BigInt.asIntN(32, exact) === exact) request.subTypeId = Number(exact);
  else if (subTypeId === undefined) request.violations.push('subTypeId is missing');
  else request.violations.push('subTypeId is not an int32 integer');
}

function readLogoffFields(fields: Map<string, unknown>, request: ChatRequest): void {
  flagUnknownFields(fields, ['forceLogoff', ...TRANSACTION_FIELDS], request);
  const forced = fields.get('forceLogoff');
  if (typeof forced === 'boolean') request.forced = forced;
  else if (forced === undefined) request.violations.push('forceLogoff is missing');
  else request.violations.push('forceLogoff is not a boolean');
}

function readConcludeFields(fields: Map<string, unknown>, request: ChatRequest): void {
  flagUnknownFields(fields, ['clientRequestTime', 'clientTransactionId'], request);
  const time = fields.get('clientRequestTime');
  if (typeof time === 'string') request.clientRequestTime = time;
  else if (time !== undefined) request.violations.push('clientRequestTime is not a string');
  request.transaction = readInt64Field('clientTransactionId', fields, request);
}
