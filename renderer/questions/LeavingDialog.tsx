import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { HeldView, State } from '../../preload/contract.ts';
import { reasonOf } from '../text/reasons.ts';
import { heldName } from '../text/format.ts';
import { words } from '../text/language.ts';
import type { Store } from '../state/store.ts';
import { Icon } from '../parts/Icon.tsx';
import { OutcomeMark } from '../parts/OutcomeMark.tsx';
import { BudgetBar, TimeLeft } from '../parts/Budget.tsx';
import { useModal } from '../hooks/useModal.ts';

interface Props {
  readonly store: Store;
  readonly leaving: NonNullable<State['leaving']>;
  /** What must be seen and heard here, while nothing stands in front of it. */
  readonly inFront: ComponentChildren;
}

/** Covers the window while the app leaves: what it ends, then, if that failed, the question. */
export function Leaving({ store, leaving, inFront }: Props) {
  const titleId = useId();
  const bodyId = useId();
  const dialog = useModal();
  useNoEscape();
  const { phase, deadline, budgetMs } = leaving;
  const asking = phase !== 'ending';
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
      {inFront}
      {asking ? (
        <Asking {...{ store, titleId, bodyId, deadline }} mayQuit={phase === 'asking'} />
      ) : (
        <Ending {...{ store, titleId, bodyId, deadline, budgetMs }} />
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

function Ending({ store, titleId, bodyId, deadline, budgetMs }: PartProps & { budgetMs: number }) {
  const say = words.value.sessions;
  const held = new Set(store.state.value?.held.map(({ id }) => id));
  return (
    <>
      <h2 id={titleId}>{say.leavingTitle}</h2>
      <p class="status-line" id={bodyId}>
        <span>{held.size === 0 ? say.leavingNothingLeft : say.leavingLeft(held.size)}</span>
        <TimeLeft now={store.now} deadline={deadline} />
      </p>
      <BudgetBar now={store.now} deadline={deadline} budgetMs={budgetMs} />
      <ul class="leaving-list" aria-label={say.leavingList}>
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
  const say = words.value.sessions;
  if (over) {
    return (
      <span class="outcome tone-good">
        <Icon name="done" />
        <span>{say.over}</span>
      </span>
    );
  }
  if (session.ending === null && session.lastFailure !== null) {
    return <OutcomeMark outcome={session.lastFailure.outcome} />;
  }
  return (
    <span class="outcome tone-accent">
      <Icon name="busy" />
      <span>{session.ending ? say.attempt(Math.max(1, session.ending.attempt)) : say.waiting}</span>
    </span>
  );
}

/** What could not be ended, and what now: to quit all the same, or to stay where IT does not let it quit. */
function Asking({ store, titleId, bodyId, deadline, mayQuit }: PartProps & { mayQuit: boolean }) {
  const tryAgain = useRef<HTMLButtonElement>(null);
  const answered = useSignal(false);
  const failed = useSignal(false);
  useLayoutEffect(() => tryAgain.current?.focus(), []);

  const answer = async (what: 'try-again' | 'quit' | 'stay'): Promise<void> => {
    if (answered.value) return;
    answered.value = true;
    failed.value = false;
    const taken = await store.answerLeaving(what);
    answered.value = taken;
    failed.value = !taken;
  };

  const state = store.state.value;
  const held = state?.held ?? [];
  const say = words.value.sessions;
  return (
    <>
      <h2 id={titleId}>{say.notOver(held.length)}</h2>
      <p class="quiet" id={bodyId}>
        {say.notEnded(held.length)} {!mayQuit && say.mayNotQuit}
      </p>
      <ul class="leaving-list" aria-label={say.notOverList}>
        {held.map((session) => (
          <li key={session.id}>
            <b>{heldName(session)}</b>
            <OutcomeMark outcome={session.lastFailure?.outcome ?? 'timed-out'} />
            {session.lastFailure && <Why failure={session.lastFailure} />}
          </li>
        ))}
      </ul>
      {mayQuit && (
        <p class="status-line">
          <span>{say.quitsWithoutAnswer}</span>
          <TimeLeft now={store.now} deadline={deadline} />
        </p>
      )}
      {failed.value && <p role="alert">{say.noReply}</p>}
      <div class="choices">
        <button
          type="button"
          class="button button-main"
          ref={tryAgain}
          aria-disabled={answered.value}
          onClick={() => void answer('try-again')}
        >
          {say.tryAgain}
        </button>
        <button
          type="button"
          class="button"
          aria-disabled={answered.value}
          onClick={() => void answer(mayQuit ? 'quit' : 'stay')}
        >
          {mayQuit ? quitWords(state) : say.stay}
        </button>
      </div>
    </>
  );
}

function quitWords(state: State | null): string {
  const say = words.value.sessions;
  return state?.vault.durable === false ? say.quitLeavesOpen : say.quitFinishesLater;
}

function Why({ failure }: { failure: NonNullable<HeldView['lastFailure']> }) {
  const reason = reasonOf(failure);
  if (reason === null) return null;
  if (reason.by === 'signoff') return <p class="quiet">{reason.text}</p>;
  return (
    <p>
      <span class="quiet">{words.value.sessions.serverSays}</span> <q>{reason.text}</q>
    </p>
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
