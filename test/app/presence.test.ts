import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Settings } from '../../main/settings/schema.ts';
import type { PracticeServer, PracticeServerOptions } from '../../simulator/practice-server.ts';
import { ACCOUNT } from '../support/account.ts';
import { startLoginManager } from './login-manager.ts';
import { startNotificationDaemon } from './notification-daemon.ts';
import {
  agentSession,
  hold,
  newDataDir,
  newServer,
  openSignoff,
  results,
  signoff,
  startSignoff,
  status,
} from './signoff.ts';
import { startTrayHost } from './tray-host.ts';

/** An impatient server that turns a second poll beside an open one down. */
async function newSite(options?: PracticeServerOptions): Promise<PracticeServer> {
  const server = await newServer({
    pollHoldMs: 500,
    absentAfterMs: 2_000,
    secondPoll: 'refused',
    ...options,
  });
  server.addAccount(ACCOUNT);
  return server;
}

/** Starts the app and signs the agent in, available. */
async function signIn(
  server: PracticeServer,
  env: NodeJS.ProcessEnv = {},
  settings: Partial<Settings> = {},
) {
  const dataDir = await newDataDir();
  await writeFile(path.join(dataDir, 'settings.json'), JSON.stringify(settings));
  const app = await startSignoff(dataDir, { env });
  const { userName, accountId, password } = ACCOUNT;
  const who = ['--site', server.url, '--user', userName, '--account', accountId];
  const run = await signoff(dataDir, ['sign-in', ...who, '--available'], { stdin: password });
  expect(run.code).toBe(0);
  await server.waitForAgent(({ polling }) => polling);
  return { app, dataDir };
}

function polls(server: PracticeServer) {
  return server.received.filter(({ call }) => call === 'getMessages');
}

async function morePolls(server: PracticeServer, count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) {
    const after = server.received.length;
    await server.waitForRequest(({ call }) => call === 'getMessages', { after });
  }
}

function ghosts(server: PracticeServer) {
  return server.chats.filter(({ ghost }) => ghost);
}

