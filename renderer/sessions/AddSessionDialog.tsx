import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import {
  checkWrongs,
  emptyDraft,
  fieldsOf,
  isOptional,
  mended,
  nothingWrong,
  readPasted,
  sortProblems,
  toAddress,
  toSession,
} from './draft.ts';
import type { Draft, Wrongs } from './draft.ts';
import { duration } from '../text/format.ts';
import { words } from '../text/language.ts';
import type { Store } from '../state/store.ts';
import { Icon } from '../parts/Icon.tsx';
import { KindChoice } from './KindChoice.tsx';
import { SessionField } from './SessionField.tsx';
import { useModal } from '../hooks/useModal.ts';
import { useWrongs } from '../hooks/useFormErrors.ts';
import { WholeWrongs } from '../parts/FormErrors.tsx';

interface Props {
  readonly store: Store;
  /** Lives outside, so that what was typed outlasts a closed form; all but the session id. */
  readonly draft: Signal<Draft>;
  /** What must be seen and heard here, while nothing stands in front of it. */
  readonly inFront: ComponentChildren;
  readonly onClosed: () => void;
}

export function AddSession({ store, draft, inFront, onClosed }: Props) {
  const titleId = useId();
  const dialog = useModal();
  const form = useRef<HTMLFormElement>(null);
  const { wrongs, find, mend } = useWrongs(form, nothingWrong);
  const ignored = useSignal<readonly string[]>([]);
  const waitingFor = useSignal<'hold' | 'check' | null>(null);
  /** How long the server took to know the address, in milliseconds. */
  const knownIn = useSignal<number | null>(null);
  const say = words.value.sessions;
  const { kind } = draft.value;
  const { byField, whole } = wrongs.value;

  const close = (): void => dialog.current?.close();
  const change = (next: Draft, left: Wrongs): void => {
    draft.value = next;
    mend(left);
    knownIn.value = null;
  };
  const submit = async (): Promise<void> => {
    if (waitingFor.value !== null) return;
    waitingFor.value = 'hold';
    const problems = await store.hold(toSession(draft.value));
    waitingFor.value = null;
    find(problems.length > 0 ? sortProblems(problems, kind) : nothingWrong);
    if (problems.length > 0) return;
    draft.value = emptyDraft;
    close();
  };
  const check = async (): Promise<void> => {
    if (waitingFor.value !== null) return;
    const asked = draft.value;
    waitingFor.value = 'check';
    find(nothingWrong);
    knownIn.value = null;
    const found = await store.checkAddress(toAddress(asked));
    waitingFor.value = null;
    // What was found is about something else by now.
    if (draft.value !== asked) return;
    if (found === null) find({ byField: new Map(), whole: [say.noReply] });
    else if (found.ok) knownIn.value = found.roundTripMs;
    else find(checkWrongs(found, kind));
  };
  const paste = (event: ClipboardEvent): void => {
    const pasted = readPasted(event.clipboardData?.getData('text/plain') ?? '');
    if (pasted === null) return;
    event.preventDefault();
    ignored.value = pasted.kind === 'session' ? pasted.unknown : [];
    if (pasted.kind === 'session') change(pasted.draft, nothingWrong);
    else find({ byField: new Map(), whole: [pasted.why] });
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
      {inFront}
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
        <h2 id={titleId}>{say.addSession}</h2>
        <p class="quiet">{say.addHint}</p>
        <WholeWrongs messages={whole} />
        {ignored.value.length > 0 && (
          <p class="notice tone-care" role="status">
            {say.notTaken(ignored.value.join(', '))}
          </p>
        )}
        <KindChoice
          kind={kind}
          onChoose={(chosen) => change({ ...draft.value, kind: chosen }, nothingWrong)}
        />
        {fieldsOf(kind).map((field) => (
          <SessionField
            key={field}
            field={field}
            value={draft.value[field]}
            optional={isOptional(field, kind)}
            problem={byField.get(field)}
            onType={(value) =>
              change({ ...draft.value, [field]: value }, mended(wrongs.value, field))
            }
          />
        ))}
        <p class="check-result" role="status">
          {waitingFor.value === 'check' && say.checking}
          {knownIn.value !== null && (
            <span class="outcome tone-good">
              <Icon name="done" />
              <span>{say.checkWell(duration(knownIn.value))}</span>
            </span>
          )}
        </p>
        <div class="actions">
          <button
            type="button"
            class="button button-plain button-first"
            aria-disabled={waitingFor.value !== null}
            onClick={() => void check()}
          >
            {say.checkAddress}
          </button>
          <button type="button" class="button" onClick={close}>
            {say.cancel}
          </button>
          <button
            type="submit"
            class="button button-main"
            aria-disabled={waitingFor.value !== null}
          >
            {say.holdSession}
          </button>
        </div>
      </form>
    </dialog>
  );
}
