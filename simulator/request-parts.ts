import { MIMEType } from 'node:util';
import { JsonNumber, readInt64, readJson } from './json.ts';

/** What reading a request has found wrong with it. */
export interface RequestProblems {
  /** What makes the request invalid, in words: answered with 400. */
  readonly violations: string[];
  /** What the pages do not have but does no harm, in words: answered all the same. */
  readonly oddities: string[];
}

/** Header values by lower-case name, each as often as it came. */
export type Headers = Readonly<NodeJS.Dict<string[]>>;

/** Reads a header that must be there once and not be empty; what is wrong is a violation. */
export function readHeader(name: string, headers: Headers, found: RequestProblems): string | null {
  const values = headers[name.toLowerCase()] ?? [];
  const value = values[0];
  if (value === undefined || value === '') {
    found.violations.push(`the header ${name} is ${value === '' ? 'empty' : 'missing'}`);
    return null;
  }
  if (values.length > 1) found.violations.push(`the header ${name} is there more than once`);
  return value;
}

export function checkContentType(headers: Headers, found: RequestProblems): void {
  const text = readHeader('Content-Type', headers, found);
  if (text === null) return;
  const type = parseMimeType(text);
  if (type?.essence !== 'application/json') {
    found.violations.push('the Content-Type is not application/json');
  } else if (type.params.get('charset')?.toLowerCase() !== 'utf-8') {
    found.violations.push('the Content-Type does not say charset=utf-8');
  }
}

/** Reads the query parameter `pool`; any other one is an oddity. */
export function readPool(
  query: URLSearchParams,
  required: boolean,
  found: RequestProblems,
): string | null {
  flagQuery(query, ['pool'], found);
  const pools = query.getAll('pool');
  const pool = pools[0];
  if (pool === undefined) {
    if (required) found.violations.push('the query parameter pool is missing');
    return null;
  }
  if (pools.length > 1) found.violations.push('the query parameter pool is there more than once');
  else if (pool === '') found.violations.push('the query parameter pool is empty');
  return pool;
}

export function flagQuery(
  query: URLSearchParams,
  known: readonly string[],
  found: RequestProblems,
): void {
  for (const name of new Set(query.keys())) {
    if (!known.includes(name)) {
      found.oddities.push(`the API pages have no query parameter ${JSON.stringify(name)}`);
    }
  }
}

/**
 * Reads a body that must be one JSON object; null, and a violation, when it is not.
 * A Map, not the object: a field called `__proto__` or `constructor` is then a field like any other.
 */
export function readBodyFields(
  body: Buffer | null,
  found: RequestProblems,
): Map<string, unknown> | null {
  if (body === null) {
    found.violations.push('the body is too long');
    return null;
  }
  const text = decodeUtf8(body);
  if (text === null) {
    found.violations.push('the body is not UTF-8');
    return null;
  }
  const json = readJson(text);
  if (json === null) {
    found.violations.push('the body is not JSON');
    return null;
  }
  if (!isJsonObject(json.value)) {
    found.violations.push('the body is not a JSON object');
    return null;
  }
  return new Map(Object.entries(json.value));
}

export function flagUnknownFields(
  fields: Map<string, unknown>,
  known: readonly string[],
  found: RequestProblems,
): void {
  for (const name of fields.keys()) {
    if (!known.includes(name)) {
      found.oddities.push(`the API pages have no field ${JSON.stringify(name)}`);
    }
  }
}

export function readInt64Field(
  name: string,
  fields: Map<string, unknown>,
  found: RequestProblems,
): bigint | null {
  const value = fields.get(name);
  if (value === undefined) return null;
  const exact = readInt64(value);
  if (exact === null) found.violations.push(`${name} is not an int64 integer`);
  return exact;
}

/** Whether a value that `readJson` read is an object. */
export function isJsonObject(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof JsonNumber)
  );
}

function parseMimeType(text: string): MIMEType | null {
  try {
    return new MIMEType(text);
  } catch {
    return null;
  }
}

function decodeUtf8(bytes: Buffer): string | null {
  try {
    // ignoreBOM keeps a byte order mark in the text, where JSON does not allow it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
