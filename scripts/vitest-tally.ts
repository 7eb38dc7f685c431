import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import * as z from 'zod';
import { cache } from './setup/step.mjs';

/** The results of tests. */
export const tally = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.array(z.object({ name: z.string(), why: z.string() })),
});

export type Tally = z.infer<typeof tally>;

/** The last line of a test run. */
export function summary({ passed, failed, skipped }: Tally): string {
  const counts = `${passed} passed, ${failed} failed`;
  return skipped.length === 0 ? counts : `${counts}, ${skipped.length} skipped`;
}

/** The counts of the last test run. */
export const tallyFile = join(cache, 'tests.json');

/** Saves the counts, and why tests were skipped, which vitest's JSON does not contain. */
export default class VitestTally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    // An error outside of tests counts as a failure too.
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
  // A file that cannot be loaded, or a failed hook, has no failed test.
  if (!module.ok() && sum.failed === failedBefore) sum.failed += 1;
}
