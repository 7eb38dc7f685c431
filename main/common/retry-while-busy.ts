const BUSY_LIMIT_MS = 1_000;
const MAY_PASS: ReadonlySet<string> = new Set([
  'EBUSY',
  'EMFILE',
  'ENFILE',
  'EAGAIN',
  ...(process.platform === 'win32' ? ['EPERM', 'EACCES'] : []),
]);

/**
 * Tries for up to a second what fails for a passing reason: a virus scanner that has the file open
 * (Windows), or too many files being open.
 */
export function retryWhileBusy<T>(act: () => T): T {
  const giveUpAt = performance.now() + BUSY_LIMIT_MS;
  for (;;) {
    try {
      return act();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!MAY_PASS.has(code) || performance.now() > giveUpAt) throw error;
    }
  }
}
