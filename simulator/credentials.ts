import { readHeader, type RequestProblems, type Headers } from './request-parts.ts';

/** What a request signs in with. */
export type Credentials =
  | { readonly kind: 'basic'; readonly userName: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

const SECRET_HEADERS: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization']);

/** Reads the Authorization header; null, with a violation, if it is not of that scheme. */
export function readCredentials(
  kind: Credentials['kind'],
  headers: Headers,
  problems: RequestProblems,
): Credentials | null {
  const text = readHeader('Authorization', headers, problems);
  if (text === null) return null;
  const [, scheme = '', value = ''] = /^(\S+) +(\S+) *$/.exec(text) ?? [];
  const read = scheme.toLowerCase() === kind ? READERS[kind](value) : null;
  if (read === null)
    problems.violations.push(`the header Authorization is not of the form of ${kind}`);
  return read;
}

/** The raw headers (names and values in turn), with `****` for their secrets. */
export function redactHeaders(rawHeaders: readonly string[]): string[] {
  return rawHeaders.map((text, index) => {
    const name = index % 2 === 1 ? rawHeaders[index - 1] : undefined;
    if (name === undefined || !SECRET_HEADERS.has(name.toLowerCase())) return text;
    const scheme = /^(?:Basic|Bearer)(?= )/i.exec(text)?.[0];
    return scheme === undefined ? '****' : `${scheme} ****`;
  });
}

const READERS = {
  basic: (value: string): Credentials | null => {
    const pair = /^[A-Za-z0-9+/]+=*$/.test(value) ? Buffer.from(value, 'base64').toString() : '';
    const colonAt = pair.indexOf(':');
    if (colonAt === -1) return null;
    return {
      kind: 'basic',
      userName: pair.slice(0, colonAt),
      password: pair.slice(colonAt + 1),
    };
  },
  bearer: (token: string): Credentials | null => ({ kind: 'bearer', token }),
};
