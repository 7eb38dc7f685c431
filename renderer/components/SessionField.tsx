import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { FIELD_LABELS } from '../draft.ts';
import type { Field } from '../draft.ts';
import { Icon } from './Icon.tsx';

const HINTS: Record<Field, string> = {
  server: 'Such as https://chat.example.com',
  fqSiteName: 'Such as day001_221100_sql_001h',
  pool: 'Such as 297:1',
  accountId: 'Such as 12',
  sessionId: 'Kept secret',
  label: 'What you call it',
};

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
        {FIELD_LABELS[field]} {optional && <span class="quiet">optional</span>}
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
            aria-label="Show session id"
            aria-pressed={shown.value}
            onClick={() => (shown.value = !shown.value)}
          >
            <Icon name={shown.value ? 'hide' : 'show'} />
          </button>
        )}
      </div>
      <p id={noteId} class={problem === undefined ? 'note quiet' : 'note problem'}>
        {problem ?? HINTS[field]}
      </p>
    </div>
  );
}
