import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { systemRoot } from '../common/system-root.ts';

/** The operating system, handed in so that each one's answers can be tested on any. */
export interface LoginSources {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly userName: string;
  /** Null where the system has no user ids. */
  readonly userId: number | null;
  /** The folder of Windows; empty on other systems. */
  readonly systemRoot: string;
  readFile(path: string): Promise<string>;
  run(command: string, args: readonly string[]): Promise<string>;
}

export const systemLoginSources: LoginSources = {
  platform: process.platform,
  env: process.env,
  // A getter, because it throws for a user without an entry in the system's database.
  get userName() {
    return userInfo().username;
  },
  get userId() {
    return process.getuid?.() ?? null;
  },
  systemRoot: process.platform === 'win32' ? systemRoot(process.env) : '',
  readFile: (path) => readFile(path, 'utf8'),
  run: async (command, args) => {
    // The output must not depend on the person's language and time zone.
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const options = { env, timeout: 3_000, windowsHide: true };
    return (await promisify(execFile)(command, args, options)).stdout;
  },
};

/**
 * Identifies this person's login to this machine: different after a reboot or a new login, the same after a
 * crash of the app. Null where the system does not tell, which counts as another login.
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
    // A failed query is the same as no answer.
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

/** The id that logind has for a Linux login's session. */
export function sessionOfLogin(login: string): string {
  return login.slice(login.indexOf('/') + 1);
}

/** Apps that a desktop starts by systemd, such as GNOME, have no `XDG_SESSION_ID`; logind knows the session. */
async function graphicalSession({ run, userId }: LoginSources): Promise<string> {
  if (userId === null) return '';
  const args = ['show-user', String(userId), '--property=Display', '--value'];
  return (await run('loginctl', args)).trim();
}

/**
 * The logon id (LUID) is unique until the next boot: S-1-5-5-X-Y. Node offers no way to it without a program, and a
 * native module would be foreign code beside the sessions.
 */
async function windowsLogin({ run, systemRoot: root }: LoginSources): Promise<string | null> {
  const whoami = String.raw`${root}\System32\whoami.exe`;
  return /S-1-5-5-\d+-\d+/.exec(await run(whoami, ['/logonid']))?.[0] ?? null;
}

/** The person's own `loginwindow` lives as long as their login, so its start time identifies that. */
async function macLogin({ run, userName }: LoginSources): Promise<string | null> {
  const processes = await run('ps', ['-axww', '-o', 'user=,lstart=,comm=']);
  const line = processes
    .split('\n')
    .find((text) => text.startsWith(`${userName} `) && text.endsWith('/loginwindow'));
  const start = line?.slice(userName.length).replace(/\s\/.*$/, '');
  return start?.trim() ?? null;
}
