import { useSignal } from '@preact/signals';
import { language, words } from '../text/language.ts';
import { SettingRow } from './SettingRow.tsx';
import { BOUNDS, type NumberName } from './settings.ts';
import { type SettingsAccess, useSetting } from './useSetting.ts';

interface Props {
  readonly access: SettingsAccess;
  readonly name: NumberName;
  readonly label: string;
  readonly hint?: string;
  /** Whether it counts for nothing now. */
  readonly isIdle?: boolean;
}

/** A setting that is a whole number within bounds. It is changed when the field is left, or by Enter. */
export function NumberSetting({ access, name, label, hint, isIdle = false }: Props) {
  const { value, isManaged, problem, change, refuse, ids } = useSetting(access, name);
  const { least, most } = BOUNDS[name];
  const say = words.value.settings;
  const format = new Intl.NumberFormat(language.value);
  const range = [format.format(least), format.format(most)] as const;
  /** What is being typed: it must outlast whatever else the window is told meanwhile. */
  const text = useSignal<string | null>(null);
  const take = (input: HTMLInputElement): void => {
    const typed = input.valueAsNumber;
    text.value = null;
    input.value = String(value);
    if (!Number.isInteger(typed) || typed < least || typed > most) refuse(say.outOfRange(...range));
    else change(typed);
  };
  return (
    <SettingRow
      label={label}
      notes={[...(hint === undefined ? [] : [hint]), say.range(...range)]}
      isManaged={isManaged}
      problem={problem}
      ids={ids}
    >
      <input
        type="number"
        class="number"
        id={ids.control}
        name={name}
        min={least}
        max={most}
        step={1}
        value={text.value ?? String(value)}
        disabled={isManaged || isIdle}
        aria-describedby={`${ids.note} ${ids.problem}`}
        onInput={(event) => (text.value = event.currentTarget.value)}
        onChange={(event) => take(event.currentTarget)}
      />
    </SettingRow>
  );
}
