import { setTimeout as pause } from 'node:timers/promises';
import { errorCode } from './error-code.ts';

const BUSY_LIMIT_MS = 1_000;
const PAUSE_MS = 10;

/**
 * Whether the disk refused because another program has the file open. On Windows most say so by a lack of
 * permission: whoever opens a file there decides whether others may write, rename or delete it meanwhile.
 */
export function isOpenElsewhere(error: unknown, platform = process.platform): boolean {
  const code = errorCode(error);
  return code === 'EBUSY' || (platform === 'win32' && (code === 'EPERM' || code === 'EACCES'));
}

const TOO_MUCH_OPEN: ReadonlySet<string | null> = new Set(['EMFILE', 'ENFILE', 'EAGAIN']);

function isBusy(error: unknown): boolean {
  return isOpenElsewhere(error) || TOO_MUCH_OPEN.has(errorCode(error));
}

/**
 * Retries for up to `limitMs` milliseconds, by default a second, while a virus scanner has the file open (Windows)
 * or too many files are open.
 */
export function retryWhileBusy<T>(act: () => T, limitMs = BUSY_LIMIT_MS): T {
  const giveUpAt = performance.now() + limitMs;
  for (;;) {
    try {
      return act();
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

/** The same without blocking the process. */
export async function retryAsideWhileBusy<T>(
  act: () => Promise<T>,
  limitMs = BUSY_LIMIT_MS,
): Promise<T> {
  const giveUpAt = performance.now() + limitMs;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
      await pause(PAUSE_MS);
    }
  }
}
