import type { RawReply } from './call-end.ts';
import { mask } from '../common/mask.ts';
import { redact } from '../common/redact.ts';

/** Characters of a body that are kept. */
const BODY_LIMIT = 4_000;

/** What stands under a name like `sessionId` in JSON, with whatever is escaped in it. */
const IN_JSON = /(session[-_]?id\w{0,20}"\s{0,8}:\s{0,8}")([^"\\]*(?:\\.[^"\\]*)*)/gis;
/** The same, or like `JSESSIONID`, in JSON within a string, in a header, a URL or markup. */
const ELSEWHERE =
  /(session[-_]?id\w{0,20}(?:\\{0,8}["']|%22|&quot;)?\s{0,8}(?:[:=>]|%3[ad])\s{0,8}(?:\\{0,8}["']|%22|&quot;)?)([^\s"'<>;,&(){}[\]\\]+)/gi;

/**
 * A reply as people may see it: as it came, but for the secrets and whatever else is named as
 * one, and cut to its beginning where it is long.
 */
export function rawReply(status: number, body: string, ...secrets: readonly string[]): RawReply {
  const shown = redact(body, ...secrets)
    .replace(IN_JSON, maskNamed)
    .replace(ELSEWHERE, maskNamed);
  return { status, body: shown.slice(0, BODY_LIMIT), cut: shown.length > BODY_LIMIT };
}

function maskNamed(_: string, name: string, value: string): string {
  const isMasked = value === '' || value === 'null' || value.includes('…');
  return `${name}${isMasked ? value : mask(value)}`;
}
