import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { Request } from '../../preload/contract.ts';
import type { OriginQuestion as Question } from '../model/types.ts';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../text/language.ts';
import { hostOf } from '../text/names.ts';
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

type Answer = Request<'answerOrigin'>['answer'];

/** An earlier click was meant for what was there before. */
const CLICK_GUARD_MS = 500;

/** Asks whether a browser console may hand sessions in. Takes no focus; read out by the announcer. */
export function OriginQuestion({ question, now, focusAfter, onAnswer }: Props) {
  const { origin, deadline } = question;
  const titleId = useId();
  const bodyId = useId();
  const region = useFocusRestore(focusAfter);
  const isArmed = useClickGuard();
  const { answer, answered, failed } = useAnswer(onAnswer);

  const isDisabled = answered.value || !isArmed.value;
  const answerIfArmed = (chosen: Answer): void => {
    // Read again: the rendered state may be older.
    if (isArmed.value) void answer(chosen);
  };

  const say = words.value.sessions;
  return (
    <section
      class="question tone-care"
      ref={region}
      aria-labelledby={titleId}
      aria-describedby={bodyId}
    >
      <h2 id={titleId}>
        <Icon name="enter" />
        {say.originAsks(hostOf(origin))}
      </h2>
      <div class="question-words" id={bodyId}>
        <p>
          <code>{origin}</code>
        </p>
        <p>{say.originMeans}</p>
      </div>
      <WithoutAnswer now={now} deadline={deadline} />
      <div class="choices">
        <button
          type="button"
          class="button"
          aria-disabled={isDisabled}
          onClick={() => answerIfArmed('deny')}
        >
          {say.denyOrigin}
        </button>
        <button
          type="button"
          class="button"
          aria-disabled={isDisabled}
          onClick={() => answerIfArmed('allow')}
        >
          {say.allowOrigin}
        </button>
      </div>
      {failed.value && <p role="alert">{say.noReply}</p>}
    </section>
  );
}

/** A component of its own, because it rerenders every second. */
function WithoutAnswer({ now, deadline }: Pick<Props, 'now'> & { deadline: number }) {
  const left = countdown(deadline, now.value);
  return <p class="quiet countdown">{words.value.sessions.originWithoutAnswer(left)}</p>;
}

/** False until the page has been visible for a moment, each time it becomes visible. */
function useClickGuard(): ReadonlySignal<boolean> {
  const isArmed = useSignal(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const armSoon = (): void => {
      clearTimeout(timer);
      isArmed.value = false;
      if (document.visibilityState === 'visible') {
        timer = setTimeout(() => (isArmed.value = true), CLICK_GUARD_MS);
      }
    };
    armSoon();
    document.addEventListener('visibilitychange', armSoon);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', armSoon);
    };
  }, [isArmed]);
  return isArmed;
}
