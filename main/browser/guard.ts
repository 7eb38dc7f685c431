import { createHash, timingSafeEqual } from 'node:crypto';

/** A request without its body, as received. */
export interface RequestHead {
  readonly method: string;
  /** The request target, unparsed. */
  readonly target: string;
  /** In the order sent, duplicates included; names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export interface GuardRules {
  readonly port: number;
  /** As browsers serialise them. */
  readonly origins: ReadonlySet<string>;
  /** Called only when everything else is right. */
  readonly token: () => string;
}

/** Why it is not from a script of an allow-listed page, which is told nothing. */
export type ForbiddenReason = 'host' | 'origin' | 'fetch-metadata';
/** Why an allow-listed page's request is refused by its head. */
export type RefusedReason = 'path' | 'method' | 'content-type' | 'frame' | 'token';

export type GuardDecision =
  | { readonly kind: 'forbidden'; readonly reason: ForbiddenReason }
  | { readonly kind: 'refused'; readonly reason: RefusedReason; readonly origin: string }
  | { readonly kind: 'preflight'; readonly origin: string; readonly asksForPrivate: boolean }
  | { readonly kind: 'hold'; readonly origin: string };

const PATH = '/hold';
/** The header and value by which a page declares that it is in no frame. */
const PAGE_HEADER = 'signoff-page';
const IN_NO_FRAME = 'top';
/** The headers a page may send besides the CORS-safelisted ones. */
export const ALLOWED_HEADERS = `authorization, content-type, ${PAGE_HEADER}`;

const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i;
const BEARER = /^Bearer ([\x21-\x7e]+)$/i;
/** `same-origin` is left out, because no page is served here. */
const SITES: ReadonlySet<string> = new Set(['same-site', 'cross-site']);

/**
 * Checks first what a page cannot forge (host, origin, fetch metadata), then what only allowed pages know.
 * Older browsers send no fetch metadata, so only what is there is checked.
 */
export function checkRequest(head: RequestHead, rules: GuardRules): GuardDecision {
  const { method, target } = head;
  const every = (name: string): string[] =>
    head.headers.filter(([sent]) => sent === name).map(([, value]) => value);
  /** A header sent twice counts as missing, because readers may differ on which one they take. */
  const only = (name: string): string | null => {
    const [value, ...more] = every(name);
    return value === undefined || more.length > 0 ? null : value;
  };
  const isEvery = (name: string, isGood: (value: string) => boolean): boolean =>
    every(name).every(isGood);
  const forbidden = (reason: ForbiddenReason): GuardDecision => ({ kind: 'forbidden', reason });

  if (only('host') !== `127.0.0.1:${rules.port}`) return forbidden('host');
  const origin = only('origin');
  if (origin === null || !rules.origins.has(origin)) return forbidden('origin');
  const isByScript =
    isEvery('sec-fetch-site', (site) => SITES.has(site)) &&
    isEvery('sec-fetch-mode', (mode) => mode === 'cors') &&
    isEvery('sec-fetch-dest', (dest) => dest === 'empty');
  if (!isByScript) return forbidden('fetch-metadata');

  const refused = (reason: RefusedReason): GuardDecision => ({ kind: 'refused', reason, origin });
  if (target !== PATH) return refused('path');
  if (method === 'OPTIONS' && only('access-control-request-method') === 'POST') {
    const asksForPrivate = only('access-control-request-private-network') === 'true';
    return { kind: 'preflight', origin, asksForPrivate };
  }
  if (method !== 'POST') return refused('method');
  if (!JSON_TYPE.test(only('content-type') ?? '')) return refused('content-type');
  if (only(PAGE_HEADER) !== IN_NO_FRAME) return refused('frame');
  const [, token] = BEARER.exec(only('authorization') ?? '') ?? [];
  if (token === undefined || !isToken(token, rules.token())) return refused('token');
  return { kind: 'hold', origin };
}

/** Compares in constant time. */
function isToken(sent: string, token: string): boolean {
  return timingSafeEqual(digest(sent), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The origins of a list, as browsers serialise them; invalid entries are left out. */
export function originsOf(list: readonly string[]): ReadonlySet<string> {
  // An opaque origin, such as a sandboxed frame's, is serialised as `null`.
  const origins = list.flatMap((text) => (URL.canParse(text) ? [new URL(text).origin] : []));
  return new Set(origins.filter((origin) => origin !== 'null'));
}

const NAME_LIMIT = 200;

/** The origin that a request claims, if it is valid and so safe to log. */
export function claimedOrigin({ headers }: RequestHead): string | null {
  const [, sent = ''] = headers.find(([name]) => name === 'origin') ?? [];
  if (sent === 'null') return sent;
  const isOrigin = sent.length <= NAME_LIMIT && URL.canParse(sent) && new URL(sent).origin === sent;
  return isOrigin ? sent : null;
}
