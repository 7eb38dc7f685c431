import { describe, expect, test } from 'vitest';
import type { FaultRule } from '../../simulator/faults.ts';
import type { PracticeServer } from '../../simulator/practice-server.ts';
import {
  agentSession,
  engagement,
  hold,
  newDataDir,
  newServer,
  results,
  signoff,
  type SignoffProcess,
  startSignoff,
  status,
} from './signoff.ts';

/** The app with one session held on a server that plays this fault. */
async function holdingApp(fault?: FaultRule['fault']): Promise<{
  app: SignoffProcess;
  dataDir: string;
  server: PracticeServer;
  sessionId: string;
}> {
  const server = await newServer();
  const dataDir = await newDataDir();
  const app = await startSignoff(dataDir);
  const session = agentSession(server, 'front');
  await hold(dataDir, session);
  if (fault !== undefined) server.fault({ fault });
  return { app, dataDir, server, sessionId: session.sessionId };
}

const SIGNAL_BUDGET_MS = 4_000;
const QUIT_BUDGET_MS = 5_000;
/** What starting and ending processes may take on a busy machine. */
const SLACK_MS = 1_500;

async function timed<T>(work: Promise<T>): Promise<{ ms: number; value: T }> {
  const before = performance.now();
  const value = await work;
  return { ms: performance.now() - before, value };
}

describe('a signal', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s ends what is held, by force, and then the app',
    async (signal) => {
      const server = await newServer();
      const dataDir = await newDataDir();
      const app = await startSignoff(dataDir);
      await hold(dataDir, agentSession(server, 'front'));
      await hold(dataDir, engagement(server, 'visitor'));

      app.child.kill(signal);

      expect(await app.exited).toEqual({ code: 0, signal: null });
      expect(server.sessions.map(({ over }) => over)).toEqual([true, true]);
      expect(
        server.received.map(({ call, forced, status: answered }) => [call, forced, answered]),
      ).toEqual([
        ['concludeEngagement', null, 200],
        ['logoff', true, 200],
      ]);
      expect(server.received.flatMap(({ problems }) => problems)).toEqual([]);
      const receipts = await results(dataDir);
      expect(receipts.map(({ cause, outcome }) => [cause, outcome])).toEqual([
        ['signal', 'ended'],
        ['signal', 'ended'],
      ]);
    },
  );

  test('waits for a slow server', async () => {
    const { app, server } = await holdingApp({ kind: 'delay', ms: 3_000 });
    app.child.kill('SIGTERM');
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
  });

  test('a second one does not cut the logoff short', async () => {
    const { app, server, sessionId } = await holdingApp({ kind: 'delay', ms: 500 });
    app.child.kill('SIGTERM');
    await server.waitForRequest();
    app.child.kill('SIGTERM');
    expect(await app.exited).toEqual({ code: 0, signal: null });
    await server.waitUntilOver(sessionId);
  });

  test.each([
    { name: 'hangs', fault: { kind: 'hang' } },
    { name: 'resets the connection', fault: { kind: 'reset', when: 'before' } },
    { name: 'fails', fault: { kind: 'status', status: 500 } },
    { name: 'refuses', fault: { kind: 'system-error', errorCondition: 'BUSY', text: 'Not now' } },
    { name: 'hides behind a portal', fault: { kind: 'html', status: 200 } },
  ] as const)(
    'when the server $name, the app goes in time and keeps the session',
    async ({ fault }) => {
      const { app, dataDir, server, sessionId } = await holdingApp(fault);

      app.child.kill('SIGTERM');
      const { ms, value } = await timed(app.exited);

      expect(value).toEqual({ code: 0, signal: null });
      expect(ms).toBeLessThan(SIGNAL_BUDGET_MS + SLACK_MS);
      expect(server.sessions.map(({ over }) => over)).toEqual([false]);

      server.clearFaults();
      const before = server.received.length;
      await startSignoff(dataDir);
      await server.waitForRequest(({ forced }) => forced === true, { after: before });
      await server.waitUntilOver(sessionId);
    },
  );

  test('when the server is gone, the app goes in time and keeps the session', async () => {
    const { app, dataDir, server } = await holdingApp();
    await server.close();
    app.child.kill('SIGTERM');
    const { ms, value } = await timed(app.exited);
    expect(value).toEqual({ code: 0, signal: null });
    expect(ms).toBeLessThan(SIGNAL_BUDGET_MS + SLACK_MS);
    await startSignoff(dataDir);
    expect((await status(dataDir)).held).toHaveLength(1);
  });

  test('with nothing held, the app goes at once', async () => {
    const app = await startSignoff(await newDataDir());
    app.child.kill('SIGTERM');
    const { ms, value } = await timed(app.exited);
    expect(value).toEqual({ code: 0, signal: null });
    expect(ms).toBeLessThan(SLACK_MS);
  });
});

