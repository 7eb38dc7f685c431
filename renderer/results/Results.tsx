import type { ReadonlySignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isFiltering } from '../model/results-filter.ts';
import type { Receipt } from '../model/types.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { Icon } from '../parts/Icon.tsx';
import type { ResultsStore } from '../stores/results-store.ts';
import { words } from '../text/language.ts';
import { ExportButtons } from './export/ExportButtons.tsx';
import { ExportProgress } from './export/ExportProgress.tsx';
import { FilterBar } from './filters/FilterBar.tsx';
import { ResultsList } from './list/ResultsList.tsx';
import { scrollerOf } from './list/useVisibleRange.ts';
import { OverTime } from './over-time/OverTime.tsx';
import { ReceiptPanel } from './receipt/ReceiptPanel.tsx';
import { ViewChoice } from './ViewChoice.tsx';

interface Props {
  readonly results: ResultsStore;
  readonly now: ReadonlySignal<number>;
}

/** What became of each sign-off: as a list, one by one, and over time. */
export function Results({ results, now }: Props) {
  const section = useRef<HTMLElement>(null);
  const opened = results.opened.value;
  const { leave, cameFrom } = useScrollRestore(section, opened);
  const open = (receipt: Receipt): void => {
    leave(receipt);
    results.open(receipt);
  };
  return (
    <section class="section results-view" aria-labelledby="results-heading" ref={section}>
      <h2 class="only-heard" id="results-heading" tabIndex={-1}>
        {words.value.results.title}
      </h2>
      {opened ? (
        <ReceiptPanel key={opened.id} receipt={opened} onBack={results.close} />
      ) : (
        <>
          <FilterBar results={results} />
          <div class="results-bar">
            <ViewChoice results={results} />
            <ExportButtons results={results} />
          </div>
          <ExportProgress results={results} />
          {results.view.value === 'list' ? (
            <List results={results} now={now} cameFrom={cameFrom} onOpen={open} />
          ) : (
            <OverTime results={results} onOpen={open} />
          )}
        </>
      )}
    </section>
  );
}

interface ListProps extends Props {
  /** The receipt that was shown before this. */
  readonly cameFrom: string | null;
  readonly onOpen: (receipt: Receipt) => void;
}

function List({ results, now, cameFrom, onOpen }: ListProps) {
  const { receipts, next, unreadable, status } = results.list.value;
  const { list } = words.value.results;
  const isEmpty = receipts.length === 0 && status === 'idle' && next === null;
  const filtering = isFiltering(results.filter.value);
  return (
    <>
      {isEmpty && (
        <EmptyState
          icon={filtering ? 'search' : 'clock'}
          title={filtering ? list.noneMatch : list.noneYet}
        >
          <p class="quiet">{filtering ? list.noneMatchMore : list.noneYetMore}</p>
        </EmptyState>
      )}
      {receipts.length > 0 && (
        <ResultsList results={results} now={now} cameFrom={cameFrom} onOpen={onOpen} />
      )}
      {status === 'loading' && <p class="quiet results-note">{list.loading}</p>}
      {status === 'failed' && (
        <div class="notice tone-bad" role="alert">
          <Icon name="warning" />
          <p>{list.failed}</p>
          <button type="button" class="button" onClick={() => void results.showMore()}>
            {list.readAgain}
          </button>
        </div>
      )}
      {unreadable > 0 && <p class="quiet results-note">{list.unreadable(unreadable)}</p>}
    </>
  );
}

interface ScrollRestore {
  /** To be called before a receipt takes the place of what it is opened from. */
  leave(receipt: Receipt): void;
  /** The receipt that was come back from last. */
  readonly cameFrom: string | null;
}

/** Comes back from one receipt to where it was opened: as far scrolled, and with the focus on it. */
function useScrollRestore(
  section: { readonly current: HTMLElement | null },
  opened: Receipt | null,
): ScrollRestore {
  const left = useRef<{ id: string; scrollTop: number } | null>(null);
  const wasOpened = useRef(false);
  useLayoutEffect(() => {
    const element = section.current;
    if (!element) return;
    const scroller = scrollerOf(element);
    if (opened) {
      wasOpened.current = true;
      element.scrollIntoView({ block: 'start' });
      return;
    }
    if (!wasOpened.current) return;
    wasOpened.current = false;
    scroller.scrollTop = left.current?.scrollTop ?? scroller.scrollTop;
    const openers = [...element.querySelectorAll<HTMLElement | SVGElement>('[data-receipt]')];
    const opener = openers.find(({ dataset }) => dataset['receipt'] === left.current?.id);
    (opener ?? openers[0])?.focus({ preventScroll: true });
    opener?.scrollIntoView({ block: 'nearest' });
  }, [section, opened]);

  return {
    leave({ id }) {
      const scrollTop = section.current ? scrollerOf(section.current).scrollTop : 0;
      left.current = { id, scrollTop };
    },
    cameFrom: left.current?.id ?? null,
  };
}
