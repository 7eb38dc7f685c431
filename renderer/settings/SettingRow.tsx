import type { ComponentChildren } from 'preact';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../text/language.ts';
import type { SettingName } from './settings.ts';
import type { Setting } from './useSetting.ts';

interface Props {
  readonly setting: Omit<Setting<SettingName>, 'change' | 'value'>;
  /** A line each; those that are undefined are left out. */
  readonly notes: readonly (string | undefined)[];
  /** Whether the control is too wide to stand beside its label. */
  readonly isWide?: boolean;
  /** The control. */
  readonly children: ComponentChildren;
}

/** A setting: its label and notes, its control, and why a change was refused. */
export function SettingRow({ setting, notes, isWide = false, children }: Props) {
  const { isManaged, problem, ids, control } = setting;
  const say = words.value.settings;
  return (
    <div class={isWide ? 'setting setting-wide' : 'setting'}>
      <div class="setting-words">
        <label for={ids.control}>{say[control.name]}</label>
        <div id={ids.note} class="setting-note quiet">
          {notes.map((note) => note !== undefined && <p key={note}>{note}</p>)}
          {isManaged && (
            <p class="setting-managed">
              <Icon name="locked" />
              {say.managed}
            </p>
          )}
        </div>
      </div>
      {children}
      <p id={ids.problem} class="setting-problem problem" role="alert">
        {problem}
      </p>
    </div>
  );
}
