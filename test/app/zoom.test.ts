import type { ElectronApplication, Page } from 'playwright';
import { expect, test } from 'vitest';
import { closeWindow, newDataDir, openSignoff } from './signoff.ts';

/** How wide the page finds its window, in its own pixels. */
const width = (page: Page): Promise<number> => page.evaluate(() => innerWidth);

/** Presses Ctrl and a key as the system does: of what Playwright presses, only the page hears. */
const press = (app: ElectronApplication, key: string): Promise<void> =>
  app.evaluate(({ BrowserWindow }, keyCode) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.sendInputEvent({ type: 'keyDown', keyCode, modifiers: ['control'] });
    window?.webContents.sendInputEvent({ type: 'keyUp', keyCode, modifiers: ['control'] });
  }, key);

test('everything can be made larger, also in a dialog, and stays so in the next window', async () => {
  const { app, page } = await openSignoff(await newDataDir());
  await page.getByText('Nothing held.').waitFor();
  const before = await width(page);
  await press(app, '+');
  await expect.poll(() => width(page)).toBe(Math.round(before / 1.1));
  await page.keyboard.press('F1');
  await page.getByRole('dialog').waitFor();
  await press(app, '+');
  await expect.poll(() => width(page)).toBe(Math.round(before / 1.25));
  await closeWindow(app, page);
  const opening = app.waitForEvent('window');
  await app.evaluate((electron) => electron.app.emit('activate'));
  const next = await opening;
  await next.locator('h1').waitFor();
  await expect.poll(() => width(next)).toBe(Math.round(before / 1.25));
  // One press after the other, as a hand would.
  for (const factor of [1.5, 1.75, 2]) {
    await press(app, '+');
    await expect.poll(() => width(next)).toBe(Math.round(before / factor));
  }
  await press(app, '0');
  await expect.poll(() => width(next)).toBe(before);
});
