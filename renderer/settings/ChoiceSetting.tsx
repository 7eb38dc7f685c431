import { SettingRow } from './SettingRow.tsx';
import type { SettingName, Settings } from './settings.ts';
import { type SettingsAccess, useSetting } from './useSetting.ts';

type ChoiceName = {
  [N in SettingName]: Settings[N] extends string ? N : never;
}[SettingName];

interface Props<N extends ChoiceName> {
  readonly access: SettingsAccess;
  readonly name: N;
  readonly label: string;
  readonly hint?: string;
  /** Every choice, by what it is called. */
  readonly choices: Readonly<Record<Settings[N], string>>;
  readonly isWide?: boolean;
  /** Whether it can do nothing on this machine. */
  readonly isIdle?: boolean;
}

/** A setting that is one of several. */
export function ChoiceSetting<N extends ChoiceName>(props: Props<N>) {
  const { access, name, label, hint, choices, isWide = false, isIdle = false } = props;
  const { value, isManaged, problem, change, ids } = useSetting(access, name);
  const values = namesIn(choices);
  return (
    <SettingRow
      label={label}
      notes={hint === undefined ? [] : [hint]}
      isManaged={isManaged}
      problem={problem}
      ids={ids}
      isWide={isWide}
    >
      <select
        class="select"
        id={ids.control}
        name={name}
        value={value}
        disabled={isManaged || isIdle}
        aria-describedby={`${ids.note} ${ids.problem}`}
        onChange={(event) => {
          const chosen = values.find((each) => each === event.currentTarget.value);
          if (chosen !== undefined) change(chosen);
        }}
      >
        {values.map((each) => (
          <option key={each} value={each} selected={each === value}>
            {choices[each]}
          </option>
        ))}
      </select>
    </SettingRow>
  );
}

function namesIn<V extends string>(choices: Readonly<Record<V, string>>): V[] {
  // The type leaves no room for another name.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.keys(choices) as V[];
}
