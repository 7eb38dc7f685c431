import { keysOf } from '../model/keys.ts';
import { SettingRow } from './SettingRow.tsx';
import type { SettingName, Settings } from './settings.ts';
import { type SettingsAccess, useSetting } from './useSetting.ts';

type ChoiceName = {
  [N in SettingName]: Settings[N] extends string ? N : never;
}[SettingName];

interface Props<N extends ChoiceName> {
  readonly access: SettingsAccess;
  readonly name: N;
  readonly hint?: string;
  /** The name of each choice. */
  readonly choices: Readonly<Record<Settings[N], string>>;
  readonly isWide?: boolean;
  /** Whether it has no effect on this machine. */
  readonly isIdle?: boolean;
}

/** A setting that is one of several. */
export function ChoiceSetting<N extends ChoiceName>(props: Props<N>) {
  const { access, name, hint, choices, isWide = false, isIdle = false } = props;
  const setting = useSetting(access, name);
  const { value, change } = setting;
  const values = keysOf(choices);
  return (
    <SettingRow setting={setting} notes={[hint]} isWide={isWide}>
      <select
        class="select"
        {...setting.control}
        value={value}
        disabled={setting.isManaged || isIdle}
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
