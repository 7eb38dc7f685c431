import { existsSync } from 'node:fs';
import path from 'node:path';

const DEFAULT_WINDOWS = String.raw`C:\Windows`;

/**
 * The folder of Windows, by which its programs are named whole: by its name alone, a program would be looked for in
 * the current folder first. Any user can set the variable, so it counts only where Windows is elsewhere.
 */
export function systemRoot(
  env: Readonly<Record<string, string | undefined>>,
  exists: (folder: string) => boolean = existsSync,
): string {
  const named = env['SystemRoot'] ?? '';
  // A drive and a whole path: `\\Windows` alone is on whichever drive is the current one.
  return !exists(DEFAULT_WINDOWS) && /^[a-z]:[\\/]/i.test(path.win32.normalize(named))
    ? named
    : DEFAULT_WINDOWS;
}
