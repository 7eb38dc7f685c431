import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Field } from '../draft.ts';
import { words } from '../language.ts';
import { Icon } from './Icon.tsx';

interface Props {
  readonly field: Field;
  readonly value: string;
  readonly optional: boolean;
  readonly problem: string | undefined;
  readonly onType: (value: string) => void;
}

/** One field of the form. Its hint gives way to its problem, so that nothing moves. */
export function SessionField({ field, value, optional, problem, onType }: Props) {
  const id = useId();
  const noteId = useId();
  const shown = useSignal(false);
  const secret = field === 'sessionId';
  const say = words.value.sessions;
  const input = {
    id,
    name: field,
    value,
    autofocus: field === 'server',
    autoComplete: 'off',
    autoCapitalize: 'off',
    spellcheck: false,
    'aria-describedby': noteId,
    'aria-invalid': problem === undefined ? undefined : 'true',
    onInput: (event: InputEvent & { readonly currentTarget: HTMLInputElement }) =>
      onType(event.currentTarget.value),
  } as const;
  return (
    <div class={`field field-${field}`}>
      <label for={id}>
        {say.fields[field]} {optional && <span class="quiet">{say.optional}</span>}
      </label>
      <div class="field-box">
        {/* The types know the two kinds of input apart; it stays the same element. */}
        {secret && !shown.value ? (
          <input {...input} type="password" />
        ) : (
          <input {...input} type="text" />
        )}
        {secret && (
          <button
            type="button"
            class="button button-icon"
            aria-label={say.showSessionId}
            aria-pressed={shown.value}
            onClick={() => (shown.value = !shown.value)}
          >
            <Icon name={shown.value ? 'hide' : 'show'} />
          </button>
        )}
      </div>
      <p id={noteId} class={problem === undefined ? 'note quiet' : 'note problem'}>
        {problem ?? say.hints[field]}
      </p>
    </div>
  );
}
