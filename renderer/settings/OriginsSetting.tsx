import { useSignal } from '@preact/signals';
import { words } from '../text/language.ts';
import { readOrigins } from './origins.ts';
import { SettingRow } from './SettingRow.tsx';
import { type SettingsAccess, useSetting } from './useSetting.ts';

const MIN_LINES = 2;
const MAX_LINES = 6;

interface Props {
  readonly access: SettingsAccess;
  readonly name: 'browserOrigins';
  readonly hint: string;
  /** Whether it has no effect now. */
  readonly isIdle?: boolean;
}

/** A setting that is a list of addresses, one a line. Leaving the field or Enter changes it. */
export function OriginsSetting({ access, name, hint, isIdle = false }: Props) {
  const setting = useSetting(access, name);
  const { value, change, setProblem } = setting;
  /** The text while typing, which must survive state updates. */
  const text = useSignal<string | null>(null);
  const isInvalid = useSignal(false);
  const shown = text.value ?? value.join('\n');
  /** Returns whether the text is valid; an invalid one stays in the field. */
  const commit = (typed: string): boolean => {
    const read = readOrigins(typed);
    isInvalid.value = !read.ok;
    if (!read.ok) setProblem(words.value.settings.notAnOrigin(read.line));
    else if (read.origins.join('\n') !== value.join('\n')) change([...read.origins]);
    else setProblem(null);
    return read.ok;
  };
  return (
    <SettingRow setting={setting} notes={[hint]} isWide>
      <textarea
        class="lines"
        {...setting.control}
        rows={Math.min(MAX_LINES, Math.max(MIN_LINES, shown.split('\n').length))}
        value={shown}
        disabled={setting.isManaged || isIdle}
        autoComplete="off"
        autoCapitalize="off"
        spellcheck={false}
        aria-invalid={isInvalid.value ? 'true' : undefined}
        onInput={(event) => (text.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          // The line break is still inserted; what was typed before it is committed.
          if (event.key === 'Enter') commit(event.currentTarget.value);
        }}
        onChange={(event) => {
          if (commit(event.currentTarget.value)) text.value = null;
        }}
      />
    </SettingRow>
  );
}
