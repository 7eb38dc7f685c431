import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FaultRule } from '../../simulator/faults.ts';
import type { PracticeServer } from '../../simulator/practice-server.ts';
import { whileRunning } from '../support/ended.ts';
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
} from './signoff.ts';

// That every cause keeps to its budget, whatever the server does, is proved on a handed-in clock:
// test/integration/fault-matrix.test.ts and test/unit/lifecycle/leaving.test.ts.

/** The app with one session held on a server that plays this fault. */
async function holdingApp(
  options: { fault?: FaultRule['fault']; env?: NodeJS.ProcessEnv } = {},
): Promise<{
  app: SignoffProcess;
  dataDir: string;
  server: PracticeServer;
  sessionId: string;
}> {
  const { fault, env = {} } = options;
  const server = await newServer();
  const dataDir = await newDataDir();
  const app = await startSignoff(dataDir, { env });
  const session = agentSession(server, 'front');
  await hold(dataDir, session);
  if (fault !== undefined) server.fault({ fault });
  return { app, dataDir, server, sessionId: session.sessionId };
}

/** A display of its own, which can be taken away. */
async function newDisplay(): Promise<{ env: NodeJS.ProcessEnv; takeAway: () => Promise<void> }> {
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const exited = once(xvfb, 'exit');
  const takeAway = async (): Promise<void> => {
    xvfb.kill('SIGKILL');
    await exited;
  };
  onTestFinished(takeAway);
  const [number] = await whileRunning(xvfb, once(xvfb.stdio[3] as Readable, 'data'));
  return { env: { DISPLAY: `:${String(number).trim()}` }, takeAway };
}

describe('a signal', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s ends what is held, by force, and then the app',
    async (signal) => {
      const { app, dataDir, server } = await holdingApp();
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

  test('waits for a slow server, and a second one does not cut that short', async () => {
    const { app, server, sessionId } = await holdingApp({ fault: { kind: 'delay', ms: 500 } });
    app.child.kill('SIGTERM');
    await server.waitForRequest();
    app.child.kill('SIGTERM');
    expect(await app.exited).toEqual({ code: 0, signal: null });
    await server.waitUntilOver(sessionId);
  });

  test('waits no longer than its budget for a server that hangs, and keeps the session', async () => {
    const { app, dataDir, server, sessionId } = await holdingApp({ fault: { kind: 'hang' } });

    app.child.kill('SIGTERM');

    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(server.sessions.map(({ over }) => over)).toEqual([false]);
    server.clearFaults();
    const before = server.received.length;
    await startSignoff(dataDir);
    await server.waitForRequest(({ forced }) => forced === true, { after: before });
    await server.waitUntilOver(sessionId);
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

  test('asks nobody where the server refuses, says what is left, and exits 1', async () => {
    const { app, dataDir, server } = await holdingApp({
      fault: { kind: 'error', status: 400, code: 'BAD_REQUEST' },
    });
    const quit = await signoff(dataDir, ['quit']);
    expect(quit.code).toBe(1);
    expect(quit.stderr).toContain('could not be ended');
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(server.sessions.map(({ over }) => over)).toEqual([false]);
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
    const { app, dataDir, server, sessionId } = await holdingApp({ fault: { kind: 'hang' } });
    app.child.kill('SIGTERM');
    await server.waitForRequest();
    app.child.kill('SIGKILL');
    await app.exited;
    server.clearFaults();
    await startSignoff(dataDir);
    await server.waitUntilOver(sessionId);
  });

  test.runIf(process.platform === 'linux')(
    'of its display leaves the session to the command line, with no app and no display',
    async () => {
      const display = await newDisplay();
      const { app, dataDir, server } = await holdingApp({ env: display.env });
      await display.takeAway();
      await app.exited;
      expect(server.received).toEqual([]);

      const run = await signoff(dataDir, ['sign-off', '--json'], { env: { DISPLAY: '' } });

      expect(run.code).toBe(0);
      expect(JSON.parse(run.stdout)).toMatchObject([
        { cause: 'leftover', forced: true, outcome: 'ended' },
      ]);
      expect(server.sessions.map(({ over }) => over)).toEqual([true]);
    },
  );
});
