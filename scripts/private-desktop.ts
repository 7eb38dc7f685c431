import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { looksArgs, looksEnv } from './desktop-looks.ts';
import { SetupError } from './setup/step.mjs';

/** A Linux desktop that is isolated from the user's own. */
export interface PrivateDesktop {
  /** The environment for its programs: this process's own, and undefined for what must not be in it. */
  env: NodeJS.ProcessEnv;
  /** Electron's extra arguments, before the app's folder. */
  electronArgs: string[];
  close(): Promise<void>;
}

type Stdio = ChildProcess['stdio'][number];

const readyWithinMs = 20_000;

// The bus starts no services itself.
const busConfig = (socketFolder: string) => `<busconfig>
  <type>session</type>
  <listen>unix:dir=${socketFolder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/**
 * Starts a display, a session bus and an unlocked, empty keyring, and waits until each is ready. All end with
 * `close`, or with this process.
 */
export async function openPrivateDesktop(): Promise<PrivateDesktop> {
  const home = mkdtempSync(join(tmpdir(), 'signoff-desktop-'));
  const children: ChildProcess[] = [];
  const start = (command: string, args: string[], stdio: StdioOptions, env: NodeJS.ProcessEnv) => {
    // In their own groups: a signal to the terminal's group must not end the display of a running app.
    const child = spawn(command, args, { stdio, env, detached: true });
    children.push(child);
    return child;
  };

  const killAll = () => {
    for (const child of children.toReversed()) child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  };
  // An unhandled signal would end the process without its exit handlers.
  const onSignal = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  process.on('exit', killAll);
  for (const signal of signals) process.on(signal, onSignal);

  const close = async () => {
    process.off('exit', killAll);
    for (const signal of signals) process.off(signal, onSignal);
    const running = children.filter(
      (child) => child.exitCode === null && child.signalCode === null && child.pid,
    );
    const ended = Promise.all(
      running.map((child) => new Promise((resolve) => child.once('exit', resolve))),
    );
    killAll();
    await ended;
    rmSync(home, { recursive: true, force: true });
  };

  try {
    const env = privateEnv(home);
    const bus = start('dbus-daemon', busArgs(home), ['ignore', 'pipe', 'pipe'], env);
    env['DBUS_SESSION_BUS_ADDRESS'] = await firstLine(bus, bus.stdout, 'The session bus');
    const xvfb = start('Xvfb', xvfbArgs, ['ignore', 'ignore', 'pipe', 'pipe'], env);
    env['DISPLAY'] = `:${await firstLine(xvfb, xvfb.stdio[3], 'The display')}`;
    const args = ['--foreground', '--unlock', '--components=secrets'];
    const keyring = start('gnome-keyring-daemon', args, ['pipe', 'ignore', 'pipe'], env);
    keyring.stdin?.end('private');
    const named = start(
      'gdbus',
      ['wait', '--session', 'org.freedesktop.secrets'],
      ['ignore', 'ignore', 'pipe'],
      env,
    );
    await Promise.race([succeeded(named, 'The keyring'), failed(keyring, 'The keyring')]);
    return { env, electronArgs: ['--password-store=gnome-libsecret', ...looksArgs], close };
  } catch (error) {
    await close();
    throw error;
  }
}

// Large enough for our windows, and reachable by its local socket only. Without -noreset it begins anew when its
// last program has gone, and turns a next one down that comes at that moment.
const xvfbArgs = '-displayfd 3 -screen 0 1600x1200x24 -nolisten tcp -noreset'.split(' ');

function busArgs(home: string): string[] {
  const config = join(home, 'bus.conf');
  writeFileSync(config, busConfig(home));
  return [`--config-file=${config}`, '--nofork', '--nopidfile', '--print-address'];
}

function privateEnv(home: string): NodeJS.ProcessEnv {
  const folders = Object.fromEntries(
    Object.entries({
      XDG_DATA_HOME: 'data',
      XDG_CONFIG_HOME: 'config',
      XDG_CACHE_HOME: 'cache',
      XDG_STATE_HOME: 'state',
      XDG_RUNTIME_DIR: 'run',
    }).map(([name, folder]) => [name, join(home, folder)]),
  );
  for (const folder of Object.values(folders)) mkdirSync(folder, { mode: 0o700 });
  return {
    ...process.env,
    ...usersOwn,
    ...folders,
    ...looksEnv(home, join(home, 'config')),
    NO_AT_BRIDGE: '1',
    XDG_SESSION_TYPE: 'x11',
  };
}

/** Where the user's own desktop would be found. */
const usersOwn = {
  DISPLAY: undefined,
  WAYLAND_DISPLAY: undefined,
  XAUTHORITY: undefined,
  XDG_SESSION_ID: undefined,
  GNOME_KEYRING_CONTROL: undefined,
};

/** The first line that a service prints when it is ready. */
function firstLine(child: ChildProcess, output: Stdio, what: string): Promise<string> {
  const line = new Promise<string>((resolve) => {
    let text = '';
    output?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end !== -1) resolve(text.slice(0, end).trim());
    });
  });
  return Promise.race([line, failed(child, what)]);
}

/** Waits for a helper that exits by itself. */
function succeeded(child: ChildProcess, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new SetupError(`${what} of the private desktop did not come up.`));
    });
    child.once('error', (error) => reject(cannotStart(what, error.message)));
  });
}

/** Never resolves: rejects when a service exits, or is not ready in time. */
function failed(child: ChildProcess, what: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const timer = setTimeout(() => {
      reject(cannotStart(what, `no answer within ${readyWithinMs / 1000} s`));
    }, readyWithinMs);
    timer.unref();
    child.once('error', (error) => reject(cannotStart(what, error.message)));
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      reject(
        cannotStart(what, said.trim().split('\n').at(-1) || `it ended with ${code ?? signal}`),
      );
    });
  });
}

function cannotStart(what: string, why: string): SetupError {
  return new SetupError(`${what} of the private desktop could not be started: ${why}.`);
}
