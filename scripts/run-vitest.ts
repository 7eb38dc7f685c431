import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { passThrough } from './pass-through.mjs';
import { root } from './setup/step.mjs';
import { noTally, type Tally, tally } from './tally.ts';
import { toolScript } from './tool.ts';
import { TALLY_FILE } from './vitest-tally.ts';

type Options = Parameters<typeof passThrough>[2];

/** Runs tests and counts them; a failure of vitest itself counts as one. */
export async function runVitest(args: readonly string[], options: Options = {}): Promise<Tally> {
  const folder = mkdtempSync(path.join(tmpdir(), 'signoff-tally-'));
  const file = path.join(folder, 'tally.json');
  const reporter = path.join(root, 'scripts', 'vitest-tally.ts');
  try {
    const code = await passThrough(
      process.execPath,
      [toolScript('vitest'), 'run', '--reporter=default', `--reporter=${reporter}`, ...args],
      { cwd: root, ...options, env: { ...process.env, [TALLY_FILE]: file } },
    );
    const counts = readTally(file);
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `vitest-tally.ts` counted; a run that ended before it could count has failed. */
export function readTally(file: string): Tally {
  try {
    return tally.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { ...noTally, failed: 1 };
  }
}
