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
  /** Where the focus goes when this goes away and has it, and no dialog is open. */
  readonly focusAfter: () => HTMLElement | null;
  /** Resolves with whether the app took the answer. */
  readonly onAnswer: (answer: Answer) => Promise<boolean>;
}

type Answer = Request<'answerOrigin'>['answer'];

/** A click sooner than this was meant for what was there before. */
const CLICK_GUARD_MS = 500;

/** Asks whether a browser console may hand sessions in. Said by the announcer; takes no focus. */
export function OriginQuestion({ question, now, focusAfter, onAnswer }: Props) {
  const { origin, deadline } = question;
  const titleId = useId();
  const bodyId = useId();
  const region = useFocusRestore(focusAfter);
  const isListening = useListening();
  const { answer, answered, failed } = useAnswer(onAnswer);

  const isOff = answered.value || !isListening.value;
  const answerIfListening = (what: Answer): void => {
    // As it is now: what is shown may be older.
    if (isListening.value) void answer(what);
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
          aria-disabled={isOff}
          onClick={() => answerIfListening('deny')}
        >
          {say.denyOrigin}
        </button>
        <button
          type="button"
          class="button"
          aria-disabled={isOff}
          onClick={() => answerIfListening('allow')}
        >
          {say.allowOrigin}
        </button>
      </div>
      {failed.value && <p role="alert">{say.noReply}</p>}
    </section>
  );
}

/** Apart, because it is shown anew each second. */
function WithoutAnswer({ now, deadline }: Pick<Props, 'now'> & { deadline: number }) {
  const left = countdown(deadline, now.value);
  return <p class="quiet countdown">{words.value.sessions.originWithoutAnswer(left)}</p>;
}

/** False until what is shown has been in sight for a moment, and each time that it comes into sight. */
function useListening(): ReadonlySignal<boolean> {
  const isListening = useSignal(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listenSoon = (): void => {
      clearTimeout(timer);
      isListening.value = false;
      if (document.visibilityState === 'visible') {
        timer = setTimeout(() => (isListening.value = true), CLICK_GUARD_MS);
      }
    };
    listenSoon();
    document.addEventListener('visibilitychange', listenSoon);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', listenSoon);
    };
  }, [isListening]);
  return isListening;
}
