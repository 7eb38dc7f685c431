import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { ended, endedWithUs, whileRunning } from './ended.ts';

const LOGIND = { name: 'org.freedesktop.login1', path: '/org/freedesktop/login1' };

/** The system's login manager, on a system bus of its own. */
export interface LoginManager {
  /** What makes a program use this bus. */
  readonly env: NodeJS.ProcessEnv;
  /** Who holds the machine's shutdown or sleep back at the moment. */
  inhibitors(what: 'shutdown' | 'sleep'): Promise<string[]>;
  /** Says that the machine is about to shut down, or to sleep (true) or has woken up (false). */
  prepareFor(what: 'Shutdown' | 'Sleep', starting: boolean): Promise<void>;
  /** Begins a login session, which is on the screen and not locked. */
  addSession(id: string): Promise<void>;
  /** Tells of a session: a signal, or a property by its new value. */
  tell(
    id: string,
    what: 'Lock' | 'Unlock' | 'LockedHint' | 'Active',
    value?: boolean,
  ): Promise<void>;
  close(): Promise<void>;
}

// Who may do what is none of the test's business: everybody may do everything.
const busConfig = (address: string): string => `<busconfig>
  <type>system</type>
  <listen>unix:path=${address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    <allow user="*"/>
  </policy>
</busconfig>
`;

/** Starts a system bus with logind, as python3-dbusmock plays it, on it. */
export async function openLoginManager(): Promise<LoginManager> {
  const folder = await mkdtemp(path.join(tmpdir(), 'signoff-bus-'));
  const socket = path.join(folder, 'bus');
  const config = path.join(folder, 'bus.conf');
  await writeFile(config, busConfig(socket));
  const env = { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${socket}` };

  const busArgs = [`--config-file=${config}`, '--nofork', '--nopidfile', '--print-address'];
  const bus = endedWithUs(spawn('dbus-daemon', busArgs, { stdio: ['ignore', 'pipe', 'ignore'] }));
  await whileRunning(bus, once(createInterface({ input: bus.stdout }), 'line'));
  const mock = endedWithUs(
    spawn('/usr/bin/python3', ['-m', 'dbusmock', '--system', '--template', 'logind'], {
      stdio: 'ignore',
      env: { ...process.env, ...env },
    }),
  );

  const gdbus = async (command: string, ...args: string[]): Promise<string> => {
    const options = { env: { ...process.env, ...env } };
    return (await promisify(execFile)('gdbus', [command, '--system', ...args], options)).stdout;
  };
  const call = (method: string, ...args: string[]): Promise<string> =>
    gdbus('call', '-d', LOGIND.name, '-o', LOGIND.path, '-m', method, ...args);
  await whileRunning(mock, gdbus('wait', LOGIND.name));

  return {
    env,
    async inhibitors(what) {
      const list = await call(`${LOGIND.name}.Manager.ListInhibitors`);
      return [...list.matchAll(/\('([^']*)', '([^']*)', '[^']*', 'delay'/g)]
        .filter(([, kinds = '']) => kinds.split(':').includes(what))
        .map(([, , who = '']) => who);
    },
    async prepareFor(what, starting) {
      await call(
        'org.freedesktop.DBus.Mock.EmitSignal',
        `${LOGIND.name}.Manager`,
        `PrepareFor${what}`,
        'b',
        `[<${String(starting)}>]`,
      );
    },
    async addSession(id) {
      await call('org.freedesktop.DBus.Mock.AddSession', id, 'seat0', '1000', 'ann', 'true');
    },
    async tell(id, what, value) {
      const session = ['-d', LOGIND.name, '-o', `${LOGIND.path}/session/${id}`, '-m'];
      const said =
        value === undefined
          ? ['EmitSignal', `${LOGIND.name}.Session`, what, '', '[]']
          : ['UpdateProperties', `${LOGIND.name}.Session`, `{'${what}': <${value}>}`];
      const [method = '', ...args] = said;
      await gdbus('call', ...session, `org.freedesktop.DBus.Mock.${method}`, ...args);
    },
    async close() {
      for (const child of [mock, bus]) await ended(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
