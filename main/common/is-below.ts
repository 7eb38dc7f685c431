import type path from 'node:path';

/** Whether a file or folder is in this folder, at whatever depth, by its name. False where there is no folder. */
export function isBelow(
  inner: string,
  outer: string | undefined,
  rules: path.PlatformPath,
): boolean {
  if (outer === undefined || !rules.isAbsolute(outer)) return false;
  const relative = rules.relative(outer, inner);
  return relative !== '' && !relative.startsWith('..') && !rules.isAbsolute(relative);
}
