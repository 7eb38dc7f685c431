import { useId } from 'preact/hooks';
import { dayOf, firstOf, lastOf } from '../../model/days.ts';
import type { ResultsStore } from '../../stores/results-store.ts';
import { words } from '../../text/language.ts';
import { hostOf } from '../../text/names.ts';

/** The filters that are lists. */
export type ListName = 'outcomes' | 'causes' | 'kinds' | 'servers';

/** The filters to choose from. */
export function FilterChoices({ results }: { results: ResultsStore }) {
  const { results: texts, sessions } = words.value;
  const { from, to } = results.filter.value;
  const servers = results.servers.value;
  const choices: readonly Omit<ChoicesProps, 'results'>[] = [
    { list: 'outcomes', legend: texts.receipt.outcome, names: sessions.outcomes },
    { list: 'causes', legend: texts.receipt.cause, names: texts.causeNames },
    { list: 'kinds', legend: sessions.kind, names: sessions.kinds },
    {
      list: 'servers',
      legend: sessions.server,
      names: Object.fromEntries(servers.map((server) => [server, hostOf(server)])),
    },
  ];
  return (
    <div class="choices-panel">
      {choices
        .filter(({ list }) => list !== 'servers' || servers.length > 1)
        .map((props) => (
          <Choices key={props.list} results={results} {...props} />
        ))}
      <div class="days">
        <Day
          label={texts.filter.from}
          value={from}
          momentOf={firstOf}
          onChoose={(chosen) => results.refine({ from: chosen })}
        />
        <Day
          label={texts.filter.to}
          value={to}
          momentOf={lastOf}
          onChoose={(chosen) => results.refine({ to: chosen })}
        />
      </div>
    </div>
  );
}

interface ChoicesProps {
  readonly results: ResultsStore;
  readonly list: ListName;
  readonly legend: string;
  /** The name of each choice. */
  readonly names: Readonly<Record<string, string>>;
}

function Choices({ results, list, legend, names }: ChoicesProps) {
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
        {Object.entries(names).map(([value, name]) => (
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
  /** Which moment of the chosen day is meant. */
  readonly momentOf: (day: string) => number;
  readonly onChoose: (value: number | null) => void;
}

function Day({ label, value, momentOf, onChoose }: DayProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-box">
        <input
          id={id}
          type="date"
          max="9999-12-31"
          value={value === null ? '' : dayOf(value)}
          onChange={({ currentTarget: { value: day } }) =>
            onChoose(day === '' ? null : momentOf(day))
          }
        />
      </div>
    </div>
  );
}
