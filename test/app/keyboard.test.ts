import type { Page } from 'playwright';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SignoffWindow } from '../../scripts/signoff-window.ts';
import { openSignoffForAll } from './signoff.ts';
import { stage } from './staged-window.ts';
import { WINDOW_STATES } from './window-states.ts';

const MOST_STOPS = 120;

let window: SignoffWindow;
beforeAll(async () => {
  window = await openSignoffForAll();
});

/** What has the focus, in words, and whether it is seen to have it. */
function focused(page: Page): Promise<{ what: string; isMarked: boolean; isInSight: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    // A point in a chart has a ring of its own.
    const ring = element.querySelector(':scope > .outlier-reach');
    const isRinged = ring !== null && getComputedStyle(ring).stroke !== 'none';
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return {
      what: `${element.tagName} ${element.id} ${element.textContent.slice(0, 40)}`,
      isMarked:
        isRinged ||
        (outlineStyle !== 'none' &&
          Number.parseFloat(outlineWidth) >= 2 &&
          outlineColor !== 'rgba(0, 0, 0, 0)'),
      isInSight: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
    };
  });
}

/** Goes from one stop of the Tab key to the next, until it comes round. */
async function stops(page: Page): Promise<Awaited<ReturnType<typeof focused>>[]> {
  const found: Awaited<ReturnType<typeof focused>>[] = [];
  const seen = new Set<string>();
  while (found.length < MOST_STOPS) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (stop.what.startsWith('BODY')) break;
    if (seen.has(stop.what) && stop.what === found[0]?.what) break;
    seen.add(stop.what);
    found.push(stop);
  }
  return found;
}

// While the app is leaving, there is nothing to be done.
const states = Object.entries(WINDOW_STATES).filter(
  ([name]) => !name.startsWith('narrow') && name !== 'leaving',
);

describe.each(['none', 'active'] as const)('with forced colours: %s', (forcedColors) => {
  test.each(states)('whoever goes by the Tab key sees where they are: %s', async (_, shown) => {
    await window.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce', forcedColors });
    const page = await stage(window, shown);
    const found = await stops(page);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(MOST_STOPS);
    expect(found.filter(({ isMarked, isInSight }) => !isMarked || !isInSight)).toEqual([]);
  });
});
