import axe from 'axe-core';
import type { Page } from 'playwright';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { SignoffWindow } from '../../scripts/signoff-window.ts';
import { cutTexts, sayTwice } from './cut-texts.ts';
import { compareWithPicture, MAKES_PICTURES, pictureForReadme } from './pictures.ts';
import { openSignoffForAll } from './signoff.ts';
import { stage, tell, USUAL_SIZE } from './staged-window.ts';
import { WINDOW_STATES, type WindowState } from './window-states.ts';

const IN_README = ['holding', 'receipt'];
const NARROW = { ...USUAL_SIZE, width: 360 };

/** One window for all states: the page is loaded anew for each. */
let window: SignoffWindow;
beforeAll(async () => {
  window = await openSignoffForAll();
});

function stateOf(name: string): WindowState {
  const shown = WINDOW_STATES[name];
  if (shown === undefined) throw new Error(`There is no state ${name}.`);
  return shown;
}

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

/** States that no click leads to: what is clicked has another name in each language. */
const WITHOUT_CLICKS = [
  'first-run',
  'dropped',
  'unavailable',
  'many',
  'ending',
  'refused',
  'unreachable',
  'vault-set-aside',
  'left-over',
  'could-not-leave',
  'just-ended',
];

/** Those that only a key leads to. */
const BY_KEYS = {
  results: async (page: Page) => page.keyboard.press('Control+2'),
  receipt: async (page: Page) => {
    await page.keyboard.press('Control+2');
    await page.locator('[data-receipt]').first().click();
  },
  settings: async (page: Page) => page.keyboard.press('Control+,'),
  help: async (page: Page) => page.keyboard.press('F1'),
};

describe.each(['de', 'fr', 'ja'] as const)('in the language %s', (language) => {
  const inLanguage = async (name: string, open?: (page: Page) => Promise<void>): Promise<Page> => {
    const { open: _, ...shown } = stateOf(name);
    const said = { ...shown, state: { ...shown.state, language } };
    return stage(window, open === undefined ? said : { ...said, open });
  };
  const routes: [string, ((page: Page) => Promise<void>) | undefined][] = [
    ...WITHOUT_CLICKS.map((name): [string, undefined] => [name, undefined]),
    ...Object.entries(BY_KEYS),
  ];

  test.each(routes)('the state %s cuts none of its texts', async (name, open) => {
    const page = await inLanguage(name, open);
    for (const size of [USUAL_SIZE, NARROW]) {
      await page.setViewportSize(size);
      expect(await cutTexts(page), `${size.width} px wide`).toEqual([]);
    }
  });

  // Not every machine has letters for Japanese.
  test.runIf(language === 'de')('it looks as designed', async () => {
    await window.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    const page = await inLanguage('receipt', BY_KEYS.receipt);
    await compareWithPicture('receipt-de', await page.screenshot());
  });
});

describe('for whoever needs it otherwise', () => {
  const ending = async (): Promise<Page> => {
    return stage(window, stateOf('ending'));
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
  const shown = stateOf('holding');
  const [newest] = shown.receipts;
  if (newest === undefined) throw new Error('The state has no receipt.');
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
  const shown = stateOf(name);
  await window.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  const page = await stage(window, shown);
  await pictureForReadme(page, `${name}-${theme}`);
});
