import type { IncomingHttpHeaders } from 'node:http';

/** Who seems to have answered in the chat server's place. */
export interface Answerer {
  /** `nobody`: the answer was empty, so nothing tells. */
  readonly kind: 'gateway' | 'sign-in' | 'nobody' | 'unknown';
  /** What it calls itself in the header `Server` or `Via`; null where it does not. */
  readonly name: string | null;
}

const NAME_LIMIT = 60;
const SIGN_IN = /log[-_\s]?[io]n|sign[-_\s]?in|\bsso\b|saml|oauth|openid|unauthenticated/i;
const GATEWAY =
  /forbidden|block|firewall|\bwaf\b|captcha|denied|allow[-\s]?list|gateway|proxy|statusCode|polic(?:y|ies)|quota|\brate/i;

/** Guesses from an answer without the API's mark who gave it. */
export function answererOf(status: number, headers: IncomingHttpHeaders, body: string): Answerer {
  const name = nameIn(headers);
  if (headers['www-authenticate'] !== undefined || SIGN_IN.test(body)) {
    return { kind: 'sign-in', name };
  }
  if (GATEWAY.test(body) || headers.via !== undefined) return { kind: 'gateway', name };
  if (body.trim() === '') return { kind: 'nobody', name };
  return { kind: status === 403 ? 'gateway' : 'unknown', name };
}

/** Only visible ASCII, which is all that the header may have. */
function nameIn({ server, via }: IncomingHttpHeaders): string | null {
  const said = (typeof server === 'string' ? server : (via ?? '')).replaceAll(/[^\x20-\x7e]/g, '');
  const name = said.trim().slice(0, NAME_LIMIT);
  return name === '' ? null : name;
}
