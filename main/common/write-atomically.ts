import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { retryWhileBusy } from './retry-while-busy.ts';

const OWNER_ONLY = 0o600;

/**
 * Replaces a file durably, making its folder if need be. On failure throws the disk's error and changes nothing.
 * `busyLimitMs`: see `retryWhileBusy`.
 */
export function writeAtomically(file: string, text: string, busyLimitMs?: number): void {
  const folder = path.dirname(file);
  const temporary = `${file}.new`;
  try {
    mkdirSync(folder, { recursive: true });
    // All of it again: a virus scanner looks at what has just been written, too.
    retryWhileBusy(() => {
      writeFileSync(temporary, text, { mode: OWNER_ONLY, flush: true });
      renameSync(temporary, file);
    }, busyLimitMs);
  } catch (error) {
    removeIfPossible(temporary);
    throw error;
  }
  flushFolder(folder);
}

function removeIfPossible(temporary: string): void {
  try {
    rmSync(temporary, { force: true });
  } catch {
    // The next write replaces it; what is reported is why this one failed.
  }
}

/** A new name is durable only once its folder is flushed. */
function flushFolder(folder: string): void {
  // Windows cannot open a folder, and its file system journals the rename.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
