import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import type { Problem, Reply, Request } from '../../preload/contract.ts';
import { useFormErrors } from '../hooks/useFormErrors.ts';
import { useModal } from '../hooks/useModal.ts';
import { FormErrorList } from '../parts/FormErrorList.tsx';
import { Icon } from '../parts/Icon.tsx';
import { generalError, noErrors } from '../text/form-errors.ts';
import { words } from '../text/language.ts';
import { duration } from '../text/time.ts';
import { type Draft, emptyDraft, fieldsOf, isOptional, toAddress, toSession } from './draft.ts';
import { checkErrors, type DraftErrors, errorsAfterChange, inputErrors } from './errors.ts';
import { KindChoice } from './KindChoice.tsx';
import { readPasted } from './pasted.ts';
import { SessionField } from './SessionField.tsx';

type Session = Request<'hold'>['session'];

interface Props {
  /** Lives outside, so that what was typed outlasts a closed form; all but the session id. */
  readonly draft: Signal<Draft>;
  /** What must be seen and heard here, while nothing stands in front of it. */
  readonly foreground: ComponentChildren;
  /** Resolves with what is wrong with the session; with nothing when it is held. */
  readonly onHold: (session: Session) => Promise<readonly Problem[]>;
  /** Resolves with what the server knows of the address; null when there was no answer. */
  readonly onCheckAddress: (session: Session) => Promise<Reply<'checkAddress'> | null>;
  readonly onClosed: () => void;
}

/** The form that a session is handed in by. */
export function AddSessionDialog(props: Props) {
  const { draft, foreground, onHold, onCheckAddress, onClosed } = props;
  const titleId = useId();
  const dialog = useModal();
  const form = useRef<HTMLFormElement>(null);
  const { errors, report, update } = useFormErrors<DraftErrors>(form, noErrors);
  const ignored = useSignal<readonly string[]>([]);
  const waitingFor = useSignal<'hold' | 'check' | null>(null);
  /** How long the server took to know the address, in milliseconds. */
  const knownIn = useSignal<number | null>(null);
  const say = words.value.sessions;
  const { kind } = draft.value;
  const { byField, general } = errors.value;

  const close = (): void => dialog.current?.close();
  const change = (next: Draft, left: DraftErrors): void => {
    draft.value = next;
    update(left);
    knownIn.value = null;
  };
  const submit = async (): Promise<void> => {
    if (waitingFor.value !== null) return;
    waitingFor.value = 'hold';
    const problems = await onHold(toSession(draft.value));
    waitingFor.value = null;
    report(problems.length > 0 ? inputErrors(problems, kind) : noErrors);
    if (problems.length > 0) return;
    draft.value = emptyDraft;
    close();
  };
  const check = async (): Promise<void> => {
    if (waitingFor.value !== null) return;
    const asked = draft.value;
    waitingFor.value = 'check';
    report(noErrors);
    knownIn.value = null;
    const found = await onCheckAddress(toAddress(asked));
    waitingFor.value = null;
    // What was found is about something else by now.
    if (draft.value !== asked) return;
    if (found === null) report(generalError(say.noReply));
    else if (found.ok) knownIn.value = found.roundTripMs;
    else report(checkErrors(found, kind));
  };
  const paste = (event: ClipboardEvent): void => {
    const pasted = readPasted(event.clipboardData?.getData('text/plain') ?? '');
    if (pasted === null) return;
    event.preventDefault();
    ignored.value = pasted.kind === 'session' ? pasted.unknown : [];
    if (pasted.kind === 'session') change(pasted.draft, noErrors);
    else report(generalError(pasted.why));
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
      {foreground}
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
        <FormErrorList messages={general} />
        {ignored.value.length > 0 && (
          <p class="notice tone-care" role="status">
            {say.notTaken(ignored.value.join(', '))}
          </p>
        )}
        <KindChoice
          kind={kind}
          onChoose={(chosen) => change({ ...draft.value, kind: chosen }, noErrors)}
        />
        {fieldsOf(kind).map((field) => (
          <SessionField
            key={field}
            field={field}
            value={draft.value[field]}
            optional={isOptional(field, kind)}
            problem={byField.get(field)}
            onType={(value) =>
              change({ ...draft.value, [field]: value }, errorsAfterChange(errors.value, field))
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
