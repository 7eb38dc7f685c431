const REDACTED = '…';

/** What a secret is called, as a key, a header, a parameter or an option. */
const NAMES = [
  'pass[-_ ]?(?:word|wd|wort|phrase|code)',
  'pwd',
  '(?<![a-z])pass(?![a-z])',
  'secret',
  'token',
  'credential',
  '(?:api|access|private|signing|session|sess)[-_ .]?key',
  'sess(?:ion)?[-_ .]?id',
  '(?<![a-z])sid(?![a-z])',
  '(?<![a-z])x[-_]aid',
  '(?<![a-z])auth(?![a-z])',
  'authorization',
  'cookie',
].join('|');
const BLANK = String.raw`[ \t]*`;
/** A name and what stands between it and its value; a blank or a comma alone does only behind `--name`. */
const NAMED = new RegExp(
  String.raw`(?<option>--[\w.-]{0,40}?)?(?:${NAMES})[\w.-]{0,40}(?<quote>\\*["'])?(?<mark>${BLANK}(?:[:=]+>?|,)${BLANK}|[ \t]+)`,
  'gi',
);
/** Headers whose value has blanks in it, and other values. */
const HEADER = /authorization|cookie/i;
const QUOTE = /(?<escapes>\\*)(?<sign>["'])/y;
/** What is no secret, and tells that there is none. */
const NO_VALUE = /(?:null|undefined|true|false)(?=[\s,;&}\]"'\\]|$)/y;
/** Goes on past an apostrophe amid a word, and past a backslash that escapes no quote. */
const BARE = /(?:[^\s"'\\]|'(?=\w)|\\+(?![\\"']))+/y;
const BARE_PARAMETER = /(?:[^\s"'\\&]|'(?=\w)|\\+(?![\\"']))+/y;
/** Behind a key in quotes: a number, say. */
const BARE_JSON = /[^\s,}\]"'\\]+/y;

const PRIVATE_KEY =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/**
 * A name and a password before a host, as in `http://ann:word@proxy.example.com`, up to the last `@`:
 * not everybody percent-encodes what stands in a password.
 */
const USER_INFO =
  /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)(?:[^\s"'/?#@:]{0,200}:(?:[^\s"\\]|\\"?){0,500}@|[^\s"'/?#]{1,200}@)/gi;
const SCHEME = /\b(basic|bearer)([ \t]+)[^\s"'\\,;]+/gi;

/**
 * A text without what looks like a secret, whatever it is written in: JSON, also within strings of JSON,
 * headers, addresses, command lines. Nothing that goes into diagnostics should hold one; this is for what
 * nobody thought of. In doubt it strikes out too much.
 */
export function redactSecrets(text: string): string {
  return withoutNamed(
    text.replaceAll(PRIVATE_KEY, REDACTED).replaceAll(USER_INFO, `$1${REDACTED}@`),
  ).replaceAll(SCHEME, `$1$2${REDACTED}`);
}

function withoutNamed(text: string): string {
  let kept = '';
  let from = 0;
  NAMED.lastIndex = 0;
  for (let named = NAMED.exec(text); named !== null; named = NAMED.exec(text)) {
    const { option, quote, mark = '' } = named.groups ?? {};
    const isMarked = /[:=]/.test(mark);
    const start = NAMED.lastIndex;
    if (!isMarked && (option === undefined || (mark.includes(',') && quote === undefined)))
      continue;
    const { end, shown } = valueAt(text, start, {
      isHeader: isMarked && HEADER.test(named[0]),
      isParameter: mark === '=',
      around: isMarked ? (quote ?? '') : '',
    });
    kept += text.slice(from, start) + shown;
    from = end;
    NAMED.lastIndex = end;
  }
  return kept + text.slice(from);
}

/** Where the value at `start` ends, and what is shown of it; `around` is what its name is quoted by. */
function valueAt(
  text: string,
  start: number,
  { isHeader, isParameter, around }: { isHeader: boolean; isParameter: boolean; around: string },
): { end: number; shown: string } {
  const quote = matchAt(QUOTE, text, start);
  if (quote !== null) {
    const end = quotedEnd(text, start);
    const isEmpty = end === start + 2 * quote.length;
    return { end, shown: isEmpty ? text.slice(start, end) : `${quote}${REDACTED}${quote}` };
  }
  const none = matchAt(NO_VALUE, text, start);
  if (none !== null) return { end: start + none.length, shown: none };
  const shown = `${around}${REDACTED}${around}`;
  if (text[start] === '[' || text[start] === '{') return { end: bracketsEnd(text, start), shown };
  if (isHeader) return { end: headerEnd(text, start), shown };
  const unquoted = isParameter ? BARE_PARAMETER : BARE;
  const bare = matchAt(around === '' ? unquoted : BARE_JSON, text, start);
  return bare === null ? { end: start, shown: '' } : { end: start + bare.length, shown };
}

/**
 * Behind the quote that closes the one at `start`, or at the end of the line. In a string of JSON within
 * another, a quote has a backslash before it, in one within that three, and so on; one that does not
 * close the string has more, and so has one behind a backslash of the string's own.
 */
function quotedEnd(text: string, start: number): number {
  const opening = matchAt(QUOTE, text, start) ?? '';
  const sign = opening.at(-1);
  const escapes = opening.length - 1;
  let run = 0;
  for (let at = start + opening.length; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\n') return at;
    if (character === sign && run % (2 * (escapes + 1)) === escapes) return at + 1;
    run = character === '\\' ? run + 1 : 0;
  }
  return text.length;
}

/** Behind the bracket that closes the one at `start`; where none does, at the end of the line. */
function bracketsEnd(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const character = text[at];
    if (matchAt(QUOTE, text, at) !== null) {
      at = quotedEnd(text, at);
      continue;
    }
    if (character === '[' || character === '{') depth += 1;
    if (character === ']' || character === '}') depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
  const line = text.indexOf('\n', start);
  return line === -1 ? text.length : line;
}

/** Where the header's line or the string that it stands in ends; a quote behind `=` is the header's own. */
function headerEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    if (matchAt(QUOTE, text, at) !== null && text[at - 1] === '=') at = quotedEnd(text, at);
    else if (/["'\\\r\n]/.test(text[at] ?? '')) return at;
    else at += 1;
  }
  return at;
}

function matchAt(expression: RegExp, text: string, at: number): string | null {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? null;
}
