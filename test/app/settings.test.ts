import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { startNotificationDaemon } from './notification-daemon.ts';
import { startTrayHost } from './tray-host.ts';
import {
  agentSession,
  hold,
  newDataDir,
  newServer,
  openSignoff,
  signoff,
  startSignoff,
} from './signoff.ts';

describe('the settings', () => {
  test('are changed in the window at once, and stay so', async () => {
    const dataDir = await newDataDir();
    const { app, page } = await openSignoff(dataDir);
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

  test.runIf(process.platform === 'linux')(
    'change the language of the window and of the tray at once',
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

  test('out of bounds are turned down beside their field', async () => {
    const { page } = await openSignoff(await newDataDir());
    await page.getByText('Nothing held.').waitFor();
    await page.keyboard.press('Control+,');
    const days = page.getByLabel('Days that results are kept');
    await days.fill('1');
    await page.keyboard.press('Enter');
    await page.getByText('It can be a whole number from 7 to 3,650.').waitFor();
    expect(await days.inputValue()).toBe('90');
  });

  test.runIf(process.platform === 'linux')('have Signoff start at login', async () => {
    const config = await newDataDir('signoff-config-');
    const file = path.join(config, 'autostart/signoff.desktop');
    const { page } = await openSignoff(await newDataDir(), { env: { XDG_CONFIG_HOME: config } });
    await page.getByRole('button', { name: 'Settings' }).click();
    const atLogin = page.getByLabel('Start when you log in');
    await atLogin.check();
    await expect.poll(() => existsSync(file)).toBe(true);
    await atLogin.uncheck();
    await expect.poll(() => existsSync(file)).toBe(false);
  });

  test('are opened and closed by the keyboard, as is the help', async () => {
    const { page } = await openSignoff(await newDataDir());
    await page.getByText('Nothing held.').waitFor();
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
});

describe.runIf(process.platform === 'linux')('a notification', () => {
  test('tells of a hand-in from outside, and of what could not be ended', async () => {
    const desktop = await startNotificationDaemon();
    const server = await newServer();
    const dataDir = await newDataDir();
    await startSignoff(dataDir);
    await hold(dataDir, agentSession(server, 'Front desk'));
    await expect.poll(() => desktop.titles, { timeout: 5_000 }).toEqual(['Front desk is held']);
    await server.close();
    await signoff(dataDir, ['sign-off', '--timeout', '1']);
    await expect
      .poll(() => desktop.titles)
      .toEqual(['Front desk is held', 'Front desk could not be signed off']);
  });
});
