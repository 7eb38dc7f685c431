import { errorCode } from './error-code.ts';

const BUSY_LIMIT_MS = 1_000;
const BUSY_CODES: ReadonlySet<string> = new Set([
  'EBUSY',
  'EMFILE',
  'ENFILE',
  'EAGAIN',
  ...(process.platform === 'win32' ? ['EPERM', 'EACCES'] : []),
]);

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
      if (!BUSY_CODES.has(errorCode(error) ?? '') || performance.now() > giveUpAt) throw error;
    }
  }
}
