import { describe, expect, test } from 'vitest';
import { startNotificationDaemon } from './notification-daemon.ts';
import {
  agentSession,
  closeWindow,
  hold,
  leaveBehind,
  newDataDir,
  newServer,
  openSignoff,
} from './signoff.ts';

/** The app, started anew after a crash in another login: it has told that it signed one off. */
async function afterCrash() {
  const desktop = await startNotificationDaemon();
  const server = await newServer();
  const dataDir = await newDataDir();
  await leaveBehind(dataDir, agentSession(server, 'Front desk'), { env: { XDG_SESSION_ID: '7' } });
  const opened = await openSignoff(dataDir, { env: { XDG_SESSION_ID: '8' } });
  // What comes of one cause is gathered before it is told.
  await expect.poll(() => desktop.titles).toEqual(['Front desk was signed off']);
  return { ...opened, desktop, server, dataDir };
}

// The notification daemon is Linux's.
describe.runIf(process.platform === 'linux')('a click on a notification', () => {
  test('leads to its receipt behind a filter that hides it and a dialog in front', async () => {
    const { page, desktop } = await afterCrash();
    await page.getByRole('button', { name: 'Results', exact: true }).click();
    await page.getByRole('searchbox').fill('something else');
    await page.getByText('No result matches').waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('dialog').waitFor();
    await desktop.click('Front desk was signed off');
    await page.getByRole('article', { name: 'Front desk' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('leads there in a window that it has to open first', async () => {
    const { app, page, desktop } = await afterCrash();
    const opening = app.waitForEvent('window');
    await closeWindow(app, page);
    await desktop.click('Front desk was signed off');
    const next = await opening;
    await next.getByRole('article', { name: 'Front desk' }).waitFor();
  });

  test('leads to a session behind a form, and loses nothing of what was typed', async () => {
    const { page, desktop, server, dataDir } = await afterCrash();
    await page.getByRole('button', { name: 'Results', exact: true }).click();
    await page.getByRole('button', { name: 'Add session' }).click();
    await page.getByLabel('Site name').fill('half-typed');
    await hold(dataDir, agentSession(server, 'Back office'));
    await expect.poll(() => desktop.titles).toContain('Back office is held');
    await desktop.click('Back office is held');
    await page.getByRole('button', { name: 'Sign off: Back office' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Add session' }).click();
    expect(await page.getByLabel('Site name').inputValue()).toBe('half-typed');
  });
});
