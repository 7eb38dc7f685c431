import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          // Properties are tried some hundred times, which takes a busy machine a while.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        // The real app, on desktops of their own: two at a time, as they keep to real budgets.
        test: {
          name: 'app',
          include: ['test/app/*.test.ts'],
          setupFiles: './test/app/desktop.ts',
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Every app on the machine obeys the policy that these lay down: nothing else may run meanwhile.
        test: {
          name: 'machine-policy',
          include: ['test/app/machine-policy/*.test.ts'],
          setupFiles: './test/app/desktop.ts',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
          sequence: { groupOrder: 3 },
        },
      },
      {
        // The app as it is handed out, packed once for all of them. What starts it brings a desktop.
        test: {
          name: 'packaged',
          include: ['test/packaged/**/*.test.ts'],
          globalSetup: './test/packaged/global-setup.ts',
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
