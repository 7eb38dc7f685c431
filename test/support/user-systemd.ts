import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { endedWithUs } from './ended.ts';
import { isRoot } from './ordinary-user.ts';
import { takes } from './takes.ts';

const SYSTEMD = '/usr/lib/systemd/systemd';
const SYSTEMS_UNITS = '/usr/lib/systemd/user';
/** What a user's systemd needs of the system's units; of the others, some would open the person's own sockets. */
const NEEDED_UNITS = [
  'app.slice',
  'basic.target',
  'default.target',
  'exit.target',
  'graphical-session.target',
  'paths.target',
  'shutdown.target',
  'sockets.target',
  'systemd-exit.service',
  'timers.target',
];
/** A desktop's session: `graphical-session.target` cannot be started by hand. */
const SESSION = 'test-session.target';
const SESSION_TEXT = `[Unit]
Description=A desktop's session
BindsTo=graphical-session.target
Before=graphical-session.target
`;

/** Where its processes are counted; null where there are no control groups of the second version. */
const cgroups = process.platform === 'linux' ? cgroupsFolder() : null;
export const hasUserSystemd = isRoot && cgroups !== null && mayRun(SYSTEMD);
export const TAKES_USER_SYSTEMD = takes('root, systemd, and control groups of version 2');

/** The systemd of one user, in a mount namespace and a control group of its own. */
export interface UserSystemd {
  /** Begins the desktop's session. */
  beginSession(): Promise<void>;
  endSession(): Promise<void>;
  /** A property of a unit, as systemd writes it. */
  property(unit: string, name: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts one that knows the units which `addUnits` lays into its folder. `env` is the environment of whatever it
 * starts.
 */
export async function openUserSystemd(
  env: NodeJS.ProcessEnv,
  addUnits: (folder: string) => Promise<void>,
): Promise<UserSystemd> {
  const folder = mkdtempSync(path.join(tmpdir(), 'signoff-systemd-'));
  const units = path.join(folder, 'units');
  const runtime = path.join(folder, 'run');
  mkdirSync(units);
  mkdirSync(runtime, { mode: 0o700 });
  for (const name of NEEDED_UNITS) {
    const unit = path.join(SYSTEMS_UNITS, name);
    if (existsSync(unit)) copyFileSync(unit, path.join(units, name));
  }
  writeFileSync(path.join(units, SESSION), SESSION_TEXT);
  await addUnits(units);

  const group = path.basename(folder);
  const groupFolder = path.join(cgroups ?? '', group);
  mkdirSync(groupFolder);
  const script = [
    'mount --make-rprivate /',
    // systemctl asks by this folder whether systemd runs here.
    'mount -t tmpfs tmpfs /run',
    'mkdir -p /run/systemd/system',
    'umount -R /sys/fs/cgroup',
    'mount -t cgroup2 cgroup2 /sys/fs/cgroup',
    `echo $$ >'/sys/fs/cgroup/${group}/cgroup.procs'`,
    `exec ${SYSTEMD} --user --log-target=console`,
  ].join(' && ');
  const systemd = endedWithUs(
    spawn('unshare', ['--mount', 'sh', '-c', script], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...env, XDG_RUNTIME_DIR: runtime, SYSTEMD_UNIT_PATH: units },
    }),
  );
  let said = '';
  systemd.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  // Whatever it has started goes with it.
  const kill = (): void => writeFileSync(path.join(groupFolder, 'cgroup.kill'), '1');
  process.once('exit', kill);

  const systemctl = async (...args: readonly string[]): Promise<string> => {
    const within = ['--mount', `--target=${systemd.pid}`, 'systemctl', '--user', ...args];
    const { stdout } = await promisify(execFile)('nsenter', within, {
      env: { ...process.env, XDG_RUNTIME_DIR: runtime },
    });
    return stdout.trim();
  };
  await until(() => existsSync(path.join(runtime, 'systemd/private')));
  return {
    beginSession: async () => void (await systemctl('start', SESSION)),
    endSession: async () => void (await systemctl('stop', SESSION)),
    property: (unit, name) => systemctl('show', '--value', `--property=${name}`, unit),
    async close() {
      process.off('exit', kill);
      const isOver = systemd.exitCode !== null || systemd.signalCode !== null;
      const exit = isOver ? null : once(systemd, 'exit');
      kill();
      await exit;
      await until(() => isEmpty(groupFolder));
      removeGroup(groupFolder);
      rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
    },
  };

  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (systemd.exitCode !== null) throw new Error(`systemd ended too early:\n${said}`);
      await sleep(20);
    }
  }
}

function isEmpty(group: string): boolean {
  return readFileSync(path.join(group, 'cgroup.events'), 'utf8').includes('populated 0');
}

/** Removes a control group and those below it, which are folders whose files cannot be removed. */
function removeGroup(group: string): void {
  for (const entry of readdirSync(group, { withFileTypes: true })) {
    if (entry.isDirectory()) removeGroup(path.join(group, entry.name));
  }
  rmdirSync(group);
}

function cgroupsFolder(): string | null {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  const [, place] =
    mounts.map((line) => line.split(' ')).find(([, , type]) => type === 'cgroup2') ?? [];
  return place !== undefined && existsSync(path.join(place, 'cgroup.procs')) ? place : null;
}

function mayRun(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    // It is not here.
    return false;
  }
}
