import { createHash, timingSafeEqual } from 'node:crypto';

/** A request before its body, as it came over the wire. */
export interface RequestHead {
  readonly method: string;
  /** The request's target, untouched. */
  readonly target: string;
  /** Each as it was sent, and as often; names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** What counts for requests. */
export interface GuardTerms {
  readonly port: number;
  /** As browsers write them. */
  readonly origins: ReadonlySet<string>;
  /** Asked for only where everything else is right. */
  readonly token: () => string;
}

/** Why it is not from a script of an allow-listed page: nothing may be told then. */
export type ForbiddenReason = 'host' | 'origin' | 'fetch-metadata';
/** Why an allow-listed page's request was refused before anybody looked into its body. */
export type RefusedReason = 'path' | 'method' | 'content-type' | 'frame' | 'token';

export type GuardDecision =
  | { readonly kind: 'forbidden'; readonly reason: ForbiddenReason }
  | { readonly kind: 'refused'; readonly reason: RefusedReason; readonly origin: string }
  | { readonly kind: 'preflight'; readonly origin: string; readonly asksForPrivate: boolean }
  | { readonly kind: 'hold'; readonly origin: string };

/** The one thing that can be asked for. */
const PATH = '/hold';
/** The header by which a page says of itself that it is in no frame, and what it then says. */
const PAGE_HEADER = 'signoff-page';
const IN_NO_FRAME = 'top';
/** What a page may send beside what every page may. */
export const ALLOWED_HEADERS = `authorization, content-type, ${PAGE_HEADER}`;

const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i;
const BEARER = /^Bearer ([\x21-\x7e]+)$/i;
/** Where a page may be, seen from here. Not the same origin: no page is ever served here. */
const SITES: ReadonlySet<string> = new Set(['same-site', 'cross-site']);

/**
 * Judges a request by what a page cannot forge (host, origin, what the browser says of the request),
 * then by what only our own pages know. Browsers older than fetch metadata send none: what is there counts.
 */
export function checkRequest(head: RequestHead, terms: GuardTerms): GuardDecision {
  const { method, target } = head;
  const every = (name: string): string[] =>
    head.headers.filter(([sent]) => sent === name).map(([, value]) => value);
  /** Sent twice, it says nothing: another reader of the same request may take the other one. */
  const only = (name: string): string | null => {
    const [value, ...more] = every(name);
    return value === undefined || more.length > 0 ? null : value;
  };
  const isEvery = (name: string, isGood: (value: string) => boolean): boolean =>
    every(name).every(isGood);
  const forbidden = (reason: ForbiddenReason): GuardDecision => ({ kind: 'forbidden', reason });

  if (only('host') !== `127.0.0.1:${terms.port}`) return forbidden('host');
  const origin = only('origin');
  if (origin === null || !terms.origins.has(origin)) return forbidden('origin');
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
  if (token === undefined || !isToken(token, terms.token())) return refused('token');
  return { kind: 'hold', origin };
}

/** Takes as long whatever is sent. */
function isToken(sent: string, token: string): boolean {
  return timingSafeEqual(digest(sent), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The origins of a list as browsers write them; what is none is passed over. */
export function originsOf(list: readonly string[]): ReadonlySet<string> {
  // What has no origin of its own is written `null`, as a sandboxed frame's is.
  const origins = list.flatMap((text) => (URL.canParse(text) ? [new URL(text).origin] : []));
  return new Set(origins.filter((origin) => origin !== 'null'));
}

const NAME_LIMIT = 200;

/** Whom a request says that it is from, where that is fit to be written down. */
export function namedOrigin({ headers }: RequestHead): string | null {
  const [, sent = ''] = headers.find(([name]) => name === 'origin') ?? [];
  if (sent === 'null') return sent;
  const isOrigin = sent.length <= NAME_LIMIT && URL.canParse(sent) && new URL(sent).origin === sent;
  return isOrigin ? sent : null;
}
