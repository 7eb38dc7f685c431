import path from 'node:path';
import { isBelow } from './is-below.ts';

/**
 * The file that starts this executable again: an AppImage runs from a folder that exists only while it runs. Any program
 * that another AppImage starts inherits its variables, so the executable must be in its mount.
 */
export function fileToStart(
  executable: string,
  { APPIMAGE: file, APPDIR: mountedAt }: NodeJS.ProcessEnv,
): string {
  return file !== undefined && isBelow(executable, mountedAt, path.posix) ? file : executable;
}
