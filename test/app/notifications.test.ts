import type { ElectronApplication } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PracticeServer } from '../../simulator/practice-server.ts';
import { type NotificationDaemon, startNotificationDaemon } from './notification-daemon.ts';
import {
  agentSession,
  askToSignOff,
  closeWindow,
  hold,
  leaveBehind,
  newDataDir,
  newServer,
  openSignoff,
} from './signoff.ts';

// The notification daemon is Linux's.
describe.runIf(process.platform === 'linux')('a click on a notification', () => {
  let desktop: NotificationDaemon;
  let server: PracticeServer;
  let dataDir: string;
  let app: ElectronApplication;
  // The app, started anew after a crash in another login: it has signed off what was left over.
  beforeAll(async () => {
    desktop = await startNotificationDaemon(afterAll);
    server = await newServer({}, afterAll);
    dataDir = await newDataDir(undefined, afterAll);
    const atFirst = { env: { XDG_SESSION_ID: '7' } };
    await leaveBehind(dataDir, agentSession(server, 'Front desk'), atFirst, afterAll);
    ({ app } = await openSignoff(dataDir, { env: { XDG_SESSION_ID: '8' } }, afterAll));
  });

  /** The window, as it is opened. */
  async function freshPage() {
    const page = await app.firstWindow();
    await page.reload();
    await page.locator('h1').waitFor();
    return page;
  }

  test('leads to its receipt behind a filter that hides it and a dialog in front', async () => {
    // What comes of one cause is gathered before it is told.
    await expect.poll(() => desktop.titles).toContain('Front desk was signed off');
    const page = await freshPage();
    await page.getByRole('button', { name: 'Results', exact: true }).click();
    await page.getByRole('searchbox').fill('something else');
    await page.getByText('No result matches').waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('dialog').waitFor();
    await desktop.click('Front desk was signed off');
    await page.getByRole('article', { name: 'Front desk' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('leads to a session behind a form, and loses nothing of what was typed', async () => {
    const page = await freshPage();
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

  test('leads to a session in a window that it has to open first', async () => {
    await askToSignOff(dataDir);
    await closeWindow(app, await app.firstWindow());
    server.fault({ fault: { kind: 'refuse-unless-forced' } });
    await hold(dataDir, agentSession(server, 'Reception'));
    await askToSignOff(dataDir);
    await expect.poll(() => desktop.titles).toContain('Reception could not be signed off');
    const opening = app.waitForEvent('window');
    await desktop.click('Reception could not be signed off');
    const next = await opening;
    await next.getByRole('button', { name: 'Force: Reception' }).waitFor();
  });
});
