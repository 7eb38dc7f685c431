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
import { Segments } from './Segments.tsx';

interface Props {
  readonly results: ResultsStore;
  readonly now: ReadonlySignal<number>;
}

/** The results of all sign-offs: as a list, in detail, and over time. */
export function Results({ results, now }: Props) {
  const section = useRef<HTMLElement>(null);
  const opened = results.opened.value;
  const { savePosition, lastOpenedId } = useScrollRestore(section, opened);
  const { title, views } = words.value.results;
  const open = (receipt: Receipt): void => {
    savePosition(receipt);
    results.open(receipt);
  };
  return (
    <section class="section results-view" aria-labelledby="results-heading" ref={section}>
      <h2 class="only-heard" id="results-heading" tabIndex={-1}>
        {title}
      </h2>
      {opened ? (
        <ReceiptPanel key={opened.id} receipt={opened} onBack={results.close} />
      ) : (
        <>
          <FilterBar results={results} />
          <div class="results-bar">
            <Segments
              label={views.label}
              names={views}
              values={['list', 'times']}
              value={results.view.value}
              onChoose={results.show}
            />
            <ExportButtons results={results} />
          </div>
          <ExportProgress results={results} />
          {results.view.value === 'list' ? (
            <List results={results} now={now} lastOpenedId={lastOpenedId} onOpen={open} />
          ) : (
            <OverTime results={results} onOpen={open} />
          )}
        </>
      )}
    </section>
  );
}

interface ListProps extends Props {
  /** The receipt that was last shown in detail. */
  readonly lastOpenedId: string | null;
  readonly onOpen: (receipt: Receipt) => void;
}

function List({ results, now, lastOpenedId, onOpen }: ListProps) {
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
        <ResultsList results={results} now={now} lastOpenedId={lastOpenedId} onOpen={onOpen} />
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

/**
 * Restores the scroll position and the focus when a receipt is closed. `savePosition` is to be called
 * before one is opened.
 */
function useScrollRestore(
  section: { readonly current: HTMLElement | null },
  opened: Receipt | null,
) {
  const saved = useRef<{ id: string; scrollTop: number } | null>(null);
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
    scroller.scrollTop = saved.current?.scrollTop ?? scroller.scrollTop;
    const openers = [...element.querySelectorAll<HTMLElement | SVGElement>('[data-receipt]')];
    const opener = openers.find(({ dataset }) => dataset['receipt'] === saved.current?.id);
    (opener ?? openers[0])?.focus({ preventScroll: true });
    opener?.scrollIntoView({ block: 'nearest' });
  }, [section, opened]);

  return {
    savePosition({ id }: Receipt): void {
      const scrollTop = section.current ? scrollerOf(section.current).scrollTop : 0;
      saved.current = { id, scrollTop };
    },
    lastOpenedId: saved.current?.id ?? null,
  };
}
