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
  /** A sentence in the place of the hint; null where it is only marked as wrong. */
  readonly problem: string | null | undefined;
  readonly onType: (value: string) => void;
  readonly optional?: boolean;
  readonly first?: boolean;
  readonly readOnly?: boolean;
  readonly placeholder?: string | undefined;
  /** Has it written hidden, with a button of this name that shows it. */
  readonly show?: string | undefined;
  /** Stands at the end of the label's line. */
  readonly aside?: ComponentChildren;
}

/** One field of a form. Its hint gives way to its problem, so that nothing moves. */
export function TextField(props: Props) {
  const { name, label, hint, value, problem, onType, show, placeholder, aside } = props;
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
        {/* The types know the two kinds of input apart; it stays the same element. */}
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