describe('the quit command', () => {
  test('signs off, waits until the app is gone, and exits 0', async () => {
    const { app, dataDir, server } = await holdingApp();
    const quit = await signoff(dataDir, ['quit']);
    expect([quit.code, quit.stdout]).toEqual([0, '']);
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
    expect((await results(dataDir)).map(({ cause, forced }) => [cause, forced])).toEqual([
      ['quit', true],
    ]);
  });

  test.each([
    { name: 'slow', fault: { kind: 'delay', ms: 3_000 }, over: true },
    { name: 'hanging', fault: { kind: 'hang' }, over: false },
    { name: 'refusing', fault: { kind: 'error', status: 400, code: 'BAD_REQUEST' }, over: false },
  ] as const)(
    'with the server $name, it asks nobody and keeps its budget',
    async ({ fault, over }) => {
      const { app, dataDir, server } = await holdingApp(fault);
      const { ms, value } = await timed(signoff(dataDir, ['quit']));
      expect(value.code).toBe(over ? 0 : 1);
      expect(ms).toBeLessThan(QUIT_BUDGET_MS + 2 * SLACK_MS);
      expect(await app.exited).toEqual({ code: 0, signal: null });
      expect(server.sessions.map((session) => session.over)).toEqual([over]);
      expect(value.stderr.includes('could not be ended')).toBe(!over);
    },
  );

  test('with no app running exits 4 and says so', async () => {
    const quit = await signoff(await newDataDir(), ['quit']);
    expect(quit.code).toBe(4);
    expect(quit.stderr).toContain('Signoff is not running');
  });
});

describe('a crash', () => {
  test('kill -9 leaves the session in the vault, and the next start ends it by force', async () => {
    const { app, dataDir, server, sessionId } = await holdingApp();
    app.child.kill('SIGKILL');
    expect(await app.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(server.received).toEqual([]);

    await startSignoff(dataDir);
    await server.waitUntilOver(sessionId);

    expect(server.received.map(({ forced }) => forced)).toEqual([true]);
    await expect
      .poll(() => results(dataDir))
      .toMatchObject([{ cause: 'leftover', outcome: 'ended' }]);
  });

  test('a kill amid a logoff that the server has not answered is made good at the next start', async () => {
    const { app, dataDir, server, sessionId } = await holdingApp({ kind: 'hang' });
    app.child.kill('SIGTERM');
    await server.waitForRequest();
    app.child.kill('SIGKILL');
    await app.exited;
    server.clearFaults();
    await startSignoff(dataDir);
    await server.waitUntilOver(sessionId);
  });

  test('the command line signs off what is left over, with no app and no display', async () => {
    const { app, dataDir, server } = await holdingApp();
    app.child.kill('SIGKILL');
    await app.exited;

    const run = await signoff(dataDir, ['sign-off', '--json'], { env: { DISPLAY: '' } });

    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject([
      { cause: 'leftover', forced: true, outcome: 'ended' },
    ]);
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
    const again = await signoff(dataDir, ['sign-off', '--json'], { env: { DISPLAY: '' } });
    expect([again.code, again.stdout]).toEqual([0, '[]\n']);
  });
});
