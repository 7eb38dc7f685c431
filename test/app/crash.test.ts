import path from 'node:path';
import { expect, test } from 'vitest';
import { logsIn } from '../support/logs.ts';
import {
  agentSession,
  hold,
  newDataDir,
  newServer,
  openSignoff,
  signoff,
  status,
} from './signoff.ts';

test('the window comes back when its renderer crashes, and nothing held is lost', async () => {
  const server = await newServer();
  const dataDir = await newDataDir();
  const { app, page } = await openSignoff(dataDir);
  await hold(dataDir, agentSession(server, 'front'));
  await page.getByText('1 session held').waitFor();

  const next = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows())
      window.webContents.forcefullyCrashRenderer();
  });

  await (await next).getByText('1 session held').waitFor();
  await expect
    .poll(() => logsIn(path.join(dataDir, 'logs')).map(({ event }) => event))
    .toContain('window-crashed');
  expect((await status(dataDir)).held).toHaveLength(1);
  expect((await signoff(dataDir, ['quit'])).code).toBe(0);
  expect(server.sessions.map(({ over }) => over)).toEqual([true]);
});

test('a crash of the GPU process loses nothing', async () => {
  const server = await newServer();
  const dataDir = await newDataDir();
  const { app, page } = await openSignoff(dataDir);
  await hold(dataDir, agentSession(server, 'front'));
  await page.getByText('1 session held').waitFor();
  const killed = await app.evaluate(({ app: electron }) => {
    const gpu = electron.getAppMetrics().find(({ type }) => type === 'GPU');
    return gpu === undefined ? false : process.kill(gpu.pid, 'SIGKILL');
  });
  expect(killed).toBe(true);
  await expect
    .poll(() => logsIn(path.join(dataDir, 'logs')).map(({ event }) => event))
    .toContain('process-gone');
  await page.getByRole('button', { name: 'Sign off: front' }).click();
  await page.getByRole('listitem', { name: 'Ended front' }).waitFor();
});
