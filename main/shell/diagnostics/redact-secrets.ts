const REDACTED = '…';

/** Names of secrets: keys, headers, parameters and options. */
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
/** A name and its separator; blanks or a comma alone separate only after `--name`. */
const NAMED = new RegExp(
  String.raw`(?<option>--[\w.-]{0,40}?)?(?:${NAMES})[\w.-]{0,40}(?<quote>\\*["'])?(?<mark>${BLANK}(?:[:=]+>?|,)${BLANK}|[ \t]+)`,
  'gi',
);
/** Headers whose value may contain blanks and further fields. */
const HEADER = /authorization|cookie/i;
const QUOTE = /(?<escapes>\\*)(?<sign>["'])/y;
/** Values that are no secret. */
const NO_VALUE = /(?:null|undefined|true|false)(?=[\s,;&}\]"'\\]|$)/y;
/** Includes an apostrophe inside a word, and a backslash that does not escape a quote. */
const BARE = /(?:[^\s"'\\]|'(?=\w)|\\+(?![\\"']))+/y;
const BARE_PARAMETER = /(?:[^\s"'\\&]|'(?=\w)|\\+(?![\\"']))+/y;
/** After a quoted key, such as a number. */
const BARE_JSON = /[^\s,}\]"'\\]+/y;

const PRIVATE_KEY =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/** User name and password of a URL, up to the last `@`: passwords are not always percent-encoded. */
const USER_INFO =
  /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)(?:[^\s"'/?#@:]{0,200}:(?:[^\s"\\]|\\"?){0,500}@|[^\s"'/?#]{1,200}@)/gi;
const SCHEME = /\b(basic|bearer)([ \t]+)[^\s"'\\,;]+/gi;

/**
 * Redacts whatever looks like a secret in JSON (also nested in JSON strings), headers, URLs and command
 * lines. Diagnostics should contain none; this is the safety net. In doubt it redacts too much.
 */
export function redactSecrets(text: string): string {
  return redactNamed(
    text.replaceAll(PRIVATE_KEY, REDACTED).replaceAll(USER_INFO, `$1${REDACTED}@`),
  ).replaceAll(SCHEME, `$1$2${REDACTED}`);
}

function redactNamed(text: string): string {
  let result = '';
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
    result += text.slice(from, start) + shown;
    from = end;
    NAMED.lastIndex = end;
  }
  return result + text.slice(from);
}

/** Where the value at `start` ends, and what replaces it; `around` is the quote of its name. */
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
 * The index after the closing quote of the one at `start`, or the end of the line. In nested JSON strings a
 * quote has 1, 3, 7… backslashes before it, by depth. A quote with more does not close the string.
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

/** The index after the closing bracket of the one at `start`, or the end of the line. */
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

/** The end of the header's line, or of the string around it; a quote after `=` belongs to the header. */
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
