import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';

/** What the operating system is asked; handed in so that each system's answer can be tested on any. */
export interface LoginSources {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly userName: string;
  /** Null where the system numbers nobody. */
  readonly userId: number | null;
  readFile(path: string): Promise<string>;
  run(command: string, args: readonly string[]): Promise<string>;
}

export const systemLoginSources: LoginSources = {
  platform: process.platform,
  env: process.env,
  // Asked only when it is needed: it throws for someone without an entry among the system's users.
  get userName() {
    return userInfo().username;
  },
  get userId() {
    return process.getuid?.() ?? null;
  },
  readFile: (path) => readFile(path, 'utf8'),
  run: async (command, args) => {
    // What the answer looks like must not depend on the person's language and time zone.
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const options = { env, timeout: 3_000, windowsHide: true };
    return (await promisify(execFile)(command, args, options)).stdout;
  },
};

/**
 * Names this login of this person to this machine: another one after a reboot or a new login, the
 * same after a crash of the app. Null where the system does not tell, which counts as another login.
 */
export async function currentLogin(sources: LoginSources): Promise<string | null> {
  try {
    switch (sources.platform) {
      case 'linux':
        return await linuxLogin(sources);
      case 'win32':
        return await windowsLogin(sources);
      case 'darwin':
        return await macLogin(sources);
      default:
        return null;
    }
  } catch {
    // A system that cannot be asked does not tell.
    return null;
  }
}

async function linuxLogin(sources: LoginSources): Promise<string | null> {
  const { env, readFile: read } = sources;
  const session = env['XDG_SESSION_ID'] ?? (await graphicalSession(sources));
  if (session === '') return null;
  // Session ids begin anew at each boot.
  const boot = (await read('/proc/sys/kernel/random/boot_id')).trim();
  return boot === '' ? null : `${boot}/${session}`;
}

/**
 * Where a desktop starts its apps by systemd (GNOME does), they have no `XDG_SESSION_ID`: logind is asked
 * for the session that the person's display belongs to.
 */
async function graphicalSession({ run, userId }: LoginSources): Promise<string> {
  if (userId === null) return '';
  const args = ['show-user', String(userId), '--property=Display', '--value'];
  return (await run('loginctl', args)).trim();
}

/** The logon id (LUID) is unique until the next boot: S-1-5-5-X-Y. */
async function windowsLogin({ run }: LoginSources): Promise<string | null> {
  return /S-1-5-5-\d+-\d+/.exec(await run('whoami', ['/logonid']))?.[0] ?? null;
}

/** The person's own `loginwindow` lives as long as their login does; its start tells it apart. */
async function macLogin({ run, userName }: LoginSources): Promise<string | null> {
  const processes = await run('ps', ['-axww', '-o', 'user=,lstart=,comm=']);
  const line = processes
    .split('\n')
    .find((text) => text.startsWith(`${userName} `) && text.endsWith('/loginwindow'));
  return line === undefined
    ? null
    : line
        .slice(userName.length)
        .replace(/\s\/.*$/, '')
        .trim();
}
