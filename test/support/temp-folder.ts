import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** Where files are in memory, if there is such a place: for tests that wait for anything but the disk. */
export const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder of this test's own, until it is over. */
export function tempFolder(base = tmpdir()): string {
  const folder = mkdtempSync(path.join(base, 'signoff-test-'));
  // The children of an app that was killed may go on writing for a moment.
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }));
  return folder;
}
