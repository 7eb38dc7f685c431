import { MIMEType } from 'node:util';
import { JsonNumber, readInt64, readJson } from './json.ts';

/** The problems of a request. */
export interface RequestProblems {
  /** These make the request invalid, which is answered with 400. */
  readonly violations: string[];
  /** Harmless deviations from the pages. */
  readonly oddities: string[];
}

/** Header values by lower-case name. */
export type Headers = Readonly<NodeJS.Dict<string[]>>;

/** Reads a header that must be present once and not empty. */
export function readHeader(
  name: string,
  headers: Headers,
  problems: RequestProblems,
): string | null {
  const values = headers[name.toLowerCase()] ?? [];
  const value = values[0];
  if (value === undefined || value === '') {
    problems.violations.push(`the header ${name} is ${value === '' ? 'empty' : 'missing'}`);
    return null;
  }
  if (values.length > 1) problems.violations.push(`the header ${name} is there more than once`);
  return value;
}

export function checkContentType(headers: Headers, problems: RequestProblems): void {
  const text = readHeader('Content-Type', headers, problems);
  if (text === null) return;
  const type = parseMimeType(text);
  if (type?.essence !== 'application/json') {
    problems.violations.push('the Content-Type is not application/json');
  } else if (type.params.get('charset')?.toLowerCase() !== 'utf-8') {
    problems.violations.push('the Content-Type does not say charset=utf-8');
  }
}

/** Reads the query parameter `pool`; any other is an oddity. */
export function readPool(
  query: URLSearchParams,
  required: boolean,
  problems: RequestProblems,
): string | null {
  flagQuery(query, ['pool'], problems);
  const pools = query.getAll('pool');
  const pool = pools[0];
  if (pool === undefined) {
    if (required) problems.violations.push('the query parameter pool is missing');
    return null;
  }
  if (pools.length > 1)
    problems.violations.push('the query parameter pool is there more than once');
  else if (pool === '') problems.violations.push('the query parameter pool is empty');
  return pool;
}

export function flagQuery(
  query: URLSearchParams,
  known: readonly string[],
  problems: RequestProblems,
): void {
  for (const name of new Set(query.keys())) {
    if (!known.includes(name)) {
      problems.oddities.push(`the API pages have no query parameter ${JSON.stringify(name)}`);
    }
  }
}

/** Reads a body that must be a JSON object, or returns null. A Map, because of fields like `__proto__`. */
export function readBodyFields(
  body: Buffer | null,
  problems: RequestProblems,
): Map<string, unknown> | null {
  const invalid = (problem: string): null => {
    problems.violations.push(problem);
    return null;
  };
  if (body === null) return invalid('the body is too long');
  const text = decodeUtf8(body);
  if (text === null) return invalid('the body is not UTF-8');
  const json = readJson(text);
  if (json === null) return invalid('the body is not JSON');
  if (!isJsonObject(json.value)) return invalid('the body is not a JSON object');
  return new Map(Object.entries(json.value));
}

export function flagUnknownFields(
  fields: Map<string, unknown>,
  known: readonly string[],
  problems: RequestProblems,
): void {
  for (const name of fields.keys()) {
    if (!known.includes(name)) {
      problems.oddities.push(`the API pages have no field ${JSON.stringify(name)}`);
    }
  }
}

export function readInt64Field(
  name: string,
  fields: Map<string, unknown>,
  problems: RequestProblems,
): bigint | null {
  const value = fields.get(name);
  if (value === undefined) return null;
  const exact = readInt64(value);
  if (exact === null) problems.violations.push(`${name} is not an int64 integer`);
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
    // ignoreBOM keeps a byte order mark, which JSON does not allow.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
