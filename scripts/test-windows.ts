// Tests what Windows does otherwise, on Windows' own Node under Wine; the last line is the count. With arguments
// for vitest, only those of the tests that start the app from here. Where it cannot be had, it is skipped.
import { build, isBuilt } from './build.ts';
import { passThrough } from './pass-through.mjs';
import { tryOrReport } from './setup.mjs';
import { say } from './setup/step.mjs';
import { enterWindows, installWindows } from './setup/windows.mjs';
import { noTally, summary } from './tally.ts';

process.exitCode = (await tryOrReport(testOnWindows)) ?? 1;

async function testOnWindows(): Promise<number> {
  const installed = await installWindows();
  if (!installed.ok) {
    const why = `NOTHING IS TESTED ON WINDOWS' NODE: ${installed.reason}`;
    say(why);
    const skipped = [{ name: 'all of npm run test:windows', why }];
    for (const line of summary({ ...noTally, skipped })) process.stdout.write(`${line}\n`);
    return 0;
  }
  if (!isBuilt() && !(await build())) {
    for (const line of summary({ ...noTally, failed: 1 })) process.stdout.write(`${line}\n`);
    return 1;
  }
  const tests = [process.execPath, 'test/windows/main.ts', ...process.argv.slice(2)];
  const [command, ...args] = enterWindows(installed.windows, tests);
  return passThrough(command, args);
}
