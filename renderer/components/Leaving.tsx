import { useSignal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { HeldView, State } from '../../preload/contract.ts';
import type { Store } from '../store.ts';
import { attemptWords, heldName, words } from '../words.ts';
import { Icon } from './Icon.tsx';
import { OutcomeMark } from './OutcomeMark.tsx';
import { TimeLeft } from './Times.tsx';
import { useModal } from './useModal.ts';

interface Props {
  readonly store: Store;
  readonly leaving: NonNullable<State['leaving']>;
}

/** Covers the window while the app leaves: what it ends, then, if that failed, the question. */
export function Leaving({ store, leaving }: Props) {
  const titleId = useId();
  const bodyId = useId();
  const dialog = useModal();
  useNoEscape();
  const asking = leaving.phase === 'asking';
  const later = useRef(!asking && document.visibilityState === 'visible');
  return (
    <dialog
      class={later.current ? 'dialog leaving leaving-later' : 'dialog leaving'}
      ref={dialog}
      role={asking ? 'alertdialog' : 'dialog'}
      aria-labelledby={titleId}
      aria-describedby={bodyId}
      onCancel={(event) => event.preventDefault()}
      // Should it be closed all the same, it comes back: the answer is needed.
      onClose={() => dialog.current?.showModal()}
    >
      {asking ? (
        <Asking store={store} titleId={titleId} bodyId={bodyId} deadline={leaving.deadline} />
      ) : (
        <Ending store={store} titleId={titleId} bodyId={bodyId} deadline={leaving.deadline} />
      )}
    </dialog>
  );
}

interface PartProps {
  readonly store: Store;
  /** When this phase ends by itself. */
  readonly deadline: number;
  readonly titleId: string;
  readonly bodyId: string;
}

function Ending({ store, titleId, bodyId, deadline }: PartProps) {
  const held = new Set(store.state.value?.held.map(({ id }) => id));
  return (
    <>
      <h2 id={titleId}>Signing off before quitting…</h2>
      <p class="status-line" id={bodyId}>
        <span>{held.size === 0 ? 'Everything is over.' : `${held.size} still to end`}</span>
        <TimeLeft now={store.now} deadline={deadline} />
      </p>
      <ul class="leaving-list" aria-label="What is being ended">
        {store.leavingSessions.value.map((session) => (
          <li key={session.id}>
            <b>{heldName(session)}</b>
            <EndingState session={session} over={!held.has(session.id)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function EndingState({ session, over }: { session: HeldView; over: boolean }) {
  if (over) {
    return (
      <span class="outcome tone-good">
        <Icon name="done" />
        <span>Over</span>
      </span>
    );
  }
  if (session.ending === null && session.lastFailure !== null) {
    return <OutcomeMark outcome={session.lastFailure.outcome} />;
  }
  return (
    <span class="outcome tone-accent">
      <Icon name="busy" />
      <span>{session.ending ? attemptWords(session.ending) : 'Waiting'}</span>
    </span>
  );
}

function Asking({ store, titleId, bodyId, deadline }: PartProps) {
  const tryAgain = useRef<HTMLButtonElement>(null);
  const answered = useSignal(false);
  const failed = useSignal(false);
  useLayoutEffect(() => tryAgain.current?.focus(), []);

  const answer = async (what: 'try-again' | 'quit'): Promise<void> => {
    if (answered.value) return;
    answered.value = true;
    failed.value = false;
    const taken = await store.answerLeaving(what);
    answered.value = taken;
    failed.value = !taken;
  };

  const state = store.state.value;
  const held = state?.held ?? [];
  return (
    <>
      <h2 id={titleId}>
        {held.length === 1 ? 'One session is not over' : `${held.length} sessions are not over`}
      </h2>
      <p class="quiet" id={bodyId}>
        Signoff could not end {held.length === 1 ? 'it' : 'them'}.
      </p>
      <ul class="leaving-list" aria-label="What is not over">
        {held.map((session) => (
          <li key={session.id}>
            <b>{heldName(session)}</b>
            <OutcomeMark outcome={session.lastFailure?.outcome ?? 'timed-out'} />
            {session.lastFailure?.message && <p class="quiet">{session.lastFailure.message}</p>}
          </li>
        ))}
      </ul>
      <p class="status-line">
        <span>Without an answer Signoff quits.</span>
        <TimeLeft now={store.now} deadline={deadline} />
      </p>
      {failed.value && <p role="alert">{words.noReply}</p>}
      <div class="choices">
        <button
          type="button"
          class="button button-main"
          ref={tryAgain}
          aria-disabled={answered.value}
          onClick={() => void answer('try-again')}
        >
          Try again
        </button>
        <button
          type="button"
          class="button"
          aria-disabled={answered.value}
          onClick={() => void answer('quit')}
        >
          {state?.vault.durable === false
            ? 'Quit anyway; these sessions stay open on the server until it drops them (up to 4 minutes)'
            : 'Quit; Signoff will finish at its next start'}
        </button>
      </div>
    </>
  );
}

/** Chromium closes a dialog at the second Esc even if told not to; so it must not see the key. */
function useNoEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') event.preventDefault();
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
