// The checks, the build, and the tests; the last line is the count. With arguments for vitest, only the build
// and those tests, as in `npm test -- --project unit some/file`.
import { readFileSync, rmSync } from 'node:fs';
import { build, isBuilt } from './build.ts';
import { reportChecks, runChecks } from './check.ts';
import { passThrough } from './pass-through.mjs';
import { root } from './setup/step.mjs';
import { toolScript } from './tool.ts';
import { summary, type Tally, tally, tallyFile } from './vitest-tally.ts';

const chosen = process.argv.slice(2);
const tallies: Tally[] = [];

// Beside the rest, which leaves the processor idle much of the time.
const checking = chosen.length === 0 ? runChecks() : Promise.resolve([]);

const built = isBuilt() || (await build());
process.stdout.write(`build: ${built ? 'passed' : 'failed'}\n`);
tallies.push({ passed: Number(built), failed: Number(!built), skipped: [] });

tallies.push(await runVitest(chosen));
tallies.push({ ...reportChecks(await checking), skipped: [] });

const sum: Tally = {
  passed: tallies.reduce((total, { passed }) => total + passed, 0),
  failed: tallies.reduce((total, { failed }) => total + failed, 0),
  skipped: tallies.flatMap(({ skipped }) => skipped),
};
for (const { name, why } of sum.skipped) process.stdout.write(`skipped: ${name}: ${why}\n`);
process.stdout.write(`${summary(sum)}\n`);
if (sum.failed > 0) process.exitCode = 1;

async function runVitest(args: readonly string[]): Promise<Tally> {
  rmSync(tallyFile, { force: true });
  const reporters = ['--reporter=default', '--reporter=./scripts/vitest-tally.ts'];
  const code = await passThrough(
    process.execPath,
    [toolScript('vitest'), 'run', ...reporters, ...args],
    { cwd: root },
  );
  const counts = readTally();
  // A failure of vitest itself must be counted.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function readTally(): Tally {
  try {
    return tally.parse(JSON.parse(readFileSync(tallyFile, 'utf8')));
  } catch {
    return { passed: 0, failed: 1, skipped: [] }; // it ended before it could count
  }
}
