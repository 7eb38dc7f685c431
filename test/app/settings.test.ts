import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SignoffWindow } from '../../scripts/signoff-window.ts';
import { startNotificationDaemon } from './notification-daemon.ts';
import { startTrayHost } from './tray-host.ts';
import {
  agentSession,
  askToSignOff,
  hold,
  newDataDir,
  newServer,
  openSignoff,
  startSignoff,
} from './signoff.ts';

describe('the settings', () => {
  let dataDir: string;
  let window: SignoffWindow;
  beforeAll(async () => {
    dataDir = await newDataDir(undefined, afterAll);
    // The start at login is put there.
    const env = { XDG_CONFIG_HOME: path.join(dataDir, 'config') };
    window = await openSignoff(dataDir, { env }, afterAll);
  });
  // No dialog is open.
  beforeEach(async () => {
    await window.page.reload();
    await window.page.getByText('Nothing held.').waitFor();
  });

  test('are opened and closed by the keyboard, as is the help', async () => {
    const { page } = window;
    for (const [key, name] of [
      ['Control+,', 'Settings'],
      ['F1', 'Keyboard shortcuts'],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole('dialog', { name }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name }).waitFor({ state: 'hidden' });
    }
  });

  test('out of bounds are turned down beside their field', async () => {
    const { page } = window;
    await page.keyboard.press('Control+,');
    const days = page.getByLabel('Days that results are kept');
    await days.fill('1');
    await page.keyboard.press('Enter');
    await page.getByText('It can be a whole number from 7 to 3,650.').waitFor();
    expect(await days.inputValue()).toBe('90');
  });

  test('are changed in the window at once, and stay so', async () => {
    const { app, page } = window;
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Appearance').selectOption('Dark');
    await expect
      .poll(() => app.evaluate(({ nativeTheme }) => nativeTheme.themeSource))
      .toBe('dark');
    await page.getByLabel('Days that results are kept').fill('30');
    await page.keyboard.press('Enter');
    await expect
      .poll((): unknown => JSON.parse(readFileSync(path.join(dataDir, 'settings.json'), 'utf8')))
      .toEqual({ appearance: 'dark', receiptDays: 30 });
  });

  test.runIf(process.platform === 'linux')('have Signoff start at login', async () => {
    const { page } = window;
    const file = path.join(dataDir, 'config/autostart/signoff.desktop');
    await page.getByRole('button', { name: 'Settings' }).click();
    const atLogin = page.getByLabel('Start when you log in');
    await atLogin.check();
    await expect.poll(() => existsSync(file)).toBe(true);
    await atLogin.uncheck();
    await expect.poll(() => existsSync(file)).toBe(false);
  });
});

test.runIf(process.platform === 'linux')(
  'a change of language is in the window and in the tray at once',
  async () => {
    const tray = await startTrayHost();
    const { page } = await openSignoff(await newDataDir());
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Language').selectOption('Deutsch');
    await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    await expect.poll(() => tray.labels()).toContain('Signoff öffnen');
  },
);

describe.runIf(process.platform === 'linux')('a notification', () => {
  test('tells of a hand-in from outside, and of what could not be ended', async () => {
    const desktop = await startNotificationDaemon();
    const server = await newServer();
    const dataDir = await newDataDir();
    await startSignoff(dataDir);
    await hold(dataDir, agentSession(server, 'Front desk'));
    await expect.poll(() => desktop.titles).toEqual(['Front desk is held']);
    await server.close();
    await askToSignOff(dataDir, { budgetMs: 1_000 });
    await expect
      .poll(() => desktop.titles)
      .toEqual(['Front desk is held', 'Front desk could not be signed off']);
  });
});
