const SPACE = /[ \t\r\n]*/y;
const SCALAR =
  /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const TEXT = new RegExp(SCALAR.source.slice(SCALAR.source.indexOf('"')), 'uy');
const MAX_DEPTH = 64;

/**
 * Line and column, from 1, where a text stops being JSON; null if it is JSON. `JSON.parse` reports a
 * position for some errors only, and its message quotes the text.
 */
export function jsonErrorPosition(text: string): { line: number; column: number } | null {
  let at = 0;

  const accept = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found !== null;
  };
  const acceptSign = (sign: string): boolean => {
    accept(SPACE);
    if (!text.startsWith(sign, at)) return false;
    at += sign.length;
    return true;
  };
  const acceptEntries = (end: string, acceptEntry: () => boolean): boolean => {
    if (acceptSign(end)) return true;
    do if (!acceptEntry()) return false;
    while (acceptSign(','));
    return acceptSign(end);
  };
  const acceptValue = (depth: number): boolean => {
    if (depth > MAX_DEPTH) return false;
    if (acceptSign('[')) return acceptEntries(']', () => acceptValue(depth + 1));
    if (acceptSign('{')) {
      return acceptEntries('}', () => {
        accept(SPACE);
        return accept(TEXT) && acceptSign(':') && acceptValue(depth + 1);
      });
    }
    return accept(SCALAR);
  };

  const isWhole = acceptValue(0) && (accept(SPACE), at === text.length);
  if (isWhole) return null;
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
