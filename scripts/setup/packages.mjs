import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, logPath, root, run, say } from './step.mjs';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 */
/** @typedef {Record<string, LockedPackage>} LockedPackages */

/** How a child npm behaves: it says what went wrong, and soon, and nothing else. */
export const npmFlags = [
  '--loglevel=error',
  '--no-fund',
  '--no-audit',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=10000',
];

/**
 * Installs the packages of package-lock.json, unless they are what is installed already.
 */
export async function installPackages() {
  const wanted = readLock(join(root, 'package-lock.json'));
  if (wanted === undefined)
    throw new SetupError(
      'package-lock.json is missing or cannot be read: get it back from the repository.',
    );
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (installed !== undefined && areInstalled(wanted, installed)) return;

  say('Installing packages (about a minute)…');
  const npm = npmCommand();
  const result = await run({
    command: npm.command,
    args: [...npm.args, 'ci', '--include=dev', ...npmFlags],
    env: npmEnv(),
  });
  if (!result.ok) {
    throw new SetupError(
      `The packages could not be installed: ${result.reason} (everything npm said: ${logPath()}).`,
    );
  }
}

/**
 * Whether npm's record of what is in node_modules fits the lock file. It is there after `npm ci` and
 * `npm install` alike, and leaves out only optional packages made for other systems.
 * @param {LockedPackages} wanted
 * @param {LockedPackages} installed
 */
function areInstalled(wanted, installed) {
  const nothingMissing = Object.entries(wanted).every(
    ([path, { optional }]) => path === '' || optional === true || path in installed,
  );
  const nothingElse = Object.entries(installed).every(([path, { version, integrity }]) => {
    const locked = wanted[path];
    return locked !== undefined && locked.version === version && locked.integrity === integrity;
  });
  return nothingMissing && nothingElse;
}

/**
 * @param {string} file
 * @returns {LockedPackages | undefined}
 */
function readLock(file) {
  try {
    /** @type {{ packages?: LockedPackages }} */
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    return lock.packages;
  } catch {
    return undefined; // missing or torn: as good as not there
  }
}

/** The npm that belongs to this Node; `npm start` names it, and without it PATH does. */
export function npmCommand() {
  const script = process.env['npm_execpath'];
  if (script !== undefined && /npm-cli\.c?js$/.test(script))
    return { command: process.execPath, args: [script] };
  return process.platform === 'win32'
    ? { command: process.env['ComSpec'] ?? 'cmd.exe', args: ['/d', '/s', '/c', 'npm'] }
    : { command: 'npm', args: [] };
}

const registrySettings =
  /^npm_config_(?:registry|.*proxy|ca|cafile|cert|key|strict_ssl|cache|userconfig|globalconfig|fetch_.*|maxsockets|offline|prefer_.*|.*auth.*|\/\/.*|@.*)$/i;

/**
 * The environment for a child npm: what an outer `npm start` was asked (silence, a prefix, a dry run)
 * is not meant for it; how the registry is reached is.
 */
export function npmEnv() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_/i.test(name) || registrySettings.test(name),
  );
  // Some wrappers of Electron fetch it while being installed; it has a step of its own here.
  return {
    ...Object.fromEntries(kept),
    NODE_ENV: 'development',
    ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
  };
}
