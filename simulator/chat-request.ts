import { MIMEType } from 'node:util';
import { JsonNumber, readInt64, readJson } from './json.ts';
import { findRoute, type ChatCall } from './routes.ts';

/** A whole HTTP request as it came in. */
export interface IncomingCall {
  method: string;
  target: string;
  headers: Readonly<NodeJS.Dict<string[]>>;
  /** Null when it was too long to be kept. */
  body: Buffer | null;
}

/** A request read by the rules of the API pages. What could not be read is null. */
export interface ChatRequest {
  method: string;
  call: ChatCall | null;
  fqSiteName: string | null;
  pool: string | null;
  /** `X-JSESSIONID` or `SessionId`, whichever the call has. */
  sessionId: string | null;
  /** `X-AID`; null for the consumer's call. */
  accountId: string | null;
  /** `forceLogoff`; null for the consumer's call. */
  forced: boolean | null;
  /** `sequenceNumber` or `clientTransactionId`, whichever the call has. */
  transaction: bigint | null;
  /** `timeCreated`, epoch milliseconds. */
  timeCreated: bigint | null;
  clientRequestTime: string | null;
  /** What makes the request invalid, in words: answered with 400. */
  violations: string[];
  /** What the pages do not have but does no harm, in words: answered all the same. */
  oddities: string[];
}

/** Reads a request strictly by the API pages. Never throws; what is wrong is named in the result. */
export function readChatRequest(incoming: IncomingCall): ChatRequest {
  const route = findRoute(incoming.target);
  const request: ChatRequest = {
    method: incoming.method,
    call: route?.call ?? null,
    fqSiteName: route?.fqSiteName ?? null,
    pool: null,
    sessionId: null,
    accountId: null,
    forced: null,
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
  if (incoming.method !== 'POST') {
    request.oddities.push(`the method is ${incoming.method}; the API pages have POST`);
  }

  request.pool = readPool(route.query, route.call, request);
  checkContentType(incoming.headers, request);
  if (route.call === 'logoff') {
    request.accountId = readHeader('X-AID', incoming.headers, request);
    request.sessionId = readHeader('X-JSESSIONID', incoming.headers, request);
  } else {
    request.sessionId = readHeader('SessionId', incoming.headers, request);
  }
  const fields = readBodyFields(incoming.body, request);
  if (fields === null) return request;
  if (route.call === 'logoff') readLogoffFields(fields, request);
  else readConcludeFields(fields, request);
  return request;
}

function readPool(query: URLSearchParams, call: ChatCall, request: ChatRequest): string | null {
  for (const name of new Set(query.keys())) {
    if (name !== 'pool') {
      request.oddities.push(`the API pages have no query parameter ${JSON.stringify(name)}`);
    }
  }
  const pools = query.getAll('pool');
  const pool = pools[0];
  if (pool === undefined) {
    if (call === 'concludeEngagement') {
      request.violations.push('the query parameter pool is missing');
    }
    return null;
  }
  if (pools.length > 1) {
    request.violations.push('the query parameter pool is there more than once');
  } else if (pool === '') {
    request.violations.push('the query parameter pool is empty');
  }
  return pool;
}

function readHeader(
  name: string,
  headers: IncomingCall['headers'],
  request: ChatRequest,
): string | null {
  const values = headers[name.toLowerCase()] ?? [];
  const value = values[0];
  if (value === undefined || value === '') {
    request.violations.push(`the header ${name} is ${value === '' ? 'empty' : 'missing'}`);
    return null;
  }
  if (values.length > 1) request.violations.push(`the header ${name} is there more than once`);
  return value;
}

function checkContentType(headers: IncomingCall['headers'], request: ChatRequest): void {
  const text = readHeader('Content-Type', headers, request);
  if (text === null) return;
  const type = parseMimeType(text);
  if (type?.essence !== 'application/json') {
    request.violations.push('the Content-Type is not application/json');
  } else if (type.params.get('charset')?.toLowerCase() !== 'utf-8') {
    request.violations.push('the Content-Type does not say charset=utf-8');
  }
}

function parseMimeType(text: string): MIMEType | null {
  try {
    return new MIMEType(text);
  } catch {
    return null;
  }
}

/** A Map, not the object: a field called `__proto__` or `constructor` is then a field like any other. */
function readBodyFields(body: Buffer | null, request: ChatRequest): Map<string, unknown> | null {
  if (body === null) {
    request.violations.push('the body is too long');
    return null;
  }
  const text = decodeUtf8(body);
  if (text === null) {
    request.violations.push('the body is not UTF-8');
    return null;
  }
  const json = readJson(text);
  if (json === null) {
    request.violations.push('the body is not JSON');
    return null;
  }
  const { value } = json;
  const isObject =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof JsonNumber);
  if (!isObject) {
    request.violations.push('the body is not a JSON object');
    return null;
  }
  return new Map(Object.entries(value));
}

function decodeUtf8(bytes: Buffer): string | null {
  try {
    // ignoreBOM keeps a byte order mark in the text, where JSON does not allow it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function readLogoffFields(fields: Map<string, unknown>, request: ChatRequest): void {
  flagUnknownFields(fields, ['forceLogoff', 'sequenceNumber', 'timeCreated'], request);
  const forced = fields.get('forceLogoff');
  if (typeof forced === 'boolean') request.forced = forced;
  else if (forced === undefined) request.violations.push('forceLogoff is missing');
  else request.violations.push('forceLogoff is not a boolean');
  request.transaction = readInt64Field('sequenceNumber', fields, request);
  request.timeCreated = readInt64Field('timeCreated', fields, request);
}

function readConcludeFields(fields: Map<string, unknown>, request: ChatRequest): void {
  flagUnknownFields(fields, ['clientRequestTime', 'clientTransactionId'], request);
  const time = fields.get('clientRequestTime');
  if (typeof time === 'string') request.clientRequestTime = time;
  else if (time !== undefined) request.violations.push('clientRequestTime is not a string');
  request.transaction = readInt64Field('clientTransactionId', fields, request);
}

function flagUnknownFields(
  fields: Map<string, unknown>,
  known: readonly string[],
  request: ChatRequest,
): void {
  for (const name of fields.keys()) {
    if (!known.includes(name)) {
      request.oddities.push(`the API pages have no field ${JSON.stringify(name)}`);
    }
  }
}

function readInt64Field(
  name: string,
  fields: Map<string, unknown>,
  request: ChatRequest,
): bigint | null {
  const value = fields.get(name);
  if (value === undefined) return null;
  const exact = readInt64(value);
  if (exact === null) request.violations.push(`${name} is not an int64 integer`);
  return exact;
}
