// Installs what a fresh clone needs. It runs on the system's Node without packages, does only what is missing,
// and is silent if nothing is.
import { argv } from 'node:process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installElectron } from './setup/electron.mjs';
import { checkNode, checkNodeForScripts } from './setup/node.mjs';
import { installPackages } from './setup/packages.mjs';
import { SetupError, say } from './setup/step.mjs';
import { installSystemPackages } from './setup/system.mjs';

/**
 * What set-up is for: `tools` for checks and builds, `app` also to run the app on this desktop, `unattended`
 * also to run it without a desktop, `tests` also for all that the tests take, `windows` for the tests on Windows.
 * @typedef {'tools' | import('./setup/system.mjs').SystemPurpose} Purpose
 */

/**
 * Sets up what a purpose needs.
 * @param {Purpose} purpose
 * @returns {Promise<{ env: Record<string, string> }>} additions to the environment
 */
export async function setup(purpose) {
  checkNode();
  await installPackages();
  checkNodeForScripts();
  if (purpose === 'tools') return { env: {} };
  // Electron has a stand-in on Windows.
  const env = purpose === 'windows' ? {} : await installElectron();
  await installSystemPackages(purpose);
  return { env };
}

/**
 * Prints a failure in one sentence instead of a stack trace.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T | undefined>} undefined on failure
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
  const done = await tryOrReport(() => setup('tests'));
  if (done === undefined) process.exitCode = 1;
}
