import type { ElectronApplication, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openSignoff } from '../../scripts/signoff-window.ts';
import type { PracticeServer } from '../../simulator/practice-server.ts';
import { ACCOUNT } from '../support/account.ts';
import { ended } from '../support/ended.ts';
import { electronArgs } from './desktop.ts';
import { startNotificationDaemon } from './notification-daemon.ts';
import { closeWindow, newDataDir, newServer } from './signoff.ts';
import { startTrayHost } from './tray-host.ts';
import { listeningOnWindows } from './windows-build.ts';

const TITLE = 'The shutdown was called off';
const IN_TRAY = 'Shutdown called off: 1 session ended';
const AGAIN = `Sign in again: ${ACCOUNT.userName}`;

let folder: string;
beforeAll(async () => {
  folder = await listeningOnWindows(afterAll);
});

/** The real app, as it runs on Windows, with an agent signed in whose password is remembered. */
async function signedIn() {
  const server = await newServer({ pollHoldMs: 500 });
  server.addAccount(ACCOUNT);
  const dataDir = await newDataDir();
  const { app, page, child } = await openSignoff({ dataDir, folder, electronArgs });
  onTestFinished(() => ended(child));
  await page.getByRole('button', { name: 'Sign in' }).first().click();
  const form = page.getByRole('dialog', { name: 'Sign in to chat' });
  await form.getByLabel('Site address').fill(server.url);
  await form.getByLabel('User name').fill(ACCOUNT.userName);
  await form.getByLabel('Account id').fill(ACCOUNT.accountId);
  await form.getByLabel('Password', { exact: true }).fill(ACCOUNT.password);
  await form.getByLabel('Remember me').check();
  await form.getByRole('button', { name: 'Sign in' }).click();
  await form.waitFor({ state: 'hidden' });
  await isPresent(server, 1);
  return { server, app, page };
}

/** Resolves once the agent's session with that number is the one that is kept present. */
async function isPresent(server: PracticeServer, number: number): Promise<void> {
  await expect
    .poll(() => server.agents.map(({ endedBy, polling }) => endedBy === null && polling))
    .toEqual([...Array.from({ length: number - 1 }, () => false), true]);
}

/** Windows asks, and then does not end the session: the app's minute of waiting is over at once. */
async function callOffShutdown(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BaseWindow, BrowserWindow }) => {
    const hidden = BaseWindow.getAllWindows().find((one) => !(one instanceof BrowserWindow));
    const { setTimeout } = globalThis;
    const hurried = (run: () => void, ms?: number) => setTimeout(run, ms === 60_000 ? 0 : ms);
    globalThis.setTimeout = Object.assign(hurried, setTimeout);
    hidden?.emit('query-session-end', { reasons: ['shutdown'] });
    globalThis.setTimeout = setTimeout;
  });
}

const notice = (page: Page) => page.getByRole('region', { name: TITLE });

// The panel and the notification daemon are Linux's.
describe.runIf(process.platform === 'linux')('after a shutdown that was called off', () => {
  test('a notification tells of it, and one click in the window signs in again', async () => {
    const desktop = await startNotificationDaemon();
    const { server, app, page } = await signedIn();
    await callOffShutdown(app);
    await expect.poll(() => desktop.titles).toContain(TITLE);
    await notice(page).getByRole('button', { name: AGAIN }).click();
    await isPresent(server, 2);
    await notice(page).waitFor({ state: 'hidden' });
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  test('one click in the tray signs in again, in a window that it has to open first', async () => {
    const tray = await startTrayHost();
    const { server, app, page } = await signedIn();
    await closeWindow(app, page);
    await callOffShutdown(app);
    await expect.poll(() => tray.labels()).toContain(IN_TRAY);
    await tray.click(AGAIN);
    await isPresent(server, 2);
    await expect.poll(() => tray.labels()).not.toContain(IN_TRAY);
  });

  test('the tray puts it away', async () => {
    const tray = await startTrayHost();
    const { app, page } = await signedIn();
    await callOffShutdown(app);
    await notice(page).waitFor();
    await expect.poll(() => tray.labels()).toContain(IN_TRAY);
    await tray.click('Dismiss');
    await notice(page).waitFor({ state: 'hidden' });
    await expect.poll(() => tray.labels()).not.toContain(IN_TRAY);
  });
});
