import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Receipt } from '../../model/types.ts';
import type { ResultsStore } from '../../stores/results-store.ts';
import { words } from '../../text/language.ts';
import { ResultRow } from './ResultRow.tsx';
import { scrollerOf, useVisibleRange } from './useVisibleRange.ts';
import { piecesOf } from './visible-rows.ts';

/** How close to the end of what has been read the next page is read. */
const AHEAD_ROWS = 40;
const PAGE_ROWS = 8;

interface Props {
  readonly results: ResultsStore;
  readonly now: ReadonlySignal<number>;
  /** The receipt that was shown before the list; it is where the Tab key leads. */
  readonly cameFrom: string | null;
  readonly onOpen: (receipt: Receipt) => void;
}

/** The receipts, the newest first; however many there are, only those in view are in the page. */
export function ResultsList({ results, now, cameFrom, onOpen }: Props) {
  const { receipts, next, status } = results.list.value;
  const list = useRef<HTMLUListElement>(null);
  const count = receipts.length;
  const { range, rowHeight } = useVisibleRange(list, count, receipts[0]?.id);
  const currentId = useSignal(cameFrom);
  const moved = useRef(false);
  // Without one there is nothing for the Tab key to reach.
  const current = Math.max(
    0,
    receipts.findIndex(({ id }) => id === currentId.value),
  );
  useScrollAnchor(list, receipts, rowHeight);

  const { end } = range.value;
  useEffect(() => {
    if (status === 'idle' && next !== null && end + AHEAD_ROWS >= count) void results.showMore();
  }, [results, status, next, end, count]);

  useLayoutEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [current]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const target = rowAfterKey(event.key, current, count);
    if (target === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (target === current) return;
    moved.current = true;
    currentId.value = receipts[target]?.id ?? null;
  };

  return (
    // The keys are only caught on their way up from the rows' buttons, which are what takes the focus.
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
      {piecesOf(range.value, current, count).map((piece) => {
        if ('rows' in piece) {
          return <Gap key={`gap ${piece.gapBefore}`} height={piece.rows * rowHeight.value} />;
        }
        const receipt = receipts[piece.row];
        return (
          receipt && (
            <ResultRow
              key={receipt.id}
              receipt={receipt}
              now={now}
              position={piece.row + 1}
              outOf={next === null ? count : -1}
              current={piece.row === current}
              onOpen={onOpen}
            />
          )
        );
      })}
    </ul>
  );
}

/** Room for rows that are not there; an SVG, because a height can be given to one without a style. */
function Gap({ height }: { height: number }) {
  return (
    <li class="result-gap" aria-hidden="true">
      <svg width="1" height={height} />
    </li>
  );
}

function rowAfterKey(key: string, current: number, count: number): number | null {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(current + 1, last);
    case 'ArrowUp':
      return Math.max(current - 1, 0);
    case 'PageDown':
      return Math.min(current + PAGE_ROWS, last);
    case 'PageUp':
      return Math.max(current - PAGE_ROWS, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** Keeps what is being read where it is when new results come in above it. */
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
    const isScrolledInto =
      element.getBoundingClientRect().top < scroller.getBoundingClientRect().top;
    if (isScrolledInto) scroller.scrollTop += added * rowHeight.value;
  }, [list, receipts, rowHeight]);
}
