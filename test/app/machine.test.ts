import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { startLoginManager } from './login-manager.ts';
import {
  agentSession,
  hold,
  leaveBehind,
  newDataDir,
  newServer,
  results,
  startSignoff,
  status,
} from './signoff.ts';

const SHUTDOWN_BUDGET_MS = 4_000;

// logind is Linux's; what Windows and macOS say is tested where it comes in, in test/unit/lifecycle.
describe.runIf(process.platform === 'linux')('a shutdown of the machine', () => {
  test('is held back until what is held is over, and no longer', async () => {
    const logind = await startLoginManager();
    const server = await newServer();
    const dataDir = await newDataDir();
    const app = await startSignoff(dataDir, { env: logind.env });
    await hold(dataDir, agentSession(server, 'front'));
    expect(await logind.inhibitors('shutdown')).toHaveLength(1);

    await logind.prepareFor('Shutdown', true);

    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
    expect(await results(dataDir)).toMatchObject([
      { cause: 'shutdown', forced: true, outcome: 'ended' },
    ]);
    await expect.poll(() => logind.inhibitors('shutdown')).toEqual([]);
  });

  test('is not held back longer than its budget, and leaves the rest to the next start', async () => {
    const logind = await startLoginManager();
    const server = await newServer();
    const dataDir = await newDataDir();
    const app = await startSignoff(dataDir, { env: logind.env });
    const session = agentSession(server, 'front');
    await hold(dataDir, session);
    const calm = server.fault({ fault: { kind: 'hang' } });
    const before = performance.now();
    await logind.prepareFor('Shutdown', true);
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - before).toBeLessThan(SHUTDOWN_BUDGET_MS + 1_000);
    calm();
    await startSignoff(dataDir);
    await server.waitUntilOver(session.sessionId);
  });
});

describe.runIf(process.platform === 'linux')('the machine going to sleep', () => {
  test('changes nothing unless the settings say so', async () => {
    const logind = await startLoginManager();
    const server = await newServer();
    const dataDir = await newDataDir();
    await startSignoff(dataDir, { env: logind.env });
    await hold(dataDir, agentSession(server, 'front'));
    expect(await logind.inhibitors('sleep')).not.toContain('Signoff');
    await logind.prepareFor('Sleep', true);
    await logind.prepareFor('Sleep', false);
    expect((await status(dataDir)).held).toHaveLength(1);
    expect(server.received).toEqual([]);
  });

  test('is held back for the sign-off where they do, and again after waking up', async () => {
    const logind = await startLoginManager();
    const server = await newServer();
    const dataDir = await newDataDir();
    await writeFile(path.join(dataDir, 'settings.json'), '{"onSuspend":"sign-off"}');
    await startSignoff(dataDir, { env: logind.env });
    await hold(dataDir, agentSession(server, 'front'));
    await expect.poll(() => logind.inhibitors('sleep')).toContain('Signoff');
    server.fault({ fault: { kind: 'delay', ms: 300 } });

    await logind.prepareFor('Sleep', true);
    await server.waitForRequest();
    expect(await logind.inhibitors('sleep')).toContain('Signoff');
    await expect.poll(() => logind.inhibitors('sleep')).not.toContain('Signoff');

    expect(await results(dataDir)).toMatchObject([{ cause: 'suspend', outcome: 'ended' }]);
    await logind.prepareFor('Sleep', false);
    await expect.poll(() => logind.inhibitors('sleep')).toContain('Signoff');
  });
});

describe('sessions left over within the same login', () => {
  const login = { env: { XDG_SESSION_ID: '7' } };

  test(
    'are asked about, and signed off by force without an answer',
    { timeout: 90_000 },
    async () => {
      const server = await newServer();
      const dataDir = await newDataDir();
      const session = agentSession(server, 'front');
      await leaveBehind(dataDir, session, login);

      const before = performance.now();
      await startSignoff(dataDir, login);
      await server.waitUntilOver(session.sessionId, 70_000);

      expect(performance.now() - before).toBeGreaterThan(59_000);
      expect(server.received.map(({ forced }) => forced)).toEqual([true]);
    },
  );

  test('are signed off at once when they are of another login', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    const session = agentSession(server, 'front');
    await leaveBehind(dataDir, session, login);
    await startSignoff(dataDir, { env: { XDG_SESSION_ID: '8' } });
    await server.waitUntilOver(session.sessionId);
  });

  test.each([
    { leftover: 'sign-off', over: true },
    { leftover: 'resume', over: false },
  ])('follow the setting: $leftover', async ({ leftover, over }) => {
    const server = await newServer();
    const dataDir = await newDataDir();
    await writeFile(path.join(dataDir, 'settings.json'), JSON.stringify({ leftover }));
    await leaveBehind(dataDir, agentSession(server, 'front'), login);
    await startSignoff(dataDir, login);
    await expect.poll(async () => (await status(dataDir)).held.length).toBe(over ? 0 : 1);
    expect(server.sessions.map((session) => session.over)).toEqual([over]);
  });
});
