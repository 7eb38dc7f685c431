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

/** Makes npm print errors only, and fail soon. */
export const npmFlags = [
  '--loglevel=error',
  '--no-fund',
  '--no-audit',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=10000',
];

/** Installs the packages of package-lock.json if they are not installed yet. */
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
 * Whether npm's record of node_modules matches the lock file; it lacks other systems' optional packages.
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
    return undefined; // missing or incomplete
  }
}

/** This Node's npm, as `npm start` names it, or else the one on PATH. */
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

/** The environment for a child npm, without an outer npm's options other than those for the registry. */
export function npmEnv() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_/i.test(name) || registrySettings.test(name),
  );
  // Electron has its own step; some wrappers would download it now.
  return {
    ...Object.fromEntries(kept),
    NODE_ENV: 'development',
    ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
  };
}
