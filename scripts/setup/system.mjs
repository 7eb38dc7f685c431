import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError, logPath, run, say } from './step.mjs';

/**
 * What system packages are for; each needs all that stands before it, too, but for `windows`, the tests on Windows.
 * @typedef {'app' | 'unattended' | 'tests' | 'windows'} SystemPurpose
 */
/** @type {SystemPurpose[]} */
const purposes = ['app', 'unattended', 'tests'];

/**
 * A requirement on a Linux system, and its Debian packages. Newer releases have renamed some: the newer name
 * comes first.
 * @typedef {object} Need
 * @property {SystemPurpose} for
 * @property {string} [library]
 * @property {string} [command]
 * @property {string} [file]
 * @property {string[]} packages
 * @property {boolean} [optional] without it, tests are skipped
 */
/** @type {Need[]} */
const needs = [
  { for: 'app', library: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { for: 'app', library: 'libnss3.so', packages: ['libnss3'] },
  { for: 'app', library: 'libgbm.so.1', packages: ['libgbm1'] },
  { for: 'app', library: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  // For Electron's notifications and its keyring.
  { for: 'app', library: 'libnotify.so.4', packages: ['libnotify4'] },
  { for: 'app', library: 'libsecret-1.so.0', packages: ['libsecret-1-0'] },
  { for: 'unattended', command: 'Xvfb', packages: ['xvfb'] },
  { for: 'unattended', command: 'dbus-daemon', packages: ['dbus'] },
  { for: 'unattended', command: 'gdbus', packages: ['libglib2.0-bin'] },
  { for: 'unattended', command: 'gnome-keyring-daemon', packages: ['gnome-keyring'] },
  // The tests mock the desktop's panel and the login manager.
  {
    for: 'unattended',
    file: '/usr/lib/python3/dist-packages/dbusmock',
    packages: ['python3-dbusmock'],
  },
  // The tests make certificates, and open what `npm run package` makes.
  { for: 'tests', command: 'openssl', packages: ['openssl'] },
  { for: 'tests', command: 'rpmbuild', packages: ['rpm'], optional: true },
  { for: 'tests', command: 'makensis', packages: ['nsis'], optional: true },
  // What the app connects to, and a server far away.
  { for: 'tests', command: 'strace', packages: ['strace'], optional: true },
  { for: 'tests', command: 'ip', packages: ['iproute2'], optional: true },
  // What starts the app again after a crash.
  { for: 'tests', file: '/usr/lib/systemd/systemd', packages: ['systemd'], optional: true },
  // The tests on Windows make an installer, and what stands in for Electron in it.
  { for: 'windows', command: 'makensis', packages: ['nsis'], optional: true },
  { for: 'windows', command: '7zz', packages: ['7zip-standalone', '7zip'], optional: true },
  {
    for: 'windows',
    command: 'x86_64-w64-mingw32-gcc',
    packages: ['gcc-mingw-w64-x86-64-win32'],
    optional: true,
  },
];

// A machine that has just started may be updating itself.
const waiting = ['-o', 'DPkg::Lock::Timeout=300'];
const aptGet = {
  command: 'apt-get',
  env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
};

/**
 * Installs missing system packages on Debian as root; otherwise throws which are missing.
 * @param {SystemPurpose} purpose
 * @param {{ isRoot: boolean, runStep: typeof run, tell: typeof say }} machine
 */
export async function installSystemPackages(
  purpose,
  { isRoot, runStep, tell } = { isRoot: process.getuid?.() === 0, runStep: run, tell: say },
) {
  if (process.platform !== 'linux') return;
  const covered = new Set([...purposes.slice(0, purposes.indexOf(purpose) + 1), purpose]);
  const missing = missingOf(needs.filter((need) => covered.has(need.for)));
  const optional = missing.filter((need) => need.optional);
  const vital = missing.filter((need) => !need.optional);
  if (missing.length === 0) return;

  const byHand = howByHand(missing, isRoot);
  if (byHand !== undefined) {
    if (vital.length > 0) throw new SetupError(byHand);
    tell(`${byHand} (until then, tests are skipped)`);
    return;
  }

  tell(`Installing system packages: ${missing.map(({ packages }) => packages.at(-1)).join(' ')}…`);
  // An installation that was interrupted keeps apt-get from any other.
  await runStep({ command: 'dpkg', args: ['--configure', '-a'], env: aptGet.env });
  const updated = await runStep({ ...aptGet, args: ['update', '-q'] });
  /** @param {Need[]} wanted */
  const install = async (wanted) => {
    if (wanted.length === 0) return undefined;
    const chosen = choosePackages(wanted);
    const installed = await runStep({
      ...aptGet,
      args: ['install', '-q', '-y', '--no-install-recommends', ...waiting, ...chosen],
    });
    if (installed.ok) return undefined;
    // The known package lists may do after a failed update.
    const reason = updated.ok
      ? installed.reason
      : `${installed.reason}; apt-get update: ${updated.reason}`;
    return `The system packages ${chosen.join(' ')} could not be installed: ${reason} (details: ${logPath()}).`;
  };
  const failure = await install(vital);
  if (failure !== undefined) throw new SetupError(failure);
  const lesserFailure = await install(optional);
  if (lesserFailure !== undefined) tell(`${lesserFailure} Until then, tests are skipped.`);
}

/**
 * What a person has to do where this process can install nothing.
 * @param {Need[]} missing
 * @param {boolean} isRoot
 */
function howByHand(missing, isRoot) {
  if (!isOnPath('apt-get')) {
    const things = missing
      .map(({ library, command, file }) => library ?? command ?? file)
      .join(', ');
    return `This system lacks ${things}: install what brings them with its package manager and try again.`;
  }
  if (isRoot) return undefined;
  const [how, sudo] = isOnPath('sudo') ? ['install', 'sudo '] : ['as root, install', ''];
  return (
    `Some system packages are missing; ${how} them with: ${sudo}apt-get update && ` +
    `${sudo}apt-get install -y --no-install-recommends ${choosePackages(missing).join(' ')}`
  );
}

/** @param {Need[]} wanted */
function missingOf(wanted) {
  const libraries = knownLibraries();
  return wanted.filter(({ library, command, file }) => {
    if (library !== undefined) return !libraries.has(library);
    return command === undefined ? !existsSync(String(file)) : !isOnPath(command);
  });
}

/** The names of the shared libraries that the dynamic linker finds. */
function knownLibraries() {
  const ldconfig =
    ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find((path) => existsSync(path)) ?? 'ldconfig';
  const { stdout } = spawnSync(ldconfig, ['-p'], { encoding: 'utf8' });
  return new Set((stdout ?? '').split('\n').map((line) => line.trim().split(' ')[0]));
}

/** @param {string} command */
function isOnPath(command) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false; // not in this folder
    }
  });
}

/**
 * For each need the first of its packages that this release has.
 * @param {Need[]} missing
 */
function choosePackages(missing) {
  return missing.map(({ packages }) => {
    const known = packages.find((name) => {
      const { stdout } = spawnSync('apt-cache', ['policy', name], {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C' },
      });
      return /^ {2}Candidate: (?!\(none\))/m.test(stdout ?? '');
    });
    return known ?? String(packages.at(-1));
  });
}
