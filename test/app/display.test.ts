import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { agentSession, hold, newDataDir, newServer, signoff, startSignoff } from './signoff.ts';

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
  const [number] = await once(xvfb.stdio[3] as Readable, 'data');
  return { env: { DISPLAY: `:${String(number).trim()}` }, takeAway };
}

test.runIf(process.platform === 'linux')(
  'a display that goes without a word leaves the session to the next start',
  async () => {
    const display = await newDisplay();
    const server = await newServer();
    const dataDir = await newDataDir();
    const app = await startSignoff(dataDir, { env: display.env });
    const session = agentSession(server, 'front');
    await hold(dataDir, session);

    await display.takeAway();
    await app.exited;

    expect(server.received).toEqual([]);
    const noDisplay = { env: { DISPLAY: '' } };
    const run = await signoff(dataDir, ['sign-off', '--json'], noDisplay);
    expect(run.code).toBe(0);
    await server.waitUntilOver(session.sessionId);
  },
);
