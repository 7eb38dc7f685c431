import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignoffWindow } from '../../scripts/signoff-window.ts';
import { logsIn } from '../support/logs.ts';
import {
  agentSession,
  askToSignOff,
  hold,
  newDataDir,
  newServer,
  openSignoff,
  status,
} from './signoff.ts';

let dataDir: string;
let window: SignoffWindow;
beforeAll(async () => {
  dataDir = await newDataDir(undefined, afterAll);
  window = await openSignoff(dataDir, {}, afterAll);
});

const events = (): string[] => logsIn(path.join(dataDir, 'logs')).map(({ event }) => event);

test('there is no process of Chromium for the network that could crash', async () => {
  const services = await window.app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ serviceName }) => serviceName ?? ''),
  );
  expect(services.filter((name) => name.includes('network'))).toEqual([]);
});

test('a crash of the GPU process loses nothing', async () => {
  const server = await newServer();
  const { app, page } = window;
  await hold(dataDir, agentSession(server, 'front'));
  await page.getByText('1 session held').waitFor();
  const killed = await app.evaluate(({ app: electron }) => {
    const gpu = electron.getAppMetrics().find(({ type }) => type === 'GPU');
    return gpu === undefined ? false : process.kill(gpu.pid, 'SIGKILL');
  });
  expect(killed).toBe(true);
  await expect.poll(events).toContain('process-gone');
  await page.getByRole('button', { name: 'Sign off: front' }).click();
  await page.getByRole('listitem', { name: 'Ended front' }).waitFor();
});

test('the window comes back when its renderer crashes, and nothing held is lost', async () => {
  const server = await newServer();
  const { app, page } = window;
  await hold(dataDir, agentSession(server, 'front'));
  await page.getByText('1 session held').waitFor();

  const next = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows())
      webContents.forcefullyCrashRenderer();
  });

  await (await next).getByText('1 session held').waitFor();
  await expect.poll(events).toContain('window-crashed');
  expect((await status(dataDir)).held).toHaveLength(1);
  await askToSignOff(dataDir);
  expect(server.sessions.map(({ over }) => over)).toEqual([true]);
});
