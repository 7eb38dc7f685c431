// The checks, the build, and the tests; the last line is the count. With arguments for vitest, only the build
// and those tests, as in `npm test -- some/file`.
import { build, isBuilt } from './build.ts';
import { reportChecks, runChecks } from './check.ts';
import { runVitest } from './run-vitest.ts';
import { noTally, sum, summary, type Tally } from './tally.ts';

const chosen = process.argv.slice(2);

const buildTally = await counted(runBuild);
// Beside the tests, which leave the processor idle much of the time. Not beside the build: it puts a file into
// the tree for a moment, over which the linter stumbles.
const checking = chosen.length === 0 ? runChecks() : null;

const total = sum([
  buildTally,
  await counted(() => runVitest(chosen)),
  checking === null ? noTally : await counted(async () => reportChecks(await checking)),
]);
for (const line of summary(total)) process.stdout.write(`${line}\n`);
if (total.failed > 0) process.exitCode = 1;

/** What cannot even be run has failed. */
async function counted(run: () => Promise<Partial<Tally>>): Promise<Tally> {
  try {
    return { ...noTally, ...(await run()) };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return { ...noTally, failed: 1 };
  }
}

async function runBuild(): Promise<Partial<Tally>> {
  const built = isBuilt() || (await build());
  process.stdout.write(`build: ${built ? 'passed' : 'failed'}\n`);
  return built ? { passed: 1 } : { failed: 1 };
}
