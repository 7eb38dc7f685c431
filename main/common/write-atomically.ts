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
 * Puts the text in the file's place, on the disk, all of it or nothing; its folder is made if need be.
 * Throws what the disk throws, and the file is as it was.
 */
export function writeAtomically(file: string, text: string): void {
  const folder = path.dirname(file);
  const temporary = `${file}.new`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(temporary, text, { mode: OWNER_ONLY, flush: true });
    retryWhileBusy(() => renameSync(temporary, file));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  flushFolder(folder);
}

/** A file is flushed as it is written; its new name is only safe once its folder is. */
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
