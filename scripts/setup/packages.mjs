import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { nodeName } from './node.mjs';
import { SetupError, cache, logPath, root, run, say } from './step.mjs';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 */
/** @typedef {Record<string, LockedPackage>} LockedPackages */

const npmVersion = '11.21.2';

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
  const npm = leavesPackagesOut() ? await fetchNpm(wanted) : npmCommand();
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
 * Whether npm's record of node_modules matches the lock file, and the folders; it lacks other systems' optional
 * packages.
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
  const nothingLost = Object.keys(installed).every((path) =>
    existsSync(join(root, path, 'package.json')),
  );
  return nothingMissing && nothingElse && nothingLost;
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

/** Whether npm would leave out this system's own packages, silently, because this Node is too old for them. */
function leavesPackagesOut() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12);
}

/**
 * A newer npm, on the project's Node.
 * @param {LockedPackages} wanted
 */
async function fetchNpm(wanted) {
  const folder = join(cache, 'npm-for-setup');
  const at = (/** @type {string[]} */ ...parts) => join(folder, 'node_modules', ...parts);
  const newer = { command: at('node', 'bin', nodeName), args: [at('npm', 'bin', 'npm-cli.js')] };
  // npm writes it last.
  const isComplete = () => existsSync(at('.package-lock.json')) && existsSync(newer.command);
  if (isComplete()) return newer;

  const packages = [`node@${wanted['node_modules/node']?.version}`, `npm@${npmVersion}`];
  say(
    `Node ${process.versions.node} is too old for some packages: fetching ${packages.join(' and ')} for this set-up…`,
  );
  const npm = npmCommand();
  const result = await run({
    command: npm.command,
    args: [...npm.args, 'install', `--prefix=${folder}`, '--no-save', ...npmFlags, ...packages],
    env: npmEnv(),
  });
  if (result.ok && isComplete()) return newer;
  const reason = result.ok ? 'its install script has not run' : result.reason;
  throw new SetupError(
    `Node ${process.versions.node} is too old for some packages, and a newer one could not be fetched: ${reason} (details: ${logPath()}). Install Node 24 and try again.`,
  );
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
  const npmCache = process.env['npm_config_cache'] ?? join(homedir(), '.npm');
  return {
    ...Object.fromEntries(kept),
    ...(isWritable(npmCache) ? {} : { npm_config_cache: join(cache, 'npm') }),
    NODE_ENV: 'development',
    // Electron has its own step; some wrappers would download it now.
    ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
  };
}

/** Whether a folder can be written to, or be made. */
function isWritable(/** @type {string} */ folder) {
  if (!existsSync(folder) && folder !== dirname(folder)) return isWritable(dirname(folder));
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false; // the home of a service's account, say
  }
}
