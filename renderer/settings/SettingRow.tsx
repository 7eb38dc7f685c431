import type { ComponentChildren } from 'preact';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../text/language.ts';

interface Props {
  readonly label: string;
  /** What there is to know about it, a line each. */
  readonly notes: readonly string[];
  readonly isManaged: boolean;
  readonly problem: string | null;
  readonly ids: { readonly control: string; readonly note: string; readonly problem: string };
  /** Whether the control is too wide to stand beside its label. */
  readonly isWide?: boolean;
  readonly children: ComponentChildren;
}

/** One setting: what it is called, its control, and what there is to say about it. */
export function SettingRow(props: Props) {
  const { label, notes, isManaged, problem, ids, isWide = false, children } = props;
  return (
    <div class={isWide ? 'setting setting-wide' : 'setting'}>
      <div class="setting-words">
        <label for={ids.control}>{label}</label>
        <div id={ids.note} class="setting-note quiet">
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
          {isManaged && (
            <p class="setting-managed">
              <Icon name="locked" />
              {words.value.settings.managed}
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
