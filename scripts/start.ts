// Runs the app on the practice server, with an agent signed in and an engagement held. With `--unattended`,
// or without a display, it drives the app itself. It exits with 0 only if every session is over and no chat
// reached a ghost.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, isBuilt } from './build.ts';
import { practise } from './practice/attended.ts';
import { practiseUnattended } from './practice/unattended.ts';
import { hasDisplay } from './setup/node.mjs';
import { SetupError } from './setup/step.mjs';

const unattended = process.argv.includes('--unattended') || !hasDisplay();
const dataDir = mkdtempSync(join(tmpdir(), 'signoff-practice-'));
try {
  if (isBuilt() || (await build())) {
    const allOver = await (unattended ? practiseUnattended(dataDir) : practise(dataDir));
    process.exitCode = allOver ? 0 : 1;
  } else {
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
}
