// electron-builder's own NSIS installer with Signoff's part of it, 64-bit, around a stand-in for Electron.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import * as z from 'zod';
import { root } from '../../scripts/setup/step.mjs';
import { type PracticeServer, startPracticeServer } from '../../simulator/practice-server.ts';
import { agentSession } from '../support/practice-sessions.ts';
import { takes } from '../support/takes.ts';
import { appArguments, endSession, SHUTDOWN, statusSchema } from './signoff.ts';
import { type Exit, NODE, newWindows, type Program, windowsPath } from './wine.ts';

const TOOLS = ['makensis', '7zz', 'x86_64-w64-mingw32-gcc'];
const missing = TOOLS.filter((tool) => spawnSync('which', [tool]).status !== 0);

const folder = mkdtempSync(path.join(tmpdir(), 'signoff-installer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const madeSchema = z.object({ packed: z.string(), installers: z.tuple([z.string(), z.string()]) });
let made: z.infer<typeof madeSchema>;

const PERSONS = 'C:\\users\\agent\\AppData\\Local\\Programs\\Signoff';
const EVERYBODYS = 'C:\\Program Files\\Signoff';
const POLICIES = 'HKLM\\Software\\Policies\\Signoff';
const ENVIRONMENT_OF_ALL = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';

/** A fresh Windows in which Signoff has been installed for its one person, or for the machine. */
async function install(mode: '/currentuser' | '/allusers' = '/currentuser') {
  const windows = newWindows();
  const onDrive = (file: string): string =>
    path.join(windows.drive, file.replace('C:\\', '').replaceAll('\\', '/'));
  const local = onDrive('C:\\users\\agent\\AppData\\Local');
  const installedIn = mode === '/allusers' ? EVERYBODYS : PERSONS;
  const program = onDrive(installedIn);
  const log = path.join(mkdtempSync(path.join(folder, 'app-')), 'log');
  const env = {
    SIGNOFF_TEST_PACKED: windowsPath(made.packed),
    SIGNOFF_TEST_FOLDER: windowsPath(root),
    SIGNOFF_TEST_RUN: [
      windowsPath(path.join(root, NODE.replaceAll('\\', '/'))),
      ...appArguments,
    ].join(' '),
    SIGNOFF_TEST_LOG: windowsPath(log),
  };
  const run = (file: string, args: readonly string[], input = ''): Promise<Exit> =>
    windows.run([file, ...args], { env, input });
  const exe = `${installedIn}\\Signoff.exe`;
  const started = (): number => {
    const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
    const times = (what: string): number => text.split(what).length - 1;
    return Math.min(times('"event":"ready"'), times('stand-in: listens'));
  };

  copyFileSync(
    path.join(folder, 'rstrtmgr.dll'),
    path.join(windows.drive, 'windows/system32/rstrtmgr.dll'),
  );
  const setUp = async (key: string, name: string, value: string): Promise<void> =>
    expect(await windows.run(['reg', 'add', key, '/v', name, '/d', value, '/f'])).toMatchObject({
      code: 0,
    });
  await setUp('HKCU\\Software\\Wine\\DllOverrides', 'rstrtmgr', 'native');
  await setUp('HKCU\\Environment', 'Path', 'C:\\tools');
  onTestFinished(async () => void (await windows.run(['server', '--kill'])));
  expect(await run(windowsPath(made.installers[0]), ['/S', mode])).toMatchObject({
    code: 0,
  });

  return {
    local,
    program,
    log: () => readFileSync(log, 'utf8'),
    run,
    /** A value of the registry. */
    async value(key: string, name: string): Promise<string | undefined> {
      const { out } = await windows.run(['reg', 'query', key, '/v', name]);
      return /REG_\w+\s+(.*?)\s*$/m.exec(out)?.[1];
    },
    /** Removes it, and waits until it is gone: the uninstaller goes on as a copy of itself. */
    async remove(): Promise<void> {
      const uninstaller = `${installedIn}\\Uninstall Signoff.exe`;
      expect(await run(uninstaller, ['/S', mode])).toMatchObject({ code: 0 });
      await vi.waitFor(() => expect(existsSync(program)).toBe(false), {
        timeout: 60_000,
        interval: 100,
      });
    },
    /** Starts the app, and resolves when it is ready. */
    async start(): Promise<Program> {
      const before = started();
      const app = windows.start([exe, '--hidden'], { env });
      await this.untilStarted(before + 1);
      return app;
    },
    shutDown: () => endSession(windows, SHUTDOWN),
    /** Ends the app's process as Windows' task manager does. */
    kill: () => windows.run(['taskkill', '/F', '/IM', path.win32.basename(NODE)]),
    /** Lays down a policy for the machine. */
    policy: (name: string, value: string) => setUp(POLICIES, name, value),
    /** Has the app hold a session of that server. */
    async hold(server: PracticeServer): Promise<void> {
      const session = JSON.stringify(agentSession(server, 'one'));
      expect(await run(exe, ['hold'], session)).toMatchObject({ code: 0 });
    },
    /** Waits until the app has been started so many times. */
    untilStarted: (times: number) =>
      vi.waitFor(
        () => {
          if (started() !== times) throw new Error(`started ${started()} times`);
        },
        { timeout: 60_000, interval: 100 },
      ),
    async held(): Promise<readonly string[]> {
      const { out } = await run(exe, ['status', '--json']);
      return statusSchema.parse(JSON.parse(out)).held.map(({ label }) => label);
    },
  };
}

async function newServer() {
  const server = await startPracticeServer();
  onTestFinished(() => server.close());
  return server;
}

/** Whether each logoff that the server received was forced. */
const logoffs = ({ received }: PracticeServer): readonly unknown[] =>
  received.filter(({ call }) => call === 'logoff').map(({ forced }) => forced);

describe.skipIf(missing.length > 0)('the installer for Windows', takes(TOOLS.join(', ')), () => {
  beforeAll(() => {
    const pack = path.join(import.meta.dirname, 'installer/pack.ts');
    const packed = spawnSync(process.execPath, [pack, folder, '0.1.0', '0.2.0'], {
      encoding: 'utf8',
    });
    if (packed.status !== 0) throw new Error(`${packed.stdout}${packed.stderr}`);
    const text = readFileSync(path.join(folder, 'made.json'), 'utf8');
    made = madeSchema.parse(JSON.parse(text));
  }, 300_000);

  test('installs for one person, and a removal signs off and leaves nothing but what is theirs', async () => {
    const server = await newServer();
    const installed = await install();
    expect(readdirSync(installed.program)).toEqual(
      expect.arrayContaining(['Signoff.exe', 'Uninstall Signoff.exe', 'bin', 'resources']),
    );
    expect(await installed.value('HKCU\\Environment', 'Path')).toBe(`C:\\tools;${PERSONS}\\bin`);
    expect(existsSync(path.join(installed.local, 'signoff-updater/installer.exe'))).toBe(true);

    await installed.start();
    await installed.hold(server);

    await installed.remove();
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
    expect(await installed.value('HKCU\\Environment', 'Path')).toBe('C:\\tools');
    expect(existsSync(path.join(installed.local, 'signoff-updater'))).toBe(false);
    expect(readdirSync(path.join(installed.local, 'Signoff'))).not.toEqual([]);
  });

  test('installs for the machine: everybody starts it at login, and has its command on their PATH', async () => {
    const installed = await install('/allusers');
    const run = 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';
    expect(await installed.value(run, 'Signoff')).toBe(
      `"${EVERYBODYS}\\Signoff.exe" --hidden --at-login`,
    );
    const all = await installed.value(ENVIRONMENT_OF_ALL, 'Path');
    expect(all?.endsWith(`;${EVERYBODYS}\\bin`)).toBe(true);
    // No app runs.
    const command = ['/c', `${EVERYBODYS}\\bin\\signoff.cmd`, 'quit'];
    expect(await installed.run('cmd', command)).toMatchObject({ code: 4 });

    await installed.remove();
    expect(await installed.value(run, 'Signoff')).toBeUndefined();
    expect(`${await installed.value(ENVIRONMENT_OF_ALL, 'Path')};${EVERYBODYS}\\bin`).toBe(all);
  });

  test('the app that it installed signs off before Windows shuts down', async () => {
    const server = await newServer();
    const installed = await install();
    const app = await installed.start();
    await installed.hold(server);
    const [answer] = await installed.shutDown();
    await app.exited;
    expect(answer).toMatchObject({ answered: true, answer: 1 });
    expect(answer?.ms).toBeLessThan(4_000);
    expect(logoffs(server)).toEqual([true]);
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
    await installed.start();
    expect(await installed.held()).toEqual([]);
    expect(logoffs(server)).toEqual([true]);
  });

  test('the app that it installed ends at its start what one that was killed held', async () => {
    const server = await newServer();
    const installed = await install();
    // Otherwise it asks for a minute first.
    await installed.policy('leftover', 'sign-off');
    const app = await installed.start();
    await installed.hold(server);
    expect(await installed.kill()).toMatchObject({ code: 0 });
    await app.exited;
    expect(server.sessions.map(({ over }) => over)).toEqual([false]);
    await installed.start();
    await vi.waitFor(() => expect(server.sessions.map(({ over }) => over)).toEqual([true]), {
      timeout: 60_000,
      interval: 100,
    });
    expect(logoffs(server)).toEqual([true]);
    await vi.waitFor(async () => expect(await installed.held()).toEqual([]), { timeout: 60_000 });
  });

  test('an upgrade while the app runs is announced to it: the newer one goes on holding', async () => {
    const server = await newServer();
    const installed = await install();
    await installed.start();
    await installed.hold(server);

    const newer = windowsPath(made.installers[1]);
    expect(await installed.run(newer, ['/S'])).toMatchObject({ code: 0 });
    await installed.untilStarted(2);
    expect(await installed.held()).toEqual(['one']);
    expect(server.sessions.map(({ over }) => over)).toEqual([false]);
    expect(installed.log()).not.toContain('stand-in: opens its window');
  });

  test('an update of its own opens no window', async () => {
    const installed = await install();
    await installed.start();
    const newer = windowsPath(made.installers[1]);
    expect(await installed.run(newer, ['--updated', '/S', '--force-run'])).toMatchObject({
      code: 0,
    });
    await installed.untilStarted(2);
    expect(await installed.held()).toEqual([]);
    expect(installed.log()).not.toContain('stand-in: opens its window');
  });
});
