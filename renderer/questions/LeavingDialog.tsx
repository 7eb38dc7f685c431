import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { HeldView, Request, State } from '../../preload/contract.ts';
import { useModal } from '../hooks/useModal.ts';
import { BudgetBar, TimeLeft } from '../parts/Budget.tsx';
import { Mark } from '../parts/Mark.tsx';
import { OutcomeMark } from '../parts/OutcomeMark.tsx';
import type { DialogProps } from '../parts/Panel.tsx';
import { words } from '../text/language.ts';
import { heldName } from '../text/names.ts';
import { reasonOf } from '../text/reasons.ts';
import { useAnswer } from './useAnswer.ts';

interface Props {
  readonly leaving: NonNullable<State['leaving']>;
  /** The sessions held when leaving began. */
  readonly sessions: readonly HeldView[];
  /** The sessions still held. */
  readonly held: readonly HeldView[];
  /** Whether held sessions are stored beyond the app's exit. */
  readonly isDurable: boolean;
  readonly now: ReadonlySignal<number>;
  readonly foreground: DialogProps['foreground'];
  /** Resolves with whether the app received the answer. */
  readonly onAnswer: (answer: Answer) => Promise<boolean>;
}

type Answer = Request<'answerLeaving'>['answer'];

/** Shown while the app quits: the progress, then, if that failed, the question. */
export function LeavingDialog(props: Props) {
  const { leaving, sessions, held, isDurable, now, foreground, onAnswer } = props;
  const titleId = useId();
  const bodyId = useId();
  const dialog = useModal();
  useNoEscape();
  const { phase, deadline, budgetMs } = leaving;
  const asking = phase !== 'ending';
  const isDelayed = useRef(!asking && document.visibilityState === 'visible');
  return (
    <dialog
      class={isDelayed.current ? 'dialog leaving leaving-later' : 'dialog leaving'}
      ref={dialog}
      role={asking ? 'alertdialog' : 'dialog'}
      aria-labelledby={titleId}
      aria-describedby={bodyId}
      onCancel={(event) => event.preventDefault()}
      // Reopened if closed all the same: an answer is needed.
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
      <Mark icon="done" tone="good">
        <span>{say.over}</span>
      </Mark>
    );
  }
  if (session.ending === null && session.lastFailure !== null) {
    return <OutcomeMark outcome={session.lastFailure.outcome} />;
  }
  return (
    <Mark icon="busy" tone="accent">
      <span>{session.ending ? say.attempt(Math.max(1, session.ending.attempt)) : say.waiting}</span>
    </Mark>
  );
}

interface AskingProps extends PartProps, Pick<Props, 'isDurable' | 'onAnswer'> {
  readonly mayQuit: boolean;
}

/** Asks what to do about sessions that could not be ended. Where IT forbids quitting: try again or stay. */
function Asking(props: AskingProps) {
  const { isDurable, now, titleId, bodyId, deadline, mayQuit, onAnswer } = props;
  // Of what nobody has confirmed, there is nothing to decide.
  const held = props.held.filter(({ lastFailure }) => lastFailure?.outcome !== 'unconfirmed');
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
            {session.lastFailure && <FailureText failure={session.lastFailure} />}
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

function FailureText({ failure }: { failure: NonNullable<HeldView['lastFailure']> }) {
  const reason = reasonOf(failure);
  if (reason === null) return null;
  if (reason.by === 'signoff') return <p class="quiet">{reason.text}</p>;
  return (
    <p>
      <span class="quiet">{words.value.sessions.serverSays}</span> <q>{reason.text}</q>
    </p>
  );
}

/** Chromium closes a dialog on the second Escape even if the first was prevented, so it must not get the key. */
function useNoEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') event.preventDefault();
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
