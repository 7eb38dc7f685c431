import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type PracticeServer, startPracticeServer } from '../../simulator/practice-server.ts';
import { agentSession } from '../support/practice-sessions.ts';
import { CLOSE_APP, newSignoff, type WindowsSignoff } from './signoff.ts';
import { newWindows, type Windows, windowsPath } from './wine.ts';

let windows: Windows;
beforeAll(() => {
  windows = newWindows();
});

async function newServer(): Promise<PracticeServer> {
  const server = await startPracticeServer();
  onTestFinished(() => server.close());
  return server;
}

async function hold(signoff: WindowsSignoff, server: PracticeServer, name: string): Promise<void> {
  const session = JSON.stringify(agentSession(server, name));
  expect(await signoff.command(['hold'], session)).toMatchObject({ code: 0 });
}

/** What an app that was killed has left, with a session called `left` that it held. */
async function leftByKilled() {
  const server = await newServer();
  const signoff = await newSignoff(windows);
  const killed = await signoff.start();
  await hold(signoff, server, 'left');
  killed.kill();
  await killed.exited;
  return { server, signoff };
}

const isOver = (server: PracticeServer, name: string): boolean | undefined =>
  server.sessions.find(({ sessionId }) => sessionId === `node0${name}secret`)?.over;

/** The files in the data folder whose names end so. */
function files({ dataDir }: WindowsSignoff, end: string): string[] {
  return readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => path.join(dataDir, name));
}

test('without an app, commands say so and how', async () => {
  const signoff = await newSignoff(windows);
  expect(await signoff.command(['--version'])).toMatchObject({ code: 0, out: '0.1.0\n' });
  expect(await signoff.command(['status'])).toMatchObject({
    out: expect.stringContaining('not running'),
  });
  expect(await signoff.command(['quit'])).toMatchObject({ code: 4 });
});

test('an app holds what is handed in by its command line, signs off and quits', async () => {
  const server = await newServer();
  const signoff = await newSignoff(windows);
  const app = await signoff.start();
  const [pipe = ''] = files(signoff, 'control.pipe');
  expect(readFileSync(pipe, 'utf8')).toMatch(/^\\\\\.\\pipe\\signoff-[0-9a-f]{32}\n[0-9a-f]{64}$/);
  await hold(signoff, server, 'one');
  await hold(signoff, server, 'two');
  const { running, held } = await signoff.status();
  expect([running, held.map(({ label }) => label)]).toEqual([true, ['one', 'two']]);

  const [first] = held;
  expect(await signoff.command(['sign-off', first?.id ?? ''])).toMatchObject({ code: 0 });
  expect([isOver(server, 'one'), isOver(server, 'two')]).toEqual([true, false]);
  expect(await signoff.command(['results', '--json'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('"ended"'),
  });

  // The agent leaves: what is held is signed off first.
  expect(await signoff.command(['quit'])).toMatchObject({ code: 0 });
  expect(await app.exited).toMatchObject({ code: 0 });
  expect(isOver(server, 'two')).toBe(true);
  expect((await signoff.status()).running).toBe(false);
  expect(files(signoff, 'control.pipe')).toEqual([]);
});

test('what an app held that was killed, the next one has', async () => {
  const { server, signoff } = await leftByKilled();
  expect(isOver(server, 'left')).toBe(false);
  // Half-written files would be named `….new`.
  expect(files(signoff, '.new')).toEqual([]);

  // A new start in the same login asks nobody: it goes on holding.
  await signoff.start();
  expect((await signoff.status()).held).toMatchObject([{ label: 'left' }]);
  expect(await signoff.command(['sign-off'])).toMatchObject({ code: 0 });
  expect(isOver(server, 'left')).toBe(true);
});

test('a command without the app ends what one that was killed held', async () => {
  const { server, signoff } = await leftByKilled();
  expect(await signoff.command(['sign-off'])).toMatchObject({ code: 0, err: '' });
  expect(isOver(server, 'left')).toBe(true);
});

describe('a policy in the registry', () => {
  const KEY = 'HKLM\\Software\\Policies\\Signoff';
  const lay = (name: string, type: string, data: string) =>
    windows.run(['reg', 'add', KEY, '/v', name, '/t', type, '/d', data, '/f']);

  test('counts, before the agent’s own settings', async () => {
    const signoff = await newSignoff(windows);
    onTestFinished(async () => {
      await windows.run(['reg', 'delete', KEY, '/f']);
    });
    // The registry knows names in any case, and no booleans.
    await lay('IDLEMINUTES', 'REG_DWORD', '7');
    await lay('startAtLogin', 'REG_DWORD', '0');
    await lay('onIdle', 'REG_SZ', 'never');
    const { code, out } = await signoff.command(['policy', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      settings: expect.arrayContaining([
        { name: 'idleMinutes', value: 7, source: 'machine policy' },
        { name: 'startAtLogin', value: false, source: 'machine policy' },
        { name: 'onIdle', value: 'nothing', source: 'default' },
      ]),
      problems: [{ source: 'machine policy', problem: expect.stringContaining('onIdle') }],
    });
  });
});

test('diagnostics are written as a zip file', async () => {
  const signoff = await newSignoff(windows);
  const file = path.join(signoff.dataDir, 'diagnostics.zip');
  const { code } = await signoff.command(['diagnostics', windowsPath(file)]);
  expect([code, existsSync(file)]).toEqual([0, true]);
});

test('at an upgrade, Windows closes it holding, and the next start goes on', async () => {
  const server = await newServer();
  const signoff = await newSignoff(windows);
  const app = await signoff.start();
  await hold(signoff, server, 'kept');
  // The installer announces itself first.
  expect(await signoff.command(['prepare-update'])).toMatchObject({ code: 0 });
  expect(await signoff.endSession(CLOSE_APP)).toMatchObject([{ answered: true, answer: 1 }]);
  expect(await app.exited).toMatchObject({ code: 0 });
  expect(isOver(server, 'kept')).toBe(false);
  await signoff.start();
  expect((await signoff.status()).held).toMatchObject([{ label: 'kept' }]);
});
