import type { ReadonlySignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Request } from '../../preload/contract.ts';
import type { LeftoverQuestion as Question } from '../model/leftover-question.ts';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../text/language.ts';
import { heldName, listNames } from '../text/names.ts';
import { countdown } from '../text/time.ts';
import { useAnswer } from './useAnswer.ts';
import { useFocusRestore } from './useFocusRestore.ts';

interface Props {
  readonly question: Question;
  readonly now: ReadonlySignal<number>;
  /** Where the focus goes when this disappears focused and no dialog is open. */
  readonly focusAfter: () => HTMLElement | null;
  /** Resolves with whether the app received the answer. */
  readonly onAnswer: (answer: Answer) => Promise<boolean>;
}

type Answer = Request<'answerLeftover'>['answer'];

/** Asks about leftover sessions. Not modal, since the agent may be at work; read out by the announcer. */
export function LeftoverQuestion({ question, now, focusAfter, onAnswer }: Props) {
  const titleId = useId();
  const bodyId = useId();
  const keep = useRef<HTMLButtonElement>(null);
  const region = useFocusRestore(focusAfter);
  useLayoutEffect(() => {
    if (!(document.activeElement instanceof HTMLInputElement)) keep.current?.focus();
  }, []);
  const { answer, answered, failed } = useAnswer(onAnswer);

  const { heldBefore, sessions, deadline } = question;
  const say = words.value.sessions;
  return (
    <section
      class="question tone-care"
      ref={region}
      aria-labelledby={titleId}
      aria-describedby={bodyId}
    >
      <h2 id={titleId}>
        <Icon name="warning" />
        {say.stoppedWhileHeld(heldBefore)}
      </h2>
      <p id={bodyId}>
        <b>{listNames(sessions.map(heldName))}</b>
        <br />
        {say.stillAtWork}
      </p>
      <WithoutAnswer sessions={sessions.length} deadline={deadline} now={now} />
      <div class="choices">
        <button
          type="button"
          class="button button-main"
          ref={keep}
          aria-disabled={answered.value}
          onClick={() => void answer('keep')}
        >
          {say.keepHolding}
        </button>
        <button
          type="button"
          class="button"
          aria-disabled={answered.value}
          onClick={() => void answer('sign-off')}
        >
          {say.signOffNow}
        </button>
      </div>
      {failed.value && <p role="alert">{say.noReply}</p>}
    </section>
  );
}

interface WithoutAnswerProps extends Pick<Props, 'now'> {
  readonly sessions: number;
  readonly deadline: number;
}

/** A component of its own, because it rerenders every second. */
function WithoutAnswer({ sessions, deadline, now }: WithoutAnswerProps) {
  const left = countdown(deadline, now.value);
  return <p class="quiet countdown">{words.value.sessions.withoutAnswer(sessions, left)}</p>;
}
