/** How Stryker works here; `main.ts` adds the room. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // A busy machine must not pass for an endless loop, which counts as noticed.
  timeoutMS: 30_000,
  incremental: true,
  tempDirName: '.cache/mutation/sandbox',
  ignorePatterns: ['.cache', 'out', 'dist'],
  // To read one, Stryker needs an API that TypeScript 7 has no more. No path in ours leaves the sandbox.
  tsconfigFile: 'none',
  reporters: ['progress-append-only', 'html'],
  logLevel: 'warn',
  // What is done while a module loads takes all tests of the room, which are few.
  warnings: { slow: false },
};
