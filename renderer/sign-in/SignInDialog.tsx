import { type Signal, useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Reply, Request, State } from '../../preload/contract.ts';
import { useFormErrors } from '../hooks/useFormErrors.ts';
import { useModal } from '../hooks/useModal.ts';
import { Mark } from '../parts/Mark.tsx';
import type { DialogProps } from '../parts/Panel.tsx';
import { words } from '../text/language.ts';
import { cleanedSignIn, emptySignIn, type SignInDraft, toSignIn } from './draft.ts';
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

interface Props extends DialogProps {
  readonly signIn: State['signIn'];
  /** Kept outside, so that the input survives closing the form; except for the password. */
  readonly draft: Signal<SignInDraft>;
  /** Whether to begin without a further click. */
  readonly atOnce: boolean;
  /** Resolves with how it ended; null without an answer. */
  readonly onSignIn: (request: Request<'signIn'>) => Promise<Reply<'signIn'> | null>;
  /** Cancels the running sign-in, whose promise then resolves. */
  readonly onCancelSignIn: () => void;
  readonly onForgetPassword: () => void;
}

/** The form that signs an agent in, and the question after a conflict. */
export function SignInDialog(props: Props) {
  const { signIn, draft, foreground, atOnce } = props;
  const { onSignIn, onCancelSignIn, onForgetPassword, onClosed } = props;
  const titleId = useId();
  const dialog = useModal();
  const form = useRef<HTMLFormElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const hadConflict = useRef(false);
  const { errors, report, update } = useFormErrors(form, noSignInErrors);
  const conflict = useSignal<Conflict | null>(null);
  const isRunning = useSignal(false);
  const wasCancelled = useSignal(false);
  const say = words.value.signIn;

  // The conflict's focused button is gone.
  useLayoutEffect(() => {
    if (hadConflict.current && conflict.value === null) cancel.current?.focus();
    hadConflict.current = conflict.value !== null;
  }, [conflict.value]);

  const close = (): void => dialog.current?.close();
  const change = (changed: Partial<SignInDraft>): void => {
    if (isRunning.value) return;
    draft.value = { ...draft.value, ...changed };
    update(errorsAfterChange(errors.value, changed));
  };
  /** What is sent is what is shown. */
  const clean = (): void => {
    const { site, accountId } = cleanedSignIn(draft.value);
    if (site !== draft.value.site || accountId !== draft.value.accountId) {
      change({ site, accountId });
    }
  };
  const attempt = async (takeOver: boolean): Promise<void> => {
    if (isRunning.value) return;
    clean();
    isRunning.value = true;
    wasCancelled.value = false;
    conflict.value = null;
    report(noSignInErrors);
    const reply = await onSignIn({ ...toSignIn(draft.value, signIn.mayRemember), takeOver });
    isRunning.value = false;
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

  const begin = useRef(atOnce ? () => void attempt(false) : null);
  useLayoutEffect(() => begin.current?.(), []);

  return (
    <dialog
      class="dialog"
      ref={dialog}
      aria-labelledby={titleId}
      aria-busy={isRunning.value}
      onClose={() => {
        if (isRunning.value) onCancelSignIn();
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
            busy={isRunning.value}
            onChange={change}
            onLeave={clean}
            onForget={onForgetPassword}
          />
          <div class="actions">
            <p class="progress" role="status">
              {isRunning.value && (
                <Mark icon="busy" tone="accent">
                  <span>{signIn.step === null ? say.starting : say.steps[signIn.step]}</span>
                </Mark>
              )}
              {wasCancelled.value && <span class="quiet">{say.cancelled}</span>}
            </p>
            <button
              type="button"
              class="button"
              ref={cancel}
              onClick={isRunning.value ? onCancelSignIn : close}
            >
              {words.value.sessions.cancel}
            </button>
            <button
              type="submit"
              class="button button-main button-fixed"
              aria-disabled={isRunning.value}
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
