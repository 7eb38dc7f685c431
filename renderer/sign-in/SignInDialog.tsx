import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Reply, Request, State } from '../../preload/contract.ts';
import { useFormErrors } from '../hooks/useFormErrors.ts';
import { useModal } from '../hooks/useModal.ts';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../text/language.ts';
import { emptySignIn, type SignInDraft, toSignIn } from './draft.ts';
import {
  errorsAfterChange,
  failureErrors,
  inputErrors,
  noSignInErrors,
  signInError,
} from './errors.ts';
import { type Conflict, SignInConflict } from './SignInConflict.tsx';
import { SignInFailure } from './SignInFailure.tsx';
import { SignInFields } from './SignInFields.tsx';

interface Props {
  readonly signIn: State['signIn'];
  /** Lives outside, so that what was typed outlasts a closed form; all but the password. */
  readonly draft: Signal<SignInDraft>;
  /** What must be seen and heard here, while nothing stands in front of it. */
  readonly foreground: ComponentChildren;
  /** Resolves with how it ended; null when there was no answer. */
  readonly onSignIn: (request: Request<'signIn'>) => Promise<Reply<'signIn'> | null>;
  /** Gives the sign-in under way up; that ends by it. */
  readonly onCancelSignIn: () => void;
  readonly onForgetPassword: () => void;
  readonly onClosed: () => void;
}

/** The form that signs an agent in, and the question that may come of it. */
export function SignInDialog(props: Props) {
  const { signIn, draft, foreground, onSignIn, onCancelSignIn, onForgetPassword, onClosed } = props;
  const titleId = useId();
  const dialog = useModal();
  const form = useRef<HTMLFormElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  const { errors, report, update } = useFormErrors(form, noSignInErrors);
  const conflict = useSignal<Conflict | null>(null);
  const isTrying = useSignal(false);
  const wasCancelled = useSignal(false);
  const say = words.value.signIn;

  // The button that had the focus is gone with the question.
  useLayoutEffect(() => {
    if (wasAsked.current && conflict.value === null) cancel.current?.focus();
    wasAsked.current = conflict.value !== null;
  }, [conflict.value]);

  const close = (): void => dialog.current?.close();
  const change = (changed: Partial<SignInDraft>): void => {
    if (isTrying.value) return;
    draft.value = { ...draft.value, ...changed };
    update(errorsAfterChange(errors.value, changed));
  };
  const attempt = async (takeOver: boolean): Promise<void> => {
    if (isTrying.value) return;
    isTrying.value = true;
    wasCancelled.value = false;
    conflict.value = null;
    report(noSignInErrors);
    const reply = await onSignIn({ ...toSignIn(draft.value, signIn.mayRemember), takeOver });
    isTrying.value = false;
    if (reply === null) {
      report(signInError(words.value.sessions.noReply));
    } else if (reply.ok) {
      draft.value = emptySignIn;
      close();
    } else if (reply.why === 'input') {
      report(inputErrors(reply.problems));
    } else if (reply.why === 'conflict') {
      conflict.value = reply;
    } else if (reply.why === 'failed') {
      report(failureErrors(reply));
    } else {
      wasCancelled.value = true;
    }
  };
  const giveUp = (): void => {
    if (isTrying.value) onCancelSignIn();
    else close();
  };

  return (
    <dialog
      class="dialog"
      ref={dialog}
      aria-labelledby={titleId}
      aria-busy={isTrying.value}
      onClose={() => {
        if (isTrying.value) onCancelSignIn();
        draft.value = { ...draft.value, password: '' };
        onClosed();
      }}
    >
      {foreground}
      {conflict.value === null ? (
        <form
          class="form"
          ref={form}
          noValidate
          autoComplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            void attempt(false);
          }}
        >
          <h2 id={titleId}>{say.title}</h2>
          <p class="quiet">{say.hint}</p>
          <SignInFailure errors={errors.value} />
          <SignInFields
            signIn={signIn}
            draft={draft.value}
            errors={errors.value}
            busy={isTrying.value}
            onChange={change}
            onForget={onForgetPassword}
          />
          <div class="actions">
            <p class="progress" role="status">
              {isTrying.value && (
                <span class="outcome tone-accent">
                  <Icon name="busy" />
                  <span>{signIn.step === null ? say.starting : say.steps[signIn.step]}</span>
                </span>
              )}
              {wasCancelled.value && <span class="quiet">{say.cancelled}</span>}
            </p>
            <button type="button" class="button" ref={cancel} onClick={giveUp}>
              {words.value.sessions.cancel}
            </button>
            <button
              type="submit"
              class="button button-main button-fixed"
              aria-disabled={isTrying.value}
            >
              {say.signIn}
            </button>
          </div>
        </form>
      ) : (
        <SignInConflict
          titleId={titleId}
          conflict={conflict.value}
          onTakeOver={() => void attempt(true)}
          onCancel={() => (conflict.value = null)}
        />
      )}
    </dialog>
  );
}
