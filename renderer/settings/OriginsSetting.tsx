import { useSignal } from '@preact/signals';
import { words } from '../text/language.ts';
import { readOrigins } from './origins.ts';
import { SettingRow } from './SettingRow.tsx';
import { type SettingsAccess, useSetting } from './useSetting.ts';

const LEAST_LINES = 2;
const MOST_LINES = 6;

interface Props {
  readonly access: SettingsAccess;
  readonly name: 'browserOrigins';
  readonly label: string;
  readonly hint: string;
  /** Whether it counts for nothing now. */
  readonly isIdle?: boolean;
}

/** A setting that is a list of addresses, one a line. It is changed when the field is left, or by Enter. */
export function OriginsSetting({ access, name, label, hint, isIdle = false }: Props) {
  const { value, isManaged, problem, change, refuse, ids } = useSetting(access, name);
  /** What is being typed: it must outlast whatever else the window is told meanwhile. */
  const text = useSignal<string | null>(null);
  const isWrong = useSignal(false);
  const shown = text.value ?? value.join('\n');
  /** Whether all of it is right; if not, it stays as it was typed. */
  const take = (typed: string): boolean => {
    const read = readOrigins(typed);
    isWrong.value = !read.ok;
    if (!read.ok) refuse(words.value.settings.notAnOrigin(read.line));
    else if (read.origins.join('\n') !== value.join('\n')) change([...read.origins]);
    else refuse(null);
    return read.ok;
  };
  return (
    <SettingRow
      label={label}
      notes={[hint]}
      isManaged={isManaged}
      problem={problem}
      ids={ids}
      isWide
    >
      <textarea
        class="lines"
        id={ids.control}
        name={name}
        rows={Math.min(MOST_LINES, Math.max(LEAST_LINES, shown.split('\n').length))}
        value={shown}
        disabled={isManaged || isIdle}
        autoComplete="off"
        autoCapitalize="off"
        spellcheck={false}
        aria-describedby={`${ids.note} ${ids.problem}`}
        aria-invalid={isWrong.value ? 'true' : undefined}
        onInput={(event) => (text.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          // The new line comes all the same: what stands there by now is taken.
          if (event.key === 'Enter') take(event.currentTarget.value);
        }}
        onChange={(event) => {
          if (take(event.currentTarget.value)) text.value = null;
        }}
      />
    </SettingRow>
  );
}
