import { useRef } from 'preact/hooks';
import type { ResultsFilter } from '../../model/results-filter.ts';
import { Icon } from '../../parts/Icon.tsx';
import { language, words } from '../../text/language.ts';
import { hostOf } from '../../text/names.ts';
import type { ListName } from './FilterChoices.tsx';

interface Props {
  readonly filter: ResultsFilter;
  readonly onRefine: (change: Partial<ResultsFilter>) => void;
  readonly onClear: () => void;
}

interface ActiveFilter {
  readonly name: string;
  /** The change that removes it. */
  readonly without: Partial<ResultsFilter>;
}

/** The active filters, to be removed one by one or all at once. */
export function ActiveFilters({ filter, onRefine, onClear }: Props) {
  const { filter: texts } = words.value.results;
  const group = useRef<HTMLDivElement>(null);
  const remove = (without: Partial<ResultsFilter>, index: number): void => {
    const chips = group.current?.querySelectorAll<HTMLElement>('.chip-active');
    // The removed chip would take the focus with it.
    (chips?.[index + 1] ?? chips?.[index - 1])?.focus();
    onRefine(without);
  };
  return (
    <div class="chips" role="group" aria-label={texts.active} ref={group}>
      {activeFilters(filter).map(({ name, without }, index) => (
        <button
          key={name}
          type="button"
          class="chip-active"
          aria-label={texts.remove(name)}
          onClick={() => remove(without, index)}
        >
          {name}
          <Icon name="close" />
        </button>
      ))}
      <button type="button" class="button button-plain button-small" onClick={onClear}>
        {texts.clear}
      </button>
    </div>
  );
}

function activeFilters(filter: ResultsFilter): readonly ActiveFilter[] {
  const { results, sessions } = words.value;
  const day = new Intl.DateTimeFormat(language.value, { dateStyle: 'medium' });
  const text = filter.text.trim();
  return [
    ...(text ? [{ name: results.filter.searched(text), without: { text: '' } }] : []),
    ...members(filter, 'outcomes', (outcome) => sessions.outcomes[outcome]),
    ...members(filter, 'causes', (cause) => results.causeNames[cause]),
    ...members(filter, 'kinds', (kind) => sessions.kinds[kind]),
    ...members(filter, 'servers', hostOf),
    ...(filter.from === null
      ? []
      : [{ name: results.filter.since(day.format(filter.from)), without: { from: null } }]),
    ...(filter.to === null
      ? []
      : [{ name: results.filter.until(day.format(filter.to)), without: { to: null } }]),
  ];
}

function members<L extends ListName>(
  filter: ResultsFilter,
  list: L,
  nameOf: (value: ResultsFilter[L][number]) => string,
): ActiveFilter[] {
  const chosen: readonly ResultsFilter[L][number][] = filter[list];
  return chosen.map((value) => ({
    name: nameOf(value),
    without: { [list]: chosen.filter((other) => other !== value) },
  }));
}
