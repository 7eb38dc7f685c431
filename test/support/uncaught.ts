import { onTestFinished, vi } from 'vitest';

/** Collects what is reported as an uncaught error until the test ends, which would fail it. */
export function collectUncaught(): { errors(): unknown[] } {
  const reports: (() => void)[] = [];
  vi.stubGlobal('queueMicrotask', (run: () => void) => reports.push(run));
  onTestFinished(() => void vi.unstubAllGlobals());
  return {
    errors: () =>
      reports.map((report) => {
        try {
          return report();
        } catch (error) {
          return error;
        }
      }),
  };
}
