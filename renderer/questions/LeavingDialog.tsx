import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { HeldView, Request, State } from '../../preload/contract.ts';
import { useModal } from '../hooks/useModal.ts';
import { BudgetBar, TimeLeft } from '../parts/Budget.tsx';
import { Icon } from '../parts/Icon.tsx';
import { OutcomeMark } from '../parts/OutcomeMark.tsx';
import { words } from '../text/language.ts';
import { heldName } from '../text/names.ts';
import { reasonOf } from '../text/reasons.ts';
import { useAnswer } from './useAnswer.ts';

interface Props {
  readonly leaving: NonNullable<State['leaving']>;
  /** What was held when leaving began. */
  readonly sessions: readonly HeldView[];
  /** What of it still is. */
  readonly held: readonly HeldView[];
  /** Whether what is held outlasts the app. */
  readonly isDurable: boolean;
  readonly now: ReadonlySignal<number>;
  /** What must be seen and heard here, while nothing stands in front of it. */
  readonly foreground: ComponentChildren;
  /** Resolves with whether the app took the answer. */
  readonly onAnswer: (answer: Answer) => Promise<boolean>;
}

type Answer = Request<'answerLeaving'>['answer'];

/** Covers the window while the app leaves: what it ends, then, if that failed, the question. */
export function LeavingDialog(props: Props) {
  const { leaving, sessions, held, isDurable, now, foreground, onAnswer } = props;
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
      {foreground}
      {asking ? (
        <Asking
          {...{ held, isDurable, now, titleId, bodyId, deadline, onAnswer }}
          mayQuit={phase === 'asking'}
        />
      ) : (
        <Ending {...{ sessions, held, now, titleId, bodyId, deadline, budgetMs }} />
      )}
    </dialog>
  );
}

interface PartProps extends Pick<Props, 'held' | 'now'> {
  /** When this phase ends by itself. */
  readonly deadline: number;
  readonly titleId: string;
  readonly bodyId: string;
}

interface EndingProps extends PartProps, Pick<Props, 'sessions'> {
  readonly budgetMs: number;
}

function Ending({ sessions, held, now, titleId, bodyId, deadline, budgetMs }: EndingProps) {
  const say = words.value.sessions;
  const heldIds = new Set(held.map(({ id }) => id));
  return (
    <>
      <h2 id={titleId}>{say.leavingTitle}</h2>
      <p class="status-line" id={bodyId}>
        <span>{heldIds.size === 0 ? say.leavingNothingLeft : say.leavingLeft(heldIds.size)}</span>
        <TimeLeft now={now} deadline={deadline} />
      </p>
      <BudgetBar now={now} deadline={deadline} budgetMs={budgetMs} />
      <ul class="leaving-list" aria-label={say.leavingList}>
        {sessions.map((session) => (
          <li key={session.id}>
            <b>{heldName(session)}</b>
            <EndingState session={session} over={!heldIds.has(session.id)} />
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

interface AskingProps extends PartProps, Pick<Props, 'isDurable' | 'onAnswer'> {
  readonly mayQuit: boolean;
}

/** What could not be ended, and what now: to quit all the same, or to stay where IT does not let it quit. */
function Asking(props: AskingProps) {
  const { held, isDurable, now, titleId, bodyId, deadline, mayQuit, onAnswer } = props;
  const tryAgain = useRef<HTMLButtonElement>(null);
  const { answer, answered, failed } = useAnswer(onAnswer);
  useLayoutEffect(() => tryAgain.current?.focus(), []);

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
          <TimeLeft now={now} deadline={deadline} />
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
          {mayQuit ? (isDurable ? say.quitFinishesLater : say.quitLeavesOpen) : say.stay}
        </button>
      </div>
    </>
  );
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
