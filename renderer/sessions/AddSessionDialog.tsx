import { type Signal, useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { Problem, Reply, Request } from '../../preload/contract.ts';
import { useFormErrors } from '../hooks/useFormErrors.ts';
import { useModal } from '../hooks/useModal.ts';
import { FormErrorList } from '../parts/FormErrorList.tsx';
import { Mark } from '../parts/Mark.tsx';
import type { DialogProps } from '../parts/Panel.tsx';
import { TextField } from '../parts/TextField.tsx';
import { generalError, noErrors } from '../text/form-errors.ts';
import { words } from '../text/language.ts';
import { duration } from '../text/time.ts';
import {
  cleanedDraft,
  type Draft,
  emptyDraft,
  type Field,
  fieldsOf,
  isOptional,
  toAddress,
  toSession,
} from './draft.ts';
import { checkErrors, type DraftErrors, errorsAfterChange, inputErrors } from './errors.ts';
import { KindChoice } from './KindChoice.tsx';
import { readPasted } from './pasted.ts';

type Session = Request<'hold'>['session'];

interface Props extends DialogProps {
  /** Kept outside, so that the input survives closing the form; except for the session id. */
  readonly draft: Signal<Draft>;
  /** Resolves with the problems of the session; with none when it is held. */
  readonly onHold: (session: Session) => Promise<readonly Problem[]>;
  /** Resolves with the result of the check; null without an answer. */
  readonly onCheckAddress: (session: Session) => Promise<Reply<'checkAddress'> | null>;
}

/** The form that hands a session in. */
export function AddSessionDialog(props: Props) {
  const { draft, foreground, onHold, onCheckAddress, onClosed } = props;
  const titleId = useId();
  const dialog = useModal();
  const form = useRef<HTMLFormElement>(null);
  const { errors, report, update } = useFormErrors<DraftErrors>(form, noErrors);
  const ignoredKeys = useSignal<readonly string[]>([]);
  /** Those that show other than what was typed or pasted. */
  const cleanedFields = useSignal<readonly Field[]>([]);
  const waitingFor = useSignal<'hold' | 'check' | null>(null);
  /** The round trip of a successful check, in milliseconds. */
  const checkedInMs = useSignal<number | null>(null);
  const say = words.value.sessions;
  const { kind } = draft.value;
  const { byField, general } = errors.value;

  const close = (): void => dialog.current?.close();
  const change = (next: Draft, remaining: DraftErrors): void => {
    draft.value = next;
    update(remaining);
    checkedInMs.value = null;
  };
  /** Shows the draft cleaned; whether that is news to whoever filled it in. */
  const clean = (): boolean => {
    const { draft: next, fields } = cleanedDraft(draft.value);
    if (fields.length === 0) return false;
    change(next, errorsAfterChange(errors.value, ...fields));
    cleanedFields.value = [...new Set([...cleanedFields.value, ...fields])];
    return true;
  };
  const submit = async (): Promise<void> => {
    if (waitingFor.value !== null) return;
    // What is held has been seen before.
    if (clean()) return;
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
    clean();
    const checked = draft.value;
    waitingFor.value = 'check';
    report(noErrors);
    checkedInMs.value = null;
    const result = await onCheckAddress(toAddress(checked));
    waitingFor.value = null;
    // Outdated if the form was changed meanwhile.
    if (draft.value !== checked) return;
    if (result === null) report(generalError(say.noReply));
    else if (result.ok) checkedInMs.value = result.roundTripMs;
    else report(checkErrors(result, kind));
  };
  const paste = (event: ClipboardEvent): void => {
    const pasted = readPasted(event.clipboardData?.getData('text/plain') ?? '');
    if (pasted === null) return;
    event.preventDefault();
    ignoredKeys.value = pasted.kind === 'session' ? pasted.unknown : [];
    cleanedFields.value = [];
    if (pasted.kind === 'session') {
      change(pasted.draft, noErrors);
      clean();
    } else report(generalError(pasted.why));
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
        {ignoredKeys.value.length > 0 && (
          <p class="notice tone-care" role="status">
            {say.notTaken(ignoredKeys.value.join(', '))}
          </p>
        )}
        {cleanedFields.value.length > 0 && (
          <p class="notice tone-care" role="status">
            {say.cleaned(cleanedFields.value.map((field) => say.fields[field]).join(', '))}
          </p>
        )}
        <KindChoice
          kind={kind}
          onChoose={(chosen) => change({ ...draft.value, kind: chosen }, noErrors)}
        />
        {fieldsOf(kind).map((field) => (
          <TextField
            key={field}
            name={field}
            label={say.fields[field]}
            hint={say.hints[field]}
            first={field === 'server'}
            show={field === 'sessionId' ? say.showSessionId : undefined}
            value={draft.value[field]}
            optional={isOptional(field, kind)}
            problem={byField.get(field)}
            onType={(value) => {
              cleanedFields.value = cleanedFields.value.filter((name) => name !== field);
              change({ ...draft.value, [field]: value }, errorsAfterChange(errors.value, field));
            }}
            onLeave={clean}
          />
        ))}
        <p class="check-result" role="status">
          {waitingFor.value === 'check' && say.checking}
          {checkedInMs.value !== null && (
            <Mark icon="done" tone="good">
              <span>{say.checkWell(duration(checkedInMs.value))}</span>
            </Mark>
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
