import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { countdown, heldName, listNames } from '../text/format.ts';
import { words } from '../text/language.ts';
import type { LeftoverQuestion as Question, Store } from '../state/store.ts';
import { Icon } from '../parts/Icon.tsx';
import { useAnswer } from './useAnswer.ts';
import { useFocusHandedOn } from './useFocusRestore.ts';

interface Props {
  readonly store: Store;
  readonly question: Question;
}

/** Asks above everything else, but in nobody's way: the agent may be at work. Said by the announcer. */
export function LeftoverQuestion({ store, question }: Props) {
  const titleId = useId();
  const bodyId = useId();
  const keep = useRef<HTMLButtonElement>(null);
  const region = useFocusHandedOn();
  useLayoutEffect(() => {
    if (!(document.activeElement instanceof HTMLInputElement)) keep.current?.focus();
  }, []);
  const { answer, answered, failed } = useAnswer(store.answerLeftover);

  const { heldThen, sessions, deadline } = question;
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
        {say.stoppedWhileHeld(heldThen)}
      </h2>
      <p id={bodyId}>
        <b>{listNames(sessions.map(heldName))}</b>
        <br />
        {say.stillAtWork}
      </p>
      <Warning store={store} sessions={sessions.length} deadline={deadline} />
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

/** Apart, because it is shown anew each second. */
function Warning(props: { store: Store; sessions: number; deadline: number }) {
  const { store, sessions, deadline } = props;
  const left = countdown(deadline, store.now.value);
  return <p class="quiet countdown">{words.value.sessions.withoutAnswer(sessions, left)}</p>;
}
