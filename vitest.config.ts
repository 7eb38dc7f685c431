import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Much of what runs here waits, so one more than there are processors keeps them busy.
const maxWorkers = availableParallelism() + 1;

/** Limits that only what hangs runs into: properties are tried some hundred times, and the machine may be busy. */
const patient = { maxWorkers, testTimeout: 60_000, expect: { poll: { timeout: 30_000 } } };

const UNIT = 'test/unit/**/*.test.ts';
const WINDOW = 'test/unit/renderer/**';
/** What a test puts in a module's place, other files in the same worker would meet as well. */
const replacingModules = globSync(UNIT)
  .filter((file) => readFileSync(file, 'utf8').includes('vi.mock('))
  // These are patterns, in which Windows' backslash is none.
  .map((file) => file.replaceAll('\\', '/'));

/** The real app, which on a busy machine takes its time. */
const realApp = {
  setupFiles: ['./test/app/desktop.ts', './test/app/what-hung.ts'],
  maxWorkers,
  // A window takes 3 s to open, and on a machine with twenty times as much to do, half a minute. Of what runs into the
  // limit all the same, `what-hung.ts` tells what it was doing.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 30_000 } },
};

/** Only `npm run test:windows` has what these take. */
const windows = {
  test: {
    name: 'windows',
    include: ['test/windows/**/*.test.ts'],
    // Beside the tests that run on Windows themselves.
    maxWorkers: 1,
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
};

// `groupOrder`: what has the same runs at the same time.
export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        test: {
          ...patient,
          name: 'unit',
          include: [UNIT],
          exclude: [WINDOW, ...replacingModules],
          // Nothing has state at module level, and a worker for each file takes longer than its tests.
          isolate: false,
        },
      },
      { test: { ...patient, name: 'unit-alone', include: replacingModules, exclude: [WINDOW] } },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          ...patient,
          name: 'window',
          include: [`${WINDOW}/*.test.{ts,tsx}`],
          setupFiles: './test/support/patience.ts',
        },
      },
      {
        test: {
          ...patient,
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          isolate: false,
        },
      },
      {
        // Every app on the machine obeys the policy that these lay down, so no other test may start one meanwhile.
        test: {
          ...realApp,
          name: 'machine-policy',
          include: ['test/app/machine-policy/*.test.ts'],
        },
      },
      {
        // On desktops of their own.
        test: {
          ...realApp,
          name: 'app',
          include: ['test/app/*.test.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        // The app as it is handed out, packed once for all of them.
        test: {
          ...realApp,
          name: 'packaged',
          include: ['test/packaged/**/*.test.ts'],
          globalSetup: './test/packaged/global-setup.ts',
          sequence: { groupOrder: 1 },
        },
      },
      ...(process.env['SIGNOFF_WINDOWS_ROOT'] === undefined ? [] : [windows]),
    ],
  },
});
