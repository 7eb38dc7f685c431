import { describe, expect, test } from 'vitest';
import { startNotificationDaemon } from './notification-daemon.ts';
import {
  agentSession,
  closeWindow,
  leaveBehind,
  newDataDir,
  newServer,
  openSignoff,
  startSignoff,
  status,
} from './signoff.ts';
import { startTrayHost } from './tray-host.ts';

const sameLogin = { env: { XDG_SESSION_ID: '7' } };

// The panel and the notification daemon are Linux's.
describe.runIf(process.platform === 'linux')('after a crash within the same login', () => {
  test('tray and notification ask, even after a hidden start, and the tray can answer', async () => {
    const desktop = await startNotificationDaemon();
    const server = await newServer();
    const dataDir = await newDataDir();
    await leaveBehind(dataDir, agentSession(server, 'front'), sameLogin);

    const tray = await startTrayHost();
    await startSignoff(dataDir, sameLogin);
    await expect.poll(() => desktop.titles).toEqual(['Are you still at work?']);
    await tray.click('Keep holding');

    await expect.poll(() => tray.labels()).not.toContain('Keep holding');
    expect((await status(dataDir)).held).toHaveLength(1);
    expect(server.received).toEqual([]);
  });

  test('the window asks, again after the next crash, and its answer counts', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    await leaveBehind(dataDir, agentSession(server, 'front'), sameLogin);
    const first = await openSignoff(dataDir, sameLogin);
    await first.page.getByRole('button', { name: 'Keep holding' }).click();
    await first.page.getByRole('button', { name: 'Keep holding' }).waitFor({ state: 'detached' });
    first.child.kill('SIGKILL');
    await first.exited;
    expect(server.received).toEqual([]);

    const again = await openSignoff(dataDir, sameLogin);
    await again.page.getByRole('button', { name: 'Sign off now' }).click();
    await again.page.getByRole('listitem', { name: 'Ended front' }).waitFor();
    expect(server.received.map(({ forced }) => forced)).toEqual([true]);
  });
});

describe.runIf(process.platform === 'linux')('closing the window', () => {
  test('says, the first time only, that the app stays in the tray', async () => {
    const desktop = await startNotificationDaemon();
    const dataDir = await newDataDir();
    const first = await openSignoff(dataDir);
    await closeWindow(first.app, first.page);
    await expect.poll(() => desktop.titles).toEqual(['Signoff is still running']);
    first.child.kill('SIGTERM');
    await first.exited;
    const second = await openSignoff(dataDir);
    await closeWindow(second.app, second.page);
    expect((await status(dataDir)).running).toBe(true);
    expect(desktop.titles).toHaveLength(1);
  });
});
