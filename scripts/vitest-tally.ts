import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule, TestSuite } from 'vitest/node';
import { noTally, type Tally } from './tally.ts';

export interface Takes {
  /** What a test takes that is not everywhere: why it is skipped, if it is. */
  takes?: string;
}

declare module 'vitest' {
  interface TaskMeta extends Takes {}
}

/** The environment variable that names the file for the counts. */
export const TALLY_FILE = 'SIGNOFF_TALLY_FILE';

/** Saves the counts, and why tests were skipped, which vitest's JSON does not contain. */
export default class VitestTally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    // An error outside of tests counts as a failure too.
    const sum: Tally = { ...noTally, failed: unhandled.length, skipped: [] };
    for (const module of modules) count(module, sum);
    const file = process.env[TALLY_FILE];
    if (file === undefined) throw new Error(`${TALLY_FILE} names no file for the counts.`);
    writeFileSync(file, JSON.stringify(sum));
  }
}

function count(module: TestModule, sum: Tally): void {
  for (const test of module.children.allTests()) {
    const { state, note } = { note: undefined, ...test.result() };
    const asked = note !== undefined || test.options.mode !== 'run';
    if (state === 'passed') sum.passed += 1;
    else if (state === 'skipped' && asked)
      sum.skipped.push({ name: test.fullName, why: note ?? takes(test.meta().takes) });
    // Also one that never ran: a hook before it failed, or its process died.
    else sum.failed += 1;
  }
  // A file that cannot be loaded, or a failed hook, is no failed test.
  const suites: (TestModule | TestSuite)[] = [module, ...module.children.allSuites()];
  sum.failed += suites.filter((suite) => suite.errors().length > 0).length;
}

function takes(what: string | undefined): string {
  if (what !== undefined) return `it takes ${what}`;
  return process.platform === 'linux' ? 'not chosen, or without a reason' : 'not for this system';
}
