import type { Problem } from '../sessions/hand-in.ts';
import { ALLOWED_HEADERS, type RefusedReason } from './guard.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Why an allow-listed page's request was refused. */
export type Reason =
  RefusedReason | 'too-many' | 'too-large' | 'not-approved' | 'busy' | 'not-a-session' | 'not-held';

/** How long a browser may cache a preflight; each request is checked all the same. */
const PREFLIGHT_SECONDS = 600;

/** On every reply: no caching, no type sniffing, and no use by a page that did not ask by script. */
const ALWAYS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  Vary: 'Origin',
};

/** For pages that are not allow-listed; the same for every reason. */
export const FORBIDDEN: Reply = { status: 403, headers: ALWAYS, body: '' };

const REFUSALS: Readonly<Record<Reason, { readonly status: number; readonly message: string }>> = {
  path: { status: 404, message: 'There is only /hold.' },
  method: { status: 405, message: 'Send a POST.' },
  'content-type': { status: 415, message: 'Send application/json.' },
  frame: {
    status: 403,
    message: 'Only a page that is in no frame may hand in, and it has to say "Signoff-Page: top".',
  },
  token: { status: 401, message: 'The token is missing, or it is another one.' },
  'too-many': { status: 429, message: 'These are too many in a short time.' },
  'too-large': { status: 413, message: 'This is too large for a session.' },
  'not-approved': { status: 403, message: 'The agent did not allow this console in Signoff.' },
  busy: { status: 503, message: 'Signoff is busy asking the agent. Try again in a minute.' },
  'not-a-session': { status: 400, message: 'This is not a session.' },
  'not-held': { status: 503, message: 'Signoff cannot hold it now. Try again later.' },
};

/** A refusal with its reason, which only an allow-listed page can read. */
export function refusal(
  reason: Reason,
  to: string,
  more: { readonly retryAfterMs?: number; readonly problems?: readonly Problem[] } = {},
): Reply {
  const { status, message } = REFUSALS[reason];
  const { retryAfterMs, problems } = more;
  const said = problems?.map(({ field, message: text }) => ({ field, message: text }));
  return {
    status,
    headers: {
      ...readableBy(to),
      'Content-Type': 'application/json; charset=utf-8',
      ...(reason === 'method' && { Allow: 'POST' }),
      ...(retryAfterMs !== undefined && { 'Retry-After': String(Math.ceil(retryAfterMs / 1_000)) }),
    },
    body: JSON.stringify({ error: reason, message, ...(said && { problems: said }) }),
  };
}

/** Tells neither the id nor whether the session was held already. */
export function heldReply(origin: string): Reply {
  return { status: 204, headers: readableBy(origin), body: '' };
}

/** Without credentials: no cookie belongs here. */
export function preflightReply(origin: string, asksForPrivate: boolean): Reply {
  return {
    status: 204,
    headers: {
      ...ALWAYS,
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': ALLOWED_HEADERS,
      'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
      ...(asksForPrivate && { 'Access-Control-Allow-Private-Network': 'true' }),
    },
    body: '',
  };
}

function readableBy(origin: string): Record<string, string> {
  return {
    ...ALWAYS,
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': 'Retry-After',
  };
}
