/** Masks a secret for display: enough to tell two apart, too little to use. */
export function mask(secret: string): string {
  // Four characters are most of a short one.
  return secret.length < 8 ? '…' : `${secret.slice(0, 4)}…`;
}

/** How many layers of escapes are decoded, such as JSON in JSON in a URL. */
const DECODINGS = 3;

const JSON_ESCAPE = String.raw`\\u(?<unicode>[0-9a-f]{4})|\\(?<literal>[^u])`;
const URL_ESCAPE = String.raw`%(?<percent>[0-9a-f]{2})`;
const HTML_ESCAPE = String.raw`&#x(?<hex>[0-9a-f]{1,6});|&#(?<decimal>\d{1,7});|&(?<name>quot|apos|amp|lt|gt);`;
/** Each alone too, because a secret may contain what looks like an escape of another kind. */
const ESCAPES = [
  JSON_ESCAPE,
  URL_ESCAPE,
  HTML_ESCAPE,
  `${JSON_ESCAPE}|${URL_ESCAPE}|${HTML_ESCAPE}`,
] as const;

const NAMED = new Map([
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
]);

/** Decoded text, with the position of each character in the original text. */
interface Decoded {
  readonly text: string;
  /** Ends with the position of the end. Null where nothing was decoded. */
  readonly origins: readonly number[] | null;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Masks every occurrence of the secrets in a text (see `mask`), in upper or lower case and however JSON,
 * URLs or HTML escape it.
 */
export function redact(text: string, ...secrets: readonly string[]): string {
  return secrets.reduce(withoutSecret, { text, upTo: text.length }).text;
}

/** What a character is written with at most, such as `&#x00006e;`, in all the layers that are decoded. */
const LONGEST_WRITING = 10 ** DECODINGS;

/**
 * The first `most` characters of a text, as `redact` leaves them; the time that it takes does not depend on the
 * rest. `isWhole` where there is no rest. Beyond them, as much is searched as the longest secret may take, so that
 * the end tears none that would show.
 */
export function redactBeginning(
  text: string,
  most: number,
  ...secrets: readonly string[]
): { readonly text: string; readonly isWhole: boolean } {
  const longest = Math.max(0, ...secrets.map(({ length }) => length * LONGEST_WRITING));
  const searched = { text: text.slice(0, most + longest), upTo: most };
  const { text: redacted, upTo } = secrets.reduce(withoutSecret, searched);
  return { text: redacted.slice(0, upTo), isWhole: text.length <= most };
}

/** A text, and a position in it that redacting moves. */
interface Redacting {
  readonly text: string;
  readonly upTo: number;
}

function withoutSecret({ text, upTo }: Redacting, secret: string): Redacting {
  let redacted = '';
  let from = 0;
  let movedTo: number | null = null;
  /** Where the text up to `next` is next. What stands across the position is on this side of it. */
  const move = (next: number): void => {
    if (next >= upTo) movedTo ??= redacted.length + Math.max(0, upTo - from);
  };
  for (const { start, end } of placesOf(text, secret)) {
    move(start);
    if (start >= from) redacted += `${text.slice(from, start)}${mask(secret)}`;
    from = Math.max(from, end);
  }
  move(text.length);
  redacted += text.slice(from);
  return { text: redacted, upTo: movedTo ?? redacted.length };
}

function placesOf(text: string, secret: string): Place[] {
  if (secret === '') return [];
  // By their codes, because some characters have a meaning in an expression.
  const codes = Array.from(secret, (_, index) => secret.charCodeAt(index));
  const pattern = codes.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join('');
  const expression = new RegExp(pattern, 'gi');
  const original = { text, origins: null };
  return [original, ...ESCAPES.flatMap((escape) => decodings(original, escape))]
    .flatMap((decoded) => placesIn(decoded, expression))
    .toSorted((a, b) => a.start - b.start);
}

/** The text with these escapes decoded once, twice, and so on, as long as there are any. */
function decodings(original: Decoded, escape: string): Decoded[] {
  const all: Decoded[] = [];
  let decoded = decode(original, escape);
  while (decoded !== null && all.length < DECODINGS) {
    all.push(decoded);
    decoded = decode(decoded, escape);
  }
  return all;
}

function placesIn({ text, origins }: Decoded, expression: RegExp): Place[] {
  return Array.from(text.matchAll(expression), ({ index, 0: { length } }) => ({
    start: origins?.[index] ?? index,
    end: origins?.[index + length] ?? index + length,
  }));
}

/** Decodes one layer of escapes; null where there is none. */
function decode({ text, origins }: Decoded, escape: string): Decoded | null {
  const decoded: string[] = [];
  const places: number[] = [];
  const keep = (start: number, end: number): void => {
    decoded.push(text.slice(start, end));
    for (let index = start; index < end; index += 1) places.push(origins?.[index] ?? index);
  };
  let from = 0;
  for (const match of text.matchAll(new RegExp(escape, 'gi'))) {
    keep(from, match.index);
    decoded.push(characterOf(match.groups ?? {}));
    places.push(origins?.[match.index] ?? match.index);
    from = match.index + match[0].length;
  }
  if (from === 0) return null;
  keep(from, text.length);
  places.push(origins?.[text.length] ?? text.length);
  return { text: decoded.join(''), origins: places };
}

/** Always one UTF-16 unit, so that positions stay right. */
function characterOf(groups: Readonly<Record<string, string | undefined>>): string {
  const { literal, name, decimal, unicode, percent, hex } = groups;
  if (literal !== undefined) return literal;
  if (name !== undefined) return NAMED.get(name.toLowerCase()) ?? '&';
  const code =
    decimal === undefined ? parseInt(unicode ?? percent ?? hex ?? '', 16) : Number(decimal);
  return String.fromCharCode(code);
}
