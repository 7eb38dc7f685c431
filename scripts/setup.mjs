// Everything that a fresh clone needs before the work can begin. It runs on the machine's own Node and
// without a single package, does only what is missing, and says nothing when nothing is.
import { argv } from 'node:process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installElectron } from './setup/electron.mjs';
import { checkNode } from './setup/node.mjs';
import { installPackages } from './setup/packages.mjs';
import { SetupError, say } from './setup/step.mjs';
import { installSystemPackages } from './setup/system.mjs';

/**
 * What set-up is for: `tools` is what checks and builds need, `app` also runs the app on this desktop,
 * `unattended` also runs it with nobody and no desktop there, as the tests do.
 * @typedef {'tools' | 'app' | 'unattended'} Purpose
 */

/**
 * Sets up what a purpose needs.
 * @param {Purpose} purpose
 * @returns {Promise<{ env: Record<string, string> }>} what the work's environment needs in addition
 */
export async function setup(purpose) {
  checkNode();
  await installPackages();
  if (purpose === 'tools') return { env: {} };
  const env = await installElectron();
  await installSystemPackages(purpose);
  return { env };
}

/**
 * Does something that may not be possible here, and says so in one sentence instead of a stack trace.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T | undefined>} undefined when it was not possible
 */
export async function tryOrReport(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SetupError) say(error.message);
    else say(`Set-up failed: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

if (argv[1] !== undefined && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  const done = await tryOrReport(() => setup('unattended'));
  if (done === undefined) process.exitCode = 1;
}
