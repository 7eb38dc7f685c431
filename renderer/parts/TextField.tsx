import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { words } from '../text/language.ts';
import { Icon } from './Icon.tsx';

interface Props {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** Replaces the hint; null only marks the field as invalid. */
  readonly problem: string | null | undefined;
  readonly onType: (value: string) => void;
  /** Called after a change, when the field is left or the form submitted. */
  readonly onLeave?: () => void;
  readonly optional?: boolean;
  readonly first?: boolean;
  readonly readOnly?: boolean;
  readonly placeholder?: string | undefined;
  /** Makes it a password field, with a button of this name to show its text. */
  readonly show?: string | undefined;
  /** At the end of the label's line. */
  readonly aside?: ComponentChildren;
}

/** A text field of a form. Its problem takes the hint's place, so that nothing moves. */
export function TextField(props: Props) {
  const { name, label, hint, value, problem, onType, onLeave, show, placeholder, aside } = props;
  const { optional = false, first = false, readOnly = false } = props;
  const id = useId();
  const noteId = useId();
  const shown = useSignal(false);
  const input = {
    id,
    name,
    value,
    readOnly,
    placeholder,
    autofocus: first,
    autoComplete: 'off',
    autoCapitalize: 'off',
    spellcheck: false,
    'aria-describedby': noteId,
    'aria-invalid': problem === undefined ? undefined : 'true',
    onInput: (event: InputEvent & { readonly currentTarget: HTMLInputElement }) =>
      onType(event.currentTarget.value),
    onChange: () => onLeave?.(),
  } as const;
  return (
    <div class={`field field-${name}${show === undefined ? '' : ' field-secret'}`}>
      <div class="field-head">
        <label for={id}>
          {label} {optional && <span class="quiet">{words.value.sessions.optional}</span>}
        </label>
        {aside}
      </div>
      <div class="field-box">
        {/* Two branches for the types only; the element is the same. */}
        {show !== undefined && !shown.value ? (
          <input {...input} type="password" />
        ) : (
          <input {...input} type="text" />
        )}
        {show !== undefined && (
          <button
            type="button"
            class="button button-icon"
            aria-label={show}
            aria-pressed={shown.value}
            onClick={() => (shown.value = !shown.value)}
          >
            <Icon name={shown.value ? 'hide' : 'show'} />
          </button>
        )}
      </div>
      <p id={noteId} class={typeof problem === 'string' ? 'note problem' : 'note quiet'}>
        {problem ?? hint}
      </p>
    </div>
  );
}
