import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { RefObject } from 'preact';
import { type Range, visibleRange } from './visible-rows.ts';

/** Before a row has been measured, and where nothing has a size. */
const ASSUMED_ROW_HEIGHT = 56;
const ASSUMED_VIEW_HEIGHT = 600;

interface Visible {
  readonly range: ReadonlySignal<Range>;
  /** Pixels. */
  readonly rowHeight: ReadonlySignal<number>;
}

/** Which rows of a list can be seen in what scrolls it, for as long as it is shown. */
export function useVisibleRange(
  list: RefObject<HTMLElement | null>,
  count: number,
  firstId: string | undefined,
): Visible {
  const rowHeight = useSignal(ASSUMED_ROW_HEIGHT);
  const range = useSignal<Range>({ first: 0, end: Math.min(count, 20) });

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const scroller = scrollerOf(element);
    const measure = (): void => {
      const row = element.querySelector('[aria-posinset]')?.getBoundingClientRect().height;
      if (row) rowHeight.value = row;
      const top = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      const next = visibleRange({
        count,
        rowHeight: rowHeight.value,
        above: Math.max(0, -top),
        viewHeight: scroller.clientHeight || ASSUMED_VIEW_HEIGHT,
      });
      const { first, end } = range.value;
      if (first !== next.first || end !== next.end) range.value = next;
    };
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(scroller);
    sizes.observe(element);
    scroller.addEventListener('scroll', measure, { passive: true });
    return () => {
      sizes.disconnect();
      scroller.removeEventListener('scroll', measure);
    };
  }, [list, count, firstId, range, rowHeight]);

  return { range, rowHeight };
}

/** The nearest element around this one that scrolls. */
export function scrollerOf(element: Element): Element {
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(around).overflowY)) return around;
  }
  return document.documentElement;
}
