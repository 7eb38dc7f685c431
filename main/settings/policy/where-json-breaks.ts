const SPACE = /[ \t\r\n]*/y;
const SCALAR =
  /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const TEXT = new RegExp(SCALAR.source.slice(SCALAR.source.indexOf('"')), 'uy');
const DEEPEST = 64;

/**
 * Where a text stops being JSON, for the person who wrote it: line and column, from 1. Null where it
 * does not. (The parser's own message names the place of some faults only, and quotes the text.)
 */
export function whereJsonBreaks(text: string): { line: number; column: number } | null {
  let at = 0;

  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found !== null;
  };
  const takeSign = (sign: string): boolean => {
    take(SPACE);
    if (!text.startsWith(sign, at)) return false;
    at += sign.length;
    return true;
  };
  const takeEntries = (end: string, takeEntry: () => boolean): boolean => {
    if (takeSign(end)) return true;
    do if (!takeEntry()) return false;
    while (takeSign(','));
    return takeSign(end);
  };
  const takeValue = (depth: number): boolean => {
    if (depth > DEEPEST) return false;
    if (takeSign('[')) return takeEntries(']', () => takeValue(depth + 1));
    if (takeSign('{')) {
      return takeEntries('}', () => {
        take(SPACE);
        return take(TEXT) && takeSign(':') && takeValue(depth + 1);
      });
    }
    take(SPACE);
    return take(SCALAR);
  };

  const isWhole = takeValue(0) && (take(SPACE), at === text.length);
  if (isWhole) return null;
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
