/** Brackets that a copied value stands in. */
const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['„', '“'],
  ['‘', '’'],
  ['«', '»'],
];

/** By field: the name that a value is copied with, and what stands behind it, such as a cookie's attributes. */
const NAMES: Readonly<Record<string, RegExp>> = {
  sessionId:
    /^(?:(?:set-)?cookie\s*:\s*)?["']?(?:(?:x-)?jsessionid|session-?id)["']?\s*[=:]\s*(.*?)(?:;.*)?$/is,
  accountId: /^["']?(?:x-aid|account-?id)["']?\s*[=:]\s*(.*)$/is,
  // A colon may be a pool's own.
  pool: /^(?:[?&]?pool\s*=|["']pool["']\s*:)\s*(.*)$/is,
};
const CLEANED: ReadonlySet<string> = new Set([
  ...Object.keys(NAMES),
  'server',
  'fqSiteName',
  'site',
]);

/** What is longer is no value of these, whatever it is cleaned of. */
const MOST_LENGTH = 4_096;

/** White space and what cannot be seen, at either end. */
const AROUND = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/**
 * What a person meant who typed or pasted this into a field of a session: without what comes along when it is copied,
 * where that is beyond doubt. Of other fields, the same text.
 */
export function cleaned(field: string, text: string): string {
  if (!CLEANED.has(field) || text.length > MOST_LENGTH) return text;
  for (let before = text; ;) {
    const after = cleanedOnce(field, before);
    if (after === before) return after;
    before = after;
  }
}

function cleanedOnce(field: string, text: string): string {
  const bare = text.replace(AROUND, '').replace(/[,;]+$/, '');
  const value = NAMES[field]?.exec(bare)?.[1] ?? withoutQuotes(bare);
  return field === 'pool' ? value.replaceAll(/%3a/gi, ':') : value;
}

function withoutQuotes(text: string): string {
  const isQuoted = QUOTES.some(
    ([left, right]) => text.length > 1 && text.startsWith(left) && text.endsWith(right),
  );
  return isQuoted ? text.slice(1, -1) : text;
}

/** A string of JSON, or one of the blanks that are no white space in JSON and come along when it is copied. */
const STRING_OR_BLANK = /"[^"\\]*(?:\\.[^"\\]*)*"?|[\p{Zs}\p{Cf}]/gsu;

/** JSON text with plain blanks in place of such as a byte order mark or non-breaking spaces; strings are left alone. */
export function plainJson(text: string): string {
  return text.replace(STRING_OR_BLANK, (found) => (found.startsWith('"') ? found : ' '));
}
