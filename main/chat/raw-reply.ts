import type { RawReply } from './call-end.ts';
import { mask, redactBeginning } from '../common/redact.ts';

/** Characters of a body that are kept. */
const BODY_LIMIT = 4_000;
/** Characters from which these come, most of which masks may have taken the place of. */
const SEARCHED = 16_000;

/** The value of a JSON key like `sessionId`, escapes included. */
const IN_JSON = /(session[-_]?id\w{0,20}"\s{0,8}:\s{0,8}")([^"\\]*(?:\\.[^"\\]*)*)/gis;
/** The same, or of one like `JSESSIONID`, in JSON within a string, a header, a URL or markup. */
const ELSEWHERE =
  /(session[-_]?id\w{0,20}(?:\\{0,8}["']|%22|&quot;)?\s{0,8}(?:[:=>]|%3[ad])\s{0,8}(?:\\{0,8}["']|%22|&quot;)?)([^\s"'<>;,&(){}[\]\\]+)/gi;

/** A reply for people: with the given secrets and all named session ids masked, and cut where it is long. */
export function rawReply(status: number, body: string, ...secrets: readonly string[]): RawReply {
  const { text, isWhole } = redactBeginning(body, SEARCHED, ...secrets);
  const shown = text.replace(IN_JSON, maskNamed).replace(ELSEWHERE, maskNamed);
  return { status, body: shown.slice(0, BODY_LIMIT), cut: !isWhole || shown.length > BODY_LIMIT };
}

function maskNamed(_: string, name: string, value: string): string {
  const isMasked = value === '' || value === 'null' || value.includes('…');
  return `${name}${isMasked ? value : mask(value)}`;
}
