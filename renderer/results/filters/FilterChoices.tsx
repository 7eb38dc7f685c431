import { useId } from 'preact/hooks';
import type { ResultsFilter } from '../../model/results-filter.ts';
import type { ResultsStore } from '../../stores/results-store.ts';
import { words } from '../../text/language.ts';
import { hostOf } from '../../text/names.ts';
import { dateOf, endOfDay, startOfDay } from './days.ts';

/** The filter's lists. */
export type ListName = 'outcomes' | 'causes' | 'kinds' | 'servers';

/** What can be filtered by. */
export function FilterChoices({ results }: { results: ResultsStore }) {
  const { results: texts, sessions } = words.value;
  const { from, to } = results.filter.value;
  return (
    <div class="choices-panel">
      <Choices
        results={results}
        list="outcomes"
        legend={texts.filter.outcome}
        names={sessions.outcomes}
      />
      <Choices
        results={results}
        list="causes"
        legend={texts.filter.cause}
        names={texts.causeNames}
      />
      <Choices results={results} list="kinds" legend={texts.filter.kind} names={sessions.kinds} />
      {results.servers.value.length > 1 && (
        <Choices
          results={results}
          list="servers"
          legend={texts.filter.server}
          names={Object.fromEntries(
            results.servers.value.map((server) => [server, hostOf(server)]),
          )}
        />
      )}
      <div class="days">
        <Day
          label={texts.filter.from}
          value={from}
          onChoose={(day) => results.refine({ from: day === null ? null : startOfDay(day) })}
        />
        <Day
          label={texts.filter.to}
          value={to}
          onChoose={(day) => results.refine({ to: day === null ? null : endOfDay(day) })}
        />
      </div>
    </div>
  );
}

interface ChoicesProps<L extends ListName> {
  readonly results: ResultsStore;
  readonly list: L;
  readonly legend: string;
  readonly names: Readonly<Record<ResultsFilter[L][number], string>>;
}

function Choices<L extends ListName>({ results, list, legend, names }: ChoicesProps<L>) {
  const chosen: readonly string[] = results.filter.value[list];
  const toggle = (value: string): void => {
    const next = chosen.includes(value)
      ? chosen.filter((one) => one !== value)
      : [...chosen, value];
    results.refine({ [list]: next });
  };
  return (
    <fieldset class="choice-group">
      <legend>{legend}</legend>
      <div class="chips">
        {Object.entries<string>(names).map(([value, name]) => (
          <label key={value} class="chip">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={() => toggle(value)}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: number | null;
  /** With the day as `YYYY-MM-DD`; null when there is none. */
  readonly onChoose: (day: string | null) => void;
}

function Day({ label, value, onChoose }: DayProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-box">
        <input
          id={id}
          type="date"
          max="9999-12-31"
          value={value === null ? '' : dateOf(value)}
          onChange={({ currentTarget }) => onChoose(currentTarget.value || null)}
        />
      </div>
    </div>
  );
}
