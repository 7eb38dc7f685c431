import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import { cache } from './setup/step.mjs';
import type { Tally } from './tally.ts';

/** Where the counts of the last test run are. */
export const tallyFile = join(cache, 'tests.json');

/** Keeps the counts, and why tests were skipped, which vitest's own JSON does not say. */
export default class VitestTally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    // An error outside of all tests counts as a failure too.
    const sum: Tally = { passed: 0, failed: unhandled.length, skipped: [] };
    for (const module of modules) count(module, sum);
    mkdirSync(dirname(tallyFile), { recursive: true });
    writeFileSync(tallyFile, JSON.stringify(sum));
  }
}

function count(module: TestModule, sum: Tally): void {
  const failedBefore = sum.failed;
  for (const test of module.children.allTests()) {
    const result = test.result();
    if (result.state === 'passed') sum.passed += 1;
    else if (result.state === 'skipped')
      sum.skipped.push({ name: test.fullName, why: result.note ?? 'not for this system' });
    else sum.failed += 1;
  }
  // A file that could not be loaded, or a hook that failed, has no failed test to show for it.
  if (!module.ok() && sum.failed === failedBefore) sum.failed += 1;
}
