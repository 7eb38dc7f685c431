import { SettingRow } from './SettingRow.tsx';
import type { SettingName, Settings } from './settings.ts';
import { type SettingsAccess, useSetting } from './useSetting.ts';

type SwitchName = {
  [N in SettingName]: Settings[N] extends boolean ? N : never;
}[SettingName];

interface Props {
  readonly access: SettingsAccess;
  readonly name: SwitchName;
  /** A line each; those that are undefined are left out. */
  readonly hints: readonly (string | undefined)[];
}

/** A setting that is on or off. */
export function SwitchSetting({ access, name, hints }: Props) {
  const setting = useSetting(access, name);
  return (
    <SettingRow setting={setting} notes={hints}>
      <input
        type="checkbox"
        role="switch"
        class="switch"
        {...setting.control}
        checked={setting.value}
        aria-checked={setting.value}
        disabled={setting.isManaged}
        onChange={(event) => setting.change(event.currentTarget.checked)}
      />
    </SettingRow>
  );
}
