import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Settings } from '../../main/settings/schema.ts';
import type { PracticeServer, PracticeServerOptions } from '../../simulator/practice-server.ts';
import { ACCOUNT } from '../support/account.ts';
import type { TrayHost } from '../support/tray-host.ts';
import { startLoginManager } from './login-manager.ts';
import { type NotificationDaemon, startNotificationDaemon } from './notification-daemon.ts';
import {
  type After,
  agentSession,
  askToSetActivity,
  askToSignIn,
  hold,
  newDataDir,
  newServer,
  openSignoff,
  results,
  startSignoff,
  status,
} from './signoff.ts';
import { startTrayHost } from './tray-host.ts';

/** A server that answers polls soon, and turns a second one beside an open one down. */
async function newSite(options?: PracticeServerOptions, after?: After): Promise<PracticeServer> {
  const given = {
    pollHoldMs: 500,
    // Nobody is dropped because the machine is busy.
    absentAfterMs: 120_000,
    secondPoll: 'refused',
    ...options,
  } as const;
  const server = await newServer(given, after);
  server.addAccount(ACCOUNT);
  return server;
}

/** Starts the app and signs the agent in, available. */
async function signIn(
  server: PracticeServer,
  env: NodeJS.ProcessEnv = {},
  settings: Partial<Settings> = {},
  after?: After,
) {
  const dataDir = await newDataDir(undefined, after);
  await writeFile(path.join(dataDir, 'settings.json'), JSON.stringify(settings));
  const app = await startSignoff(dataDir, { env }, after);
  expect(await askToSignIn(dataDir, server, { available: true })).toMatchObject({ ok: true });
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
    const server = await newSite({ routeChatEveryMs: 50, absentAfterMs: 4_000 });
    const { app } = await signIn(server);
    await morePolls(server, 2);
    app.child.kill('SIGKILL');
    await app.exited;
    await server.waitForAgent(({ endedBy }) => endedBy === 'absence', 30_000);
    expect(ghosts(server).length).toBeGreaterThan(0);
  });

  test('is polled by one app at a time, with a number of its own for each request', async () => {
    const server = await newSite();
    const { app, dataDir } = await signIn(server);
    await askToSetActivity(dataDir, false);
    await morePolls(server, 3);
    app.child.kill('SIGTERM');
    await app.exited;
    const numbers = server.received
      .filter(({ sessionId }) => sessionId !== null)
      .map(({ body }) => Number(/"sequenceNumber"\s*:\s*(\d+)/.exec(body)?.[1]));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.max(...numbers)).toBe(numbers.at(-1));
  });

  test('whose session the server ends is told so by a receipt', async () => {
    const server = await newSite();
    const { dataDir } = await signIn(server);
    server.endSession(server.agents[0]?.session.sessionId ?? '');
    await expect.poll(async () => (await status(dataDir)).held).toEqual([]);
    await expect
      .poll(() => results(dataDir))
      .toMatchObject([{ cause: 'server', outcome: 'already-over', attempts: 0, forced: false }]);
  });
});

// The panel and logind are Linux's; what Windows and macOS say is tested where it comes in.
describe.runIf(process.platform === 'linux')('an agent leaves no ghost', () => {
  test('who quits by the tray', async () => {
    const tray = await startTrayHost();
    const server = await newSite({ routeChatEveryMs: 50 });
    const { app } = await signIn(server);
    await morePolls(server, 10);
    await tray.click('Quit and sign off');
    expect(await app.exited).toEqual({ code: 0, signal: null });
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
    const server = await newSite({ pollHoldMs: 20_000 });
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
    const server = await newSite();
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
    const server = await newSite({ absentAfterMs: 5_000 });
    const { dataDir } = await signIn(server);
    server.fault({
      call: 'logoff',
      fault: { kind: 'system-error', errorCondition: 'NO', text: 'No.' },
    });
    await tray.click('Quit and sign off');
    await server.waitForAgent(({ endedBy }) => endedBy === 'absence', 30_000);
    expect((await status(dataDir)).held).toMatchObject([{ presence: null }]);
  },
);

describe.runIf(process.platform === 'linux')('the tray', () => {
  let tray: TrayHost;
  let desktop: NotificationDaemon;
  let server: PracticeServer;
  let dataDir: string;
  beforeAll(async () => {
    tray = await startTrayHost(afterAll);
    desktop = await startNotificationDaemon(afterAll);
    server = await newSite({}, afterAll);
    ({ dataDir } = await signIn(server, {}, {}, afterAll));
  });

  test('says how present the agent is, as `status` does', async () => {
    await expect.poll(() => tray.labels()).toContain('agent.smith: present');
    const repair = server.fault({ call: 'getMessages', fault: { kind: 'status', status: 503 } });
    await expect
      .poll(() => tray.labels())
      .toContain('agent.smith: reconnecting, dropped within 6:00');
    expect((await status(dataDir)).held).toMatchObject([
      { presence: { state: 'reconnecting', dropsAt: expect.any(String) } },
    ]);
    repair();
    await expect.poll(() => tray.labels()).toContain('agent.smith: present');
    expect((await status(dataDir)).held).toMatchObject([
      { presence: { state: 'present', dropsAt: null } },
    ]);
  });

  test('sets the status, and a conflict there is told of', async () => {
    const chat = server.routeChat({ staysOpen: true });
    await expect.poll(() => tray.labels()).toContain('Unavailable');
    await tray.click('Unavailable');
    await expect.poll(() => desktop.titles).toContain('agent.smith: status not changed');
    expect(server.agents).toMatchObject([{ status: 'AVAILABLE' }]);

    server.endChat(chat?.engagementId ?? 0);
    await tray.click('Unavailable');
    await server.waitForAgent((agent) => agent.status === 'UNAVAILABLE');
  });
});

test('a session that was handed in is never polled', async () => {
  const server = await newSite();
  const dataDir = await newDataDir();
  await startSignoff(dataDir);
  await hold(dataDir, agentSession(server, 'Ann'));
  await expect(askToSetActivity(dataDir, true)).rejects.toThrow();
  expect((await status(dataDir)).held).toMatchObject([{ presence: null, activity: null }]);
  expect(polls(server)).toEqual([]);
});

test('a session from before a crash is polled only once it is kept', async () => {
  const sameLogin = { XDG_SESSION_ID: '7' };
  const server = await newSite();
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
