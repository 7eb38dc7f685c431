import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Receipt } from '../../model/types.ts';
import type { ResultsStore } from '../../stores/results-store.ts';
import { words } from '../../text/language.ts';
import { indexAfterKey } from '../index-after-key.ts';
import { ResultRow } from './ResultRow.tsx';
import { scrollerOf, useVisibleRange } from './useVisibleRange.ts';
import { rowsAndGaps } from './visible-rows.ts';

/** The next page is read this close to the end. */
const PREFETCH_ROWS = 40;
const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

interface Props {
  readonly results: ResultsStore;
  readonly now: ReadonlySignal<number>;
  /** The receipt that was last shown in detail; the first tab stop. */
  readonly lastOpenedId: string | null;
  readonly onOpen: (receipt: Receipt) => void;
}

/** The receipts, the newest first, as a virtual list: only the rows in view are in the page. */
export function ResultsList({ results, now, lastOpenedId, onOpen }: Props) {
  const { receipts, next, status } = results.list.value;
  const list = useRef<HTMLUListElement>(null);
  const count = receipts.length;
  const { range, rowHeight } = useVisibleRange(list, count, receipts[0]?.id);
  const currentId = useSignal(lastOpenedId);
  const moved = useRef(false);
  // One row is always the tab stop.
  const current = Math.max(
    0,
    receipts.findIndex(({ id }) => id === currentId.value),
  );
  useScrollAnchor(list, receipts, rowHeight);

  const { end } = range.value;
  useEffect(() => {
    if (status === 'idle' && next !== null && end + PREFETCH_ROWS >= count) void results.showMore();
  }, [results, status, next, end, count]);

  useLayoutEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [current]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const target = indexAfterKey(event, current, count, STEPS);
    if (target === null) return;
    event.preventDefault();
    if (target === current) return;
    moved.current = true;
    currentId.value = receipts[target]?.id ?? null;
  };

  return (
    // The keys only bubble up from the rows' buttons, which have the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <ul
      class="results"
      aria-label={words.value.results.list.label}
      aria-busy={status === 'loading'}
      ref={list}
      onKeyDown={onKeyDown}
      onFocusIn={({ target }) => {
        const id = target instanceof HTMLElement ? target.dataset['receipt'] : undefined;
        if (id !== undefined) currentId.value = id;
      }}
    >
      {rowsAndGaps(range.value, current, count).map((item) => {
        if ('rows' in item) {
          return <Gap key={`gap ${item.gapBefore}`} height={item.rows * rowHeight.value} />;
        }
        const receipt = receipts[item.row];
        return (
          receipt && (
            <ResultRow
              key={receipt.id}
              receipt={receipt}
              now={now}
              position={item.row + 1}
              total={next === null ? count : -1}
              isTabStop={item.row === current}
              onOpen={onOpen}
            />
          )
        );
      })}
    </ul>
  );
}

/** Space for rows that are not in the page. An SVG has a height without an inline style. */
function Gap({ height }: { height: number }) {
  return (
    <li class="result-gap" aria-hidden="true">
      <svg width="1" height={height} />
    </li>
  );
}

/** Keeps the scroll position when new results arrive at the top. */
function useScrollAnchor(
  list: { readonly current: HTMLElement | null },
  receipts: readonly Receipt[],
  rowHeight: ReadonlySignal<number>,
): void {
  const first = useRef<Receipt | undefined>(undefined);
  useLayoutEffect(() => {
    const before = first.current;
    first.current = receipts[0];
    const element = list.current;
    if (!element || !before) return;
    const added = receipts.indexOf(before);
    if (added <= 0) return;
    const scroller = scrollerOf(element);
    const isScrolled = element.getBoundingClientRect().top < scroller.getBoundingClientRect().top;
    if (isScrolled) scroller.scrollTop += added * rowHeight.value;
  }, [list, receipts, rowHeight]);
}
