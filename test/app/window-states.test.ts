import axe from 'axe-core';
import type { Page } from 'playwright';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { SignoffWindow } from '../../scripts/signoff-window.ts';
import { cutTexts, sayTwice } from './cut-texts.ts';
import { compareWithPicture, MAKES_PICTURES, pictureForReadme } from './pictures.ts';
import { openSignoffForAll } from './signoff.ts';
import { stage, tell, USUAL_SIZE } from './staged-window.ts';
import { WINDOW_STATES } from './window-states.ts';

const IN_README = ['holding', 'receipt'];
const NARROW = { ...USUAL_SIZE, width: 360 };

/** One window for all states: the page is loaded anew for each. */
let window: SignoffWindow;
beforeAll(async () => {
  window = await openSignoffForAll();
});

/** All that axe-core has against the page as it is; in what does not depend on it, whatever the theme. */
async function violations(page: Page, theme: 'light' | 'dark'): Promise<unknown> {
  await page.evaluate(axe.source);
  const options = {
    resultTypes: ['violations'],
    rules: { 'target-size': { enabled: true } },
    ...(theme === 'dark' ? { runOnly: ['color-contrast'] } : {}),
  };
  return page.evaluate(`axe.run(${JSON.stringify(options)}).then((run) => run.violations)`);
}

/** The window in every state that it was designed for, each looked at in one visit. */
describe.each(Object.entries(WINDOW_STATES))('the window in the state %s', (name, shown) => {
  let page: Page;
  beforeAll(async () => {
    await window.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    page = await stage(window, shown);
  });

  describe.each(['light', 'dark'] as const)('in %s colours', (theme) => {
    beforeAll(() => page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' }));

    test('looks as designed', async () => {
      await compareWithPicture(`${name}-${theme}`, await page.screenshot());
    });

    test('is accessible', async () => {
      expect(await violations(page, theme)).toEqual([]);
    });
  });

  // The last, since the texts stay as they are made here.
  test.each([
    { texts: 'its texts', times: 1 },
    { texts: 'texts twice as long', times: 2 },
  ])('cuts none of $texts, however narrow it is', async ({ times }) => {
    if (times === 2) await sayTwice(page);
    for (const size of [USUAL_SIZE, NARROW]) {
      await page.setViewportSize(size);
      expect(await cutTexts(page), `${size.width} px wide`).toEqual([]);
    }
  });
});

describe('for whoever needs it otherwise', () => {
  const ending = async (): Promise<Page> => {
    const shown = WINDOW_STATES['ending'];
    if (shown === undefined) throw new Error('There is no such state.');
    return stage(window, shown);
  };

  test('nothing turns where less motion is wanted', async () => {
    const page = await ending();
    const turning = (): Promise<string[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll('.icon-busy')].map(
          (icon) => getComputedStyle(icon).animationName,
        ),
      );
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await turning()).toEqual(['turn']);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await turning()).toEqual(['none']);
  });

  test('in forced colours all is still there to see', async () => {
    await window.page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    onTestFinished(() => window.page.emulateMedia({ forcedColors: 'none' }));
    const page = await ending();
    await compareWithPicture('ending-forced-colours', await page.screenshot());
  });
});

test('the window shows a new receipt within one frame of its event', async () => {
  const shown = WINDOW_STATES['holding'];
  const newest = shown?.receipts[0];
  if (shown === undefined || newest === undefined) throw new Error('There is no such state.');
  const page = await stage(window, shown);
  await page.evaluate(`
    const off = signoff.on('receipt', () => {
      off();
      requestAnimationFrame(() => {
        globalThis.shown = document.body.textContent.includes('Just arrived');
      });
    });
  `);
  await tell(window, 'receipt', { ...newest, id: 'new', label: 'Just arrived' });
  await expect.poll(() => page.evaluate('globalThis.shown')).toBe(true);
});

test.runIf(MAKES_PICTURES).each(
  IN_README.flatMap((name) => [
    { name, theme: 'light' as const },
    { name, theme: 'dark' as const },
  ]),
)('the README shows the window in the state $name in $theme colours', async ({ name, theme }) => {
  const shown = WINDOW_STATES[name];
  if (shown === undefined) throw new Error('There is no such state.');
  await window.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  const page = await stage(window, shown);
  await pictureForReadme(page, `${name}-${theme}`);
});
