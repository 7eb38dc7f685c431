// `npm run test:windows`, from within: runs the tests that run on Windows' Node, and beside them those that start
// the app on Windows from here. The last line is the count.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readTally, runVitest } from '../../scripts/run-vitest.ts';
import { sum, summary, type Tally } from '../../scripts/tally.ts';
import { TALLY_FILE } from '../../scripts/vitest-tally.ts';
import { files } from './files.ts';
import { NODE, newWindows, windowsPath } from './wine.ts';

const chosen = process.argv.slice(2);

/** Runs tests on Windows' Node; what it prints is passed on at the end. */
async function runOnWindows(): Promise<Tally> {
  const folder = mkdtempSync(path.join(tmpdir(), 'signoff-tally-'));
  const file = path.join(folder, 'tally.json');
  try {
    const { exited } = newWindows().start(
      [
        NODE,
        'node_modules/vitest/vitest.mjs',
        'run',
        '--configLoader=runner',
        '--project=unit*',
        '--project=integration',
        '--reporter=dot',
        '--reporter=./scripts/vitest-tally.ts',
        ...files,
      ],
      { env: { [TALLY_FILE]: windowsPath(file), NO_COLOR: '1' } },
    );
    const { code, out, err } = await exited;
    process.stdout.write(`\nOn Windows' Node:\n${out}${err}`);
    const counts = readTally(file);
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const total = sum(
  await Promise.all(
    [chosen.length === 0 ? runOnWindows() : [], runVitest(['--project=windows', ...chosen])].flat(),
  ),
);
for (const line of summary(total)) process.stdout.write(`${line}\n`);
if (total.failed > 0) process.exitCode = 1;
