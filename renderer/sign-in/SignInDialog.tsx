import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { State } from '../../preload/contract.ts';
import { words } from '../text/language.ts';
import {
  emptySignIn,
  failedWrongs,
  inputWrongs,
  mendedSignIn,
  nothingWrongYet,
  toSignIn,
  wholeWrong,
} from './draft.ts';
import type { Conflict, SignInDraft } from './draft.ts';
import type { Store } from '../state/store.ts';
import { Icon } from '../parts/Icon.tsx';
import { SignInConflict } from './SignInConflict.tsx';
import { SignInFields } from './SignInFields.tsx';
import { SignInWrong } from './SignInErrors.tsx';
import { useModal } from '../hooks/useModal.ts';
import { useWrongs } from '../hooks/useFormErrors.ts';

interface Props {
  readonly store: Store;
  readonly signIn: State['signIn'];
  /** Lives outside, so that what was typed outlasts a closed form; all but the password. */
  readonly draft: Signal<SignInDraft>;
  /** What must be seen and heard here, while nothing stands in front of it. */
  readonly inFront: ComponentChildren;
  readonly onClosed: () => void;
}

export function SignIn({ store, signIn, draft, inFront, onClosed }: Props) {
  const titleId = useId();
  const dialog = useModal();
  const form = useRef<HTMLFormElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  const { wrongs, find, mend } = useWrongs(form, nothingWrongYet);
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
    mend(mendedSignIn(wrongs.value, changed));
  };
  const attempt = async (takeOver: boolean): Promise<void> => {
    if (isTrying.value) return;
    isTrying.value = true;
    wasCancelled.value = false;
    conflict.value = null;
    find(nothingWrongYet);
    const reply = await store.signIn({ ...toSignIn(draft.value, signIn.mayRemember), takeOver });
    isTrying.value = false;
    if (reply === null) {
      find(wholeWrong(words.value.sessions.noReply));
    } else if (reply.ok) {
      draft.value = emptySignIn;
      close();
    } else if (reply.why === 'input') {
      find(inputWrongs(reply.problems));
    } else if (reply.why === 'conflict') {
      conflict.value = reply;
    } else if (reply.why === 'failed') {
      find(failedWrongs(reply));
    } else {
      wasCancelled.value = true;
    }
  };
  const giveUp = (): void => {
    if (isTrying.value) void store.cancelSignIn();
    else close();
  };

  return (
    <dialog
      class="dialog"
      ref={dialog}
      aria-labelledby={titleId}
      aria-busy={isTrying.value}
      onClose={() => {
        if (isTrying.value) void store.cancelSignIn();
        draft.value = { ...draft.value, password: '' };
        onClosed();
      }}
    >
      {inFront}
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
          <SignInWrong wrongs={wrongs.value} />
          <SignInFields
            signIn={signIn}
            draft={draft.value}
            wrongs={wrongs.value}
            busy={isTrying.value}
            onChange={change}
            onForget={() => void store.forgetPassword()}
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
