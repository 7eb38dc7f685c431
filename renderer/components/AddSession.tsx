import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Problem } from '../../preload/contract.ts';
import { emptyDraft, fieldsOf, isOptional, readPasted, sortProblems, toSession } from '../draft.ts';
import type { Draft } from '../draft.ts';
import type { Store } from '../store.ts';
import { KindChoice } from './KindChoice.tsx';
import { SessionField } from './SessionField.tsx';
import { useModal } from './useModal.ts';

interface Props {
  readonly store: Store;
  /** Lives outside, so that what was typed outlasts a closed form; all but the session id. */
  readonly draft: Signal<Draft>;
  readonly onClosed: () => void;
}

export function AddSession({ store, draft, onClosed }: Props) {
  const titleId = useId();
  const dialog = useModal();
  const form = useRef<HTMLFormElement>(null);
  const problems = useSignal<readonly Problem[]>([]);
  const ignored = useSignal<readonly string[]>([]);
  const sending = useSignal(false);
  const kind = draft.value.kind;
  const { byField, whole } = sortProblems(problems.value, kind);

  useLayoutEffect(() => {
    if (problems.value.length === 0) return;
    const wrong = ['[aria-invalid="true"]', '[role="alert"]'];
    for (const selector of wrong) {
      const found = form.current?.querySelector<HTMLElement>(selector);
      if (found) return found.focus();
    }
  }, [problems.value]);

  const close = (): void => dialog.current?.close();
  const submit = async (): Promise<void> => {
    if (sending.value) return;
    sending.value = true;
    const found = await store.hold(toSession(draft.value));
    sending.value = false;
    problems.value = found;
    if (found.length > 0) return;
    draft.value = emptyDraft;
    close();
  };
  const paste = (event: ClipboardEvent): void => {
    const pasted = readPasted(event.clipboardData?.getData('text/plain') ?? '');
    if (pasted === null) return;
    event.preventDefault();
    draft.value = pasted.draft;
    problems.value = [];
    ignored.value = pasted.unknown;
  };

  return (
    <dialog
      class="dialog"
      ref={dialog}
      aria-labelledby={titleId}
      onClose={() => {
        draft.value = { ...draft.value, sessionId: '' };
        onClosed();
      }}
    >
      <form
        class="form"
        ref={form}
        noValidate
        autoComplete="off"
        onPaste={paste}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2 id={titleId}>Add session</h2>
        <p class="quiet">Type it in, or paste it as JSON anywhere in this form.</p>
        {whole.length > 0 && (
          <div class="notice tone-bad" role="alert" tabIndex={-1}>
            <ul>
              {whole.map((message) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          </div>
        )}
        {ignored.value.length > 0 && (
          <p class="notice tone-care" role="status">
            Not taken from what you pasted: {ignored.value.join(', ')}
          </p>
        )}
        <KindChoice
          kind={kind}
          onChoose={(chosen) => {
            draft.value = { ...draft.value, kind: chosen };
            problems.value = [];
          }}
        />
        {fieldsOf(kind).map((field) => (
          <SessionField
            key={field}
            field={field}
            value={draft.value[field]}
            optional={isOptional(field, kind)}
            problem={byField.get(field)}
            onType={(value) => {
              draft.value = { ...draft.value, [field]: value };
            }}
          />
        ))}
        <div class="actions">
          <button type="button" class="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="button button-main" aria-disabled={sending.value}>
            Hold session
          </button>
        </div>
      </form>
    </dialog>
  );
}
