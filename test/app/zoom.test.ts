import type { ElectronApplication, Page } from 'playwright';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SignoffWindow } from '../../scripts/signoff-window.ts';
import { closeWindow, newDataDir, openSignoff, openSignoffForAll } from './signoff.ts';
import { stage } from './staged-window.ts';
import { WINDOW_STATES } from './window-states.ts';

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
  await press(app, '0');
  await expect.poll(() => width(next)).toBe(before);
});

describe('at 200 % in a window 360 px wide', () => {
  let window: SignoffWindow;
  beforeAll(async () => {
    window = await openSignoffForAll();
    const { app, page } = window;
    await page.locator('h1').waitFor();
    await app.evaluate(({ BrowserWindow }) => {
      for (const each of BrowserWindow.getAllWindows()) each.setContentSize(360, 640);
    });
    // One press after the other, as a hand would.
    for (const factor of [1.1, 1.25, 1.5, 1.75, 2]) {
      await press(app, '+');
      await page.waitForFunction(`innerWidth === ${Math.round(360 / factor)}`);
    }
  });

  test.each(Object.entries(WINDOW_STATES))(
    'all that can be used is in sight: %s',
    async (_, shown) => {
      const page = await stage(window, shown, null);
      expect(await width(page)).toBe(180);
      const cutOff = await page.evaluate(() => {
        const dialog = document.querySelector('dialog[open]');
        const usable = (dialog ?? document).querySelectorAll(
          'button, input, select, summary, h1, h2',
        );
        return [...usable].flatMap((element) => {
          const { left, right } = element.getBoundingClientRect();
          const { checkVisibility } = Element.prototype;
          const isSeen = checkVisibility.call(element) && !element.closest('.only-heard');
          return isSeen && (left < 0 || right > innerWidth)
            ? [`${element.outerHTML.slice(0, 120)} ${left}–${right}`]
            : [];
        });
      });
      expect(cutOff).toEqual([]);
      const sideways = await page.evaluate(() =>
        [...document.querySelectorAll('main, dialog[open]')].map(
          ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
        ),
      );
      expect(Math.max(...sideways)).toBe(0);
    },
  );
});
