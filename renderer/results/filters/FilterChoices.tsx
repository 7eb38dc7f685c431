import { useId } from 'preact/hooks';
import type { ResultsFilter } from '../../model/results-filter.ts';
import type { ResultsStore } from '../../stores/results-store.ts';
import { words } from '../../text/language.ts';
import { hostOf } from '../../text/names.ts';

/** The filters that are lists. */
export type ListName = 'outcomes' | 'causes' | 'kinds' | 'servers';

/** The filters to choose from. */
export function FilterChoices({ results }: { results: ResultsStore }) {
  const { results: texts, sessions } = words.value;
  const { from, to } = results.filter.value;
  return (
    <div class="choices-panel">
      <Choices
        results={results}
        list="outcomes"
        legend={texts.receipt.outcome}
        names={sessions.outcomes}
      />
      <Choices
        results={results}
        list="causes"
        legend={texts.receipt.cause}
        names={texts.causeNames}
      />
      <Choices results={results} list="kinds" legend={sessions.kind} names={sessions.kinds} />
      {results.servers.value.length > 1 && (
        <Choices
          results={results}
          list="servers"
          legend={sessions.server}
          names={Object.fromEntries(
            results.servers.value.map((server) => [server, hostOf(server)]),
          )}
        />
      )}
      <div class="days">
        <Day
          label={texts.filter.from}
          value={from}
          timeOfDay="00:00:00"
          onChoose={(chosen) => results.refine({ from: chosen })}
        />
        <Day
          label={texts.filter.to}
          value={to}
          timeOfDay="23:59:59.999"
          onChoose={(chosen) => results.refine({ to: chosen })}
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
  /** Epoch milliseconds. */
  readonly value: number | null;
  /** Which moment of the chosen day is meant, in the machine's time zone. */
  readonly timeOfDay: string;
  readonly onChoose: (value: number | null) => void;
}

function Day({ label, value, timeOfDay, onChoose }: DayProps) {
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
          onChange={({ currentTarget: { value: day } }) =>
            onChoose(day === '' ? null : new Date(`${day}T${timeOfDay}`).getTime())
          }
        />
      </div>
    </div>
  );
}

/** The day as a date field has it: `YYYY-MM-DD`. */
function dateOf(epochMs: number): string {
  const at = new Date(epochMs);
  const parts = [at.getFullYear(), at.getMonth() + 1, at.getDate()];
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-');
}
