import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SignoffWindow } from '../../scripts/signoff-window.ts';
import { cutTexts, sayingTwice } from './cut-texts.ts';
import { outOfSight } from './out-of-sight.ts';
import {
  COMPARES_PICTURES,
  compareWithPicture,
  MAKES_PICTURES,
  PICTURES_FOLDER,
  pictureForReadme,
  WHY_NOT_COMPARED,
} from './pictures.ts';
import { openStage, sayingIn, sizeOf, stage, tell, zooming } from './staged-window.ts';
import { isUnseen, walkByTab } from './tab-walk.ts';
import { WINDOW_STATES, type WindowState } from './window-states.ts';

const THEMES = ['dark', 'light'] as const;
const WIDTHS = [480, 360];
/** As wide as a window of 360 px finds its page at 200 %. */
const NARROW = { width: 360, height: 640 };
const IN_README = new Set(['holding', 'receipt']);

const LANGUAGES = ['de', 'fr', 'ja'] as const;
/** The states that are looked at in other languages too, and those of which there are pictures then. */
const IN_LANGUAGES: Readonly<Record<string, readonly (typeof LANGUAGES)[number][]>> = {
  'first-run': [],
  dropped: [],
  'called-off': [],
  unavailable: [],
  many: [],
  ending: [],
  refused: [],
  unreachable: ['ja'],
  'vault-set-aside': [],
  'left-over': [],
  'could-not-leave': [],
  'just-ended': [],
  results: [],
  receipt: ['de', 'ja'],
  settings: ['ja'],
  help: [],
};

/** One window for all states. */
let window: SignoffWindow;
beforeAll(async () => {
  window = await openStage();
  const require = createRequire(import.meta.url);
  await window.page.addInitScript({ path: require.resolve('axe-core/axe.min.js') });
});

function stateOf(name: string): WindowState {
  const shown = WINDOW_STATES[name];
  if (shown === undefined) throw new Error(`There is no state ${name}.`);
  return shown;
}

/** These looks, where pictures are compared; elsewhere none. */
function pictured<T>(looks: readonly T[]): readonly T[] {
  return COMPARES_PICTURES ? looks : [];
}

/** All that axe-core has against the page; in dark colours, only against what they change. */
async function violations(page: Page, theme: (typeof THEMES)[number]): Promise<unknown> {
  const options = {
    resultTypes: ['violations'],
    rules: { 'target-size': { enabled: true } },
    ...(theme === 'dark' ? { runOnly: ['color-contrast'] } : {}),
  };
  return page.evaluate(`axe.run(${JSON.stringify(options)}).then((run) => run.violations)`);
}

async function expectNothingCut(page: Page, shown: WindowState): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ ...sizeOf(shown), width });
    expect(await cutTexts(page), `${width} px wide`).toEqual([]);
  }
}

/** The window in every state that it was designed for, in one visit each: every test leaves it as it was. */
describe.each(Object.entries(WINDOW_STATES))('the window in the state %s', (name, shown) => {
  let page: Page;
  beforeAll(async () => {
    await window.page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' });
    page = await stage(window, shown);
  });

  describe.each(THEMES)('in %s colours', (theme) => {
    beforeAll(() => page.emulateMedia({ colorScheme: theme }));

    test.each(pictured([`${name}-${theme}`]))('looks as designed', async (picture) => {
      await compareWithPicture(picture, await page.screenshot());
      if (MAKES_PICTURES && IN_README.has(name)) await pictureForReadme(page, picture);
    });

    test('is accessible', async () => {
      expect(await violations(page, theme)).toEqual([]);
    });
  });

  test('cuts none of its texts, however narrow it is', () => expectNothingCut(page, shown));

  test('cuts none of texts twice as long, however narrow it is', () =>
    sayingTwice(page, () => expectNothingCut(page, shown)));

  test('has all that can be used in sight at 200 % in a window 360 px wide', async () => {
    await page.setViewportSize(NARROW);
    await zooming(window, 2, async () => expect(await outOfSight(page)).toEqual([]));
  });

  const inLanguages = IN_LANGUAGES[name];
  test.each(inLanguages === undefined ? [] : LANGUAGES)(
    'cuts none of its texts in the language %s',
    (language) => sayingIn(window, shown, language, () => expectNothingCut(page, shown)),
  );

  test.each(pictured(inLanguages ?? []))('looks as designed in the language %s', (language) =>
    sayingIn(window, shown, language, async () => {
      await page.setViewportSize(sizeOf(shown));
      await compareWithPicture(`${name}-${language}`, await page.screenshot());
    }),
  );

  // The last, as it takes the focus away.
  test('shows whoever goes by the Tab key where they are, also in forced colours', async () => {
    await page.setViewportSize(sizeOf(shown));
    const { stops, seeAgain } = await walkByTab(page);
    // While the app is leaving, there is nothing to be done.
    expect(stops.length > 0).toBe(name !== 'leaving');
    expect(stops.filter(isUnseen)).toEqual([]);
    await page.emulateMedia({ forcedColors: 'active' });
    expect((await seeAgain()).filter(isUnseen), 'in forced colours').toEqual([]);
  });
});

describe('for whoever needs it otherwise', () => {
  let page: Page;
  beforeAll(async () => {
    await window.page.emulateMedia({ forcedColors: 'none' });
    page = await stage(window, stateOf('ending'));
  });

  test('nothing turns where less motion is wanted', async () => {
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

  test.each(pictured(['ending-forced-colours']))(
    '%s: all is still there to see',
    async (picture) => {
      await page.emulateMedia({ forcedColors: 'active' });
      const screenshot = await page.screenshot();
      await page.emulateMedia({ forcedColors: 'none' });
      await compareWithPicture(picture, screenshot);
    },
  );
});

// Where pictures are not compared, this alone says so.
test('there is a picture of every look, and no other', ({ skip }) => {
  skip(!COMPARES_PICTURES, WHY_NOT_COMPARED);
  const states = Object.keys(WINDOW_STATES).flatMap((name) =>
    [...THEMES, ...(IN_LANGUAGES[name] ?? [])].map((look) => `${name}-${look}.png`),
  );
  const pictures = readdirSync(PICTURES_FOLDER).filter((file) => file.endsWith('.png'));
  expect(new Set(pictures)).toEqual(new Set([...states, 'ending-forced-colours.png']));
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
