import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { countFilters, isFiltering, noFilter } from '../../model/results-filter.ts';
import type { ResultsFilter } from '../../model/results-filter.ts';
import { Icon } from '../../parts/Icon.tsx';
import type { ResultsStore } from '../../stores/results-store.ts';
import { words } from '../../text/language.ts';
import { ActiveFilters } from './ActiveFilters.tsx';
import { FilterChoices } from './FilterChoices.tsx';

/** The search, the other filters, and the active ones. */
export function FilterBar({ results }: { results: ResultsStore }) {
  const { filter: texts } = words.value.results;
  const filter = results.filter.value;
  const open = useSignal(false);
  const searchId = useId();
  const choicesId = useId();
  const active = countFilters(filter);
  const search = useRef<HTMLInputElement>(null);

  const toggle = (): void => {
    open.value = !open.value;
    if (open.value) void results.fetchServers();
  };

  const remove = (change: Partial<ResultsFilter>): void => {
    results.refine(change);
    // With the last filter its focused button is removed, too.
    if (!isFiltering(results.filter.value)) search.current?.focus();
  };

  return (
    <div class="filters" role="search">
      <div class="filters-bar">
        <label class="only-heard" for={searchId}>
          {texts.search}
        </label>
        <div class="search">
          <Icon name="search" />
          <input
            id={searchId}
            ref={search}
            type="search"
            value={filter.text}
            placeholder={texts.searchHint}
            maxLength={200}
            autocomplete="off"
            spellcheck={false}
            onInput={({ currentTarget }) => results.refine({ text: currentTarget.value })}
          />
        </div>
        <button
          type="button"
          class="button"
          aria-expanded={open.value}
          aria-controls={choicesId}
          onClick={toggle}
        >
          <Icon name="filter" />
          {texts.show} {active > 0 && <span class="count">{active}</span>}
        </button>
      </div>
      <div id={choicesId} hidden={!open.value}>
        {open.value && <FilterChoices results={results} />}
      </div>
      {isFiltering(filter) && (
        <ActiveFilters filter={filter} onRefine={remove} onClear={() => remove(noFilter)} />
      )}
    </div>
  );
}
