import axe from 'axe-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SignoffWindow } from '../../scripts/signoff-window.ts';
import { openSignoffForAll } from './signoff.ts';
import { compareWithPicture } from './pictures.ts';
import { stage, tell } from './staged-window.ts';
import { WINDOW_STATES } from './window-states.ts';

const THEMES = ['light', 'dark'] as const;

/** One window for all states: the page is loaded anew for each. */
let window: SignoffWindow;
beforeAll(async () => {
  window = await openSignoffForAll();
});

const cases = Object.entries(WINDOW_STATES).flatMap(([name, shown]) =>
  THEMES.map((theme) => ({ name, theme, shown })),
);

describe('the window', () => {
  test.each(cases)('looks as designed: $name, $theme', async ({ name, theme, shown }) => {
    await window.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const page = await stage(window, shown);
    await compareWithPicture(`${name}-${theme}`, await page.screenshot());
  });

  test.each(cases)('is accessible: $name, $theme', async ({ theme, shown }) => {
    await window.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const page = await stage(window, shown);
    await page.evaluate(axe.source);
    const violations = await page.evaluate('axe.run().then((run) => run.violations)');
    expect(violations).toEqual([]);
  });

  test.each(Object.entries(WINDOW_STATES))(
    'survives strings twice as long at 360 px: %s',
    async (_, shown) => {
      const page = await stage(window, shown);
      await page.setViewportSize({ width: 360, height: 640 });
      const overflow = await page.evaluate(() => {
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const nodes: Node[] = [];
        while (texts.nextNode()) nodes.push(texts.currentNode);
        for (const node of nodes) node.textContent = `${node.textContent} ${node.textContent}`;
        return document.documentElement.scrollWidth - document.documentElement.clientWidth;
      });
      expect(overflow).toBe(0);
    },
  );

  test('shows a new receipt within one frame of its event', async () => {
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
});
