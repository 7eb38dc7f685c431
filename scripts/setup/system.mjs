import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError, logPath, run, say } from './step.mjs';

/**
 * A requirement on a Linux system, and its Debian packages. Newer releases have renamed some: the newer name
 * comes first.
 * @typedef {object} Need
 * @property {'app' | 'unattended'} for
 * @property {string} [library]
 * @property {string} [command]
 * @property {string} [file]
 * @property {string[]} packages
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
];

/**
 * Installs missing system packages on Debian as root; otherwise throws which are missing.
 * @param {'app' | 'unattended'} purpose
 */
export async function installSystemPackages(purpose) {
  if (process.platform !== 'linux') return;
  const missing = missingOf(needs.filter((need) => need.for === 'app' || purpose === 'unattended'));
  if (missing.length === 0) return;

  if (!isOnPath('apt-get')) {
    const things = missing
      .map(({ library, command, file }) => library ?? command ?? file)
      .join(', ');
    throw new SetupError(
      `This system lacks ${things}: install what brings them with its package manager and try again.`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `Some system packages are missing; install them with: sudo apt-get install -y --no-install-recommends ${choosePackages(missing).join(' ')}`,
    );
  }

  say(`Installing system packages: ${missing.map(({ packages }) => packages.at(-1)).join(' ')}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await run({ command: 'apt-get', args: ['update', '-q'], env });
  const chosen = choosePackages(missing);
  // The known package lists may do after a failed update.
  const installed = await run({
    command: 'apt-get',
    args: ['install', '-q', '-y', '--no-install-recommends', ...chosen],
    env,
  });
  if (!installed.ok) {
    const reason = updated.ok
      ? installed.reason
      : `${installed.reason}; apt-get update: ${updated.reason}`;
    throw new SetupError(
      `The system packages ${chosen.join(' ')} could not be installed: ${reason} (details: ${logPath()}).`,
    );
  }
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
