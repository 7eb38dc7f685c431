import type { Page } from 'playwright';

const MOST_STOPS = 120;

/** What has the focus, in words, and whether it is seen to have it. */
interface Stop {
  readonly what: string;
  readonly isMarked: boolean;
  readonly isInSight: boolean;
}

/** Whether whoever comes there does not see where they are. */
export function isUnseen({ isMarked, isInSight }: Stop): boolean {
  return !isMarked || !isInSight;
}

/** Goes from one stop of the Tab key to the next, until it comes round; then each can be looked at once more. */
export async function walkByTab(
  page: Page,
): Promise<{ readonly stops: readonly Stop[]; seeAgain(): Promise<Stop[]> }> {
  const elements = await page.evaluateHandle((): Element[] => []);
  const stops: Stop[] = [];
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press('Tab');
    const next = await page.evaluate(see, { elements, again: false });
    if (next.length === 0) {
      return { stops, seeAgain: () => page.evaluate(see, { elements, again: true }) };
    }
    stops.push(...next);
  }
  throw new Error(`The Tab key does not come round within ${MOST_STOPS} stops.`);
}

/** In the page: how what has the focus is seen, unless it has come round; or how each is that had it. */
function see({ elements, again }: { elements: Element[]; again: boolean }): Stop[] {
  if (again) {
    return elements.map((element) => {
      if (element instanceof HTMLElement || element instanceof SVGElement) element.focus();
      return seen(element);
    });
  }
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body) return [];
  if (activeElement === elements[0]) return [];
  elements.push(activeElement);
  return [seen(activeElement)];

  function seen(element: Element): Stop {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    // A point in a chart has a ring of its own.
    const ring = element.querySelector(':scope > .outlier-reach');
    const isRinged = ring !== null && getComputedStyle(ring).stroke !== 'none';
    // The calendar button within a date field has Chromium's own ring, and no style that can be read.
    const isWithin = element.matches('input[type="date"]:not(:focus)');
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return {
      what: `${element.tagName} ${element.id} ${element.textContent.slice(0, 40)}`,
      isMarked:
        isRinged ||
        isWithin ||
        (outlineStyle !== 'none' &&
          Number.parseFloat(outlineWidth) >= 2 &&
          outlineColor !== 'rgba(0, 0, 0, 0)'),
      isInSight: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
    };
  }
}