describe('an agent who signed in', () => {
  test('stays present, and is signed off without a ghost', async () => {
    const server = await newSite({ routeChatEveryMs: 50 });
    const { app, dataDir } = await signIn(server);
    await morePolls(server, 10);
    expect((await status(dataDir)).held).toMatchObject([{ presence: { state: 'present' } }]);
    app.child.kill('SIGTERM');
    await app.exited;
    expect(server.agents.map(({ endedBy }) => endedBy)).toEqual(['logoff']);
    expect(server.chats.length).toBeGreaterThan(10);
    expect(ghosts(server)).toEqual([]);
    expect(server.received.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test('is a ghost after the app was killed, until the server drops them', async () => {
    const server = await newSite({ routeChatEveryMs: 50 });
    const { app } = await signIn(server);
    await morePolls(server, 2);
    app.child.kill('SIGKILL');
    await app.exited;
    await server.waitForAgent(({ endedBy }) => endedBy === 'absence');
    expect(ghosts(server).length).toBeGreaterThan(0);
  });

  test('is polled by one app at a time, with a number of its own for each request', async () => {
    const server = await newSite();
    const { app, dataDir } = await signIn(server);
    await signoff(dataDir, ['unavailable']);
    await morePolls(server, 3);
    app.child.kill('SIGTERM');
    await app.exited;
    const numbers = server.received
      .filter(({ sessionId }) => sessionId !== null)
      .map(({ body }) => Number(/"sequenceNumber"\s*:\s*(\d+)/.exec(body)?.[1]));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.max(...numbers)).toBe(numbers.at(-1));
  });

  test('is reconnecting while the server cannot be reached', async () => {
    const server = await newSite({ absentAfterMs: 60_000 });
    const { dataDir } = await signIn(server);
    const repair = server.fault({ call: 'getMessages', fault: { kind: 'status', status: 503 } });
    await expect
      .poll(async () => (await status(dataDir)).held)
      .toMatchObject([{ presence: { state: 'reconnecting', dropsAt: expect.any(String) } }]);
    repair();
    await expect
      .poll(async () => (await status(dataDir)).held)
      .toMatchObject([{ presence: { state: 'present', dropsAt: null } }]);
  });

  test('whose session the server ends is told so by a receipt', async () => {
    const server = await newSite();
    const { dataDir } = await signIn(server);
    server.endSession(server.agents[0]?.session.sessionId ?? '');
    await expect.poll(async () => (await status(dataDir)).held).toEqual([]);
    expect(await results(dataDir)).toMatchObject([
      { cause: 'server', outcome: 'already-over', attempts: 0, forced: false },
    ]);
  });
});

test.runIf(process.platform === 'linux')('the tray says how present the agent is', async () => {
  const tray = await startTrayHost();
  const server = await newSite({ absentAfterMs: 60_000 });
  await signIn(server);
  await expect.poll(() => tray.labels()).toContain('agent.smith: present');
  server.fault({ call: 'getMessages', fault: { kind: 'status', status: 503 } });
  await expect
    .poll(() => tray.labels())
    .toContain('agent.smith: reconnecting, dropped within 4:00');
});

// The panel and logind are Linux's; what Windows and macOS say is tested where it comes in.
describe.runIf(process.platform === 'linux')('an agent leaves no ghost', () => {
  test('who quits by the tray', async () => {
    const tray = await startTrayHost();
    const server = await newSite({ routeChatEveryMs: 50 });
    const { app } = await signIn(server);
    await morePolls(server, 10);
    await tray.click('Quit and sign off');
    await app.exited;
    expect(server.agents.map(({ endedBy }) => endedBy)).toEqual(['logoff']);
    expect([server.chats.length > 10, ghosts(server)]).toEqual([true, []]);
  });

  test('whose machine shuts down', async () => {
    const logind = await startLoginManager();
    const server = await newSite({ routeChatEveryMs: 50 });
    const { app } = await signIn(server, logind.env);
    await morePolls(server, 10);
    await logind.prepareFor('Shutdown', true);
    await app.exited;
    expect(server.agents.map(({ endedBy }) => endedBy)).toEqual(['logoff']);
    expect([server.chats.length > 10, ghosts(server)]).toEqual([true, []]);
  });

  test('whose machine goes to sleep, where that signs off', async () => {
    const logind = await startLoginManager();
    const server = await newSite({ routeChatEveryMs: 50 });
    await signIn(server, logind.env, { onSuspend: 'sign-off' });
    await morePolls(server, 10);
    await logind.prepareFor('Sleep', true);
    await server.waitForAgent(({ endedBy }) => endedBy === 'logoff');
    await logind.prepareFor('Sleep', false);
    expect([server.chats.length > 10, ghosts(server)]).toEqual([true, []]);
  });
});

describe.runIf(process.platform === 'linux')('an agent whose machine sleeps', () => {
  test('is unavailable meanwhile, where that is set, then available again, and present', async () => {
    const logind = await startLoginManager();
    const server = await newSite();
    await signIn(server, logind.env, { onSuspend: 'unavailable' });
    await server.waitForAgent((agent) => agent.status === 'AVAILABLE');
    await logind.prepareFor('Sleep', true);
    await server.waitForAgent((agent) => agent.status === 'UNAVAILABLE');
    await logind.prepareFor('Sleep', false);
    await server.waitForAgent((agent) => agent.status === 'AVAILABLE');
    await morePolls(server, 2);
    await server.waitForAgent(({ polling }) => polling);
    expect(server.agents.map(({ endedBy }) => endedBy)).toEqual([null]);
  });

  test('is polled anew when it wakes up', async () => {
    const logind = await startLoginManager();
    const server = await newSite({ pollHoldMs: 20_000, absentAfterMs: 60_000 });
    await signIn(server, logind.env);
    const before = polls(server).length;
    // A poll that was sent just now is left alone.
    await expect
      .poll(
        async () => {
          await logind.prepareFor('Sleep', false);
          return polls(server).length;
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(before);
    expect(polls(server).flatMap(({ problems }) => problems)).toEqual([]);
  });

  test('and whose sign-off the server refused is kept present from when it wakes up', async () => {
    const logind = await startLoginManager();
    const server = await newSite({ absentAfterMs: 60_000 });
    const { dataDir } = await signIn(server, logind.env, { onSuspend: 'sign-off' });
    const refusal = { kind: 'system-error', errorCondition: 'NO', text: 'No.' } as const;
    server.fault({ call: 'logoff', fault: refusal });
    await logind.prepareFor('Sleep', true);
    await expect.poll(() => results(dataDir)).toMatchObject([{ outcome: 'refused' }]);
    expect((await status(dataDir)).held).toMatchObject([{ presence: null }]);
    await logind.prepareFor('Sleep', false);
    await server.waitForAgent(({ polling }) => polling);
    expect((await status(dataDir)).held).toMatchObject([{ presence: { state: 'present' } }]);
  });
});

test.runIf(process.platform === 'linux')(
  'an agent who has quit is not kept present while it is asked what becomes of the session',
  async () => {
    const tray = await startTrayHost();
    const server = await newSite({ absentAfterMs: 8_000 });
    const { dataDir } = await signIn(server);
    server.fault({ call: 'logoff', fault: { kind: 'status', status: 500 } });
    await tray.click('Quit and sign off');
    await server.waitForAgent(({ endedBy }) => endedBy === 'absence', 20_000);
    expect((await status(dataDir)).held).toMatchObject([{ presence: null }]);
  },
);

test.runIf(process.platform === 'linux')(
  'the tray sets the status, and a conflict there is told of',
  async () => {
    const tray = await startTrayHost();
    const desktop = await startNotificationDaemon();
    const server = await newSite();
    await signIn(server);
    const chat = server.routeChat({ staysOpen: true });
    await expect.poll(() => tray.labels()).toContain('Unavailable');
    await tray.click('Unavailable');
    await expect.poll(() => desktop.titles).toEqual(['agent.smith: status not changed']);
    expect(server.agents).toMatchObject([{ status: 'AVAILABLE' }]);

    server.endChat(chat?.engagementId ?? 0);
    await tray.click('Unavailable');
    await server.waitForAgent((agent) => agent.status === 'UNAVAILABLE');
  },
);

test('a session that was handed in is never polled', async () => {
  const server = await newSite();
  const dataDir = await newDataDir();
  await startSignoff(dataDir);
  await hold(dataDir, agentSession(server, 'Ann'));
  await signoff(dataDir, ['available']);
  expect((await status(dataDir)).held).toMatchObject([{ presence: null, activity: null }]);
  expect(polls(server)).toEqual([]);
});

test('a session from before a crash is polled only once it is kept', async () => {
  const sameLogin = { XDG_SESSION_ID: '7' };
  const server = await newSite({ absentAfterMs: 60_000 });
  const { app, dataDir } = await signIn(server, sameLogin);
  app.child.kill('SIGKILL');
  await app.exited;
  const before = polls(server).length;
  const { page, child, exited } = await openSignoff(dataDir, { env: sameLogin });
  await page.getByRole('button', { name: 'Keep holding' }).waitFor();
  expect((await status(dataDir)).held).toMatchObject([{ presence: null }]);
  expect(polls(server)).toHaveLength(before);

  await page.getByRole('button', { name: 'Keep holding' }).click();
  await server.waitForAgent(({ polling }) => polling);
  await page.getByText('Present').waitFor();
  child.kill('SIGTERM');
  await exited;
  expect(server.agents.map(({ endedBy }) => endedBy)).toEqual(['logoff']);
});
