import { SettingRow } from './SettingRow.tsx';
import type { SettingName, Settings } from './settings.ts';
import { type SettingsAccess, useSetting } from './useSetting.ts';

type SwitchName = {
  [N in SettingName]: Settings[N] extends boolean ? N : never;
}[SettingName];

interface Props {
  readonly access: SettingsAccess;
  readonly name: SwitchName;
  readonly label: string;
  readonly hint?: string;
}

/** A setting that is on or off. */
export function SwitchSetting({ access, name, label, hint }: Props) {
  const { value, isManaged, problem, change, ids } = useSetting(access, name);
  return (
    <SettingRow
      label={label}
      notes={hint === undefined ? [] : [hint]}
      isManaged={isManaged}
      problem={problem}
      ids={ids}
    >
      <input
        type="checkbox"
        role="switch"
        class="switch"
        id={ids.control}
        name={name}
        checked={value}
        aria-checked={value}
        disabled={isManaged}
        aria-describedby={`${ids.note} ${ids.problem}`}
        onChange={(event) => change(event.currentTarget.checked)}
      />
    </SettingRow>
  );
}
