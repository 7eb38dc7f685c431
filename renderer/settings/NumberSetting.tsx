import { useSignal } from '@preact/signals';
import { language, words } from '../text/language.ts';
import { SettingRow } from './SettingRow.tsx';
import { BOUNDS, type NumberName } from './settings.ts';
import { type SettingsAccess, useSetting } from './useSetting.ts';

interface Props {
  readonly access: SettingsAccess;
  readonly name: NumberName;
  readonly hint?: string;
  /** Whether it has no effect now. */
  readonly isIdle?: boolean;
}

/** A setting that is a whole number within bounds. Leaving the field or Enter changes it. */
export function NumberSetting({ access, name, hint, isIdle = false }: Props) {
  const setting = useSetting(access, name);
  const { value, change } = setting;
  const { least, most } = BOUNDS[name];
  const say = words.value.settings;
  const format = new Intl.NumberFormat(language.value);
  const range = [format.format(least), format.format(most)] as const;
  /** The text while typing, which must survive state updates. */
  const text = useSignal<string | null>(null);
  const commit = (input: HTMLInputElement): void => {
    const typed = input.valueAsNumber;
    text.value = null;
    input.value = String(value);
    if (!Number.isInteger(typed) || typed < least || typed > most)
      setting.setProblem(say.outOfRange(...range));
    else change(typed);
  };
  return (
    <SettingRow setting={setting} notes={[hint, say.range(...range)]}>
      <input
        type="number"
        class="number"
        {...setting.control}
        min={least}
        max={most}
        step={1}
        value={text.value ?? String(value)}
        disabled={setting.isManaged || isIdle}
        onInput={(event) => (text.value = event.currentTarget.value)}
        onChange={(event) => commit(event.currentTarget)}
      />
    </SettingRow>
  );
}
