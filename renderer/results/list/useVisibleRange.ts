import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { RefObject } from 'preact';
import { type Range, visibleRange } from './visible-rows.ts';

/** Used until a row has been measured, and where there is no layout. */
const ASSUMED_ROW_HEIGHT = 56;
const ASSUMED_VIEW_HEIGHT = 600;

/** The rows of a list that its scroll container shows, and a row's height in pixels. */
export function useVisibleRange(
  list: RefObject<HTMLElement | null>,
  count: number,
  firstId: string | undefined,
): { readonly range: ReadonlySignal<Range>; readonly rowHeight: ReadonlySignal<number> } {
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
        scrollTop: Math.max(0, -top),
        viewHeight: scroller.clientHeight || ASSUMED_VIEW_HEIGHT,
      });
      const { first, end } = range.value;
      if (first !== next.first || end !== next.end) range.value = next;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    observer.observe(element);
    scroller.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      scroller.removeEventListener('scroll', measure);
    };
  }, [list, count, firstId, range, rowHeight]);

  return { range, rowHeight };
}

/** The nearest scrollable ancestor. */
export function scrollerOf(element: Element): Element {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent;
  }
  return document.documentElement;
}
