import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Store } from '../store.ts';
import { heldName, leftoverHeading, leftoverWarning, listNames, words } from '../words.ts';
import type { LeftoverQuestion as Question } from '../words.ts';
import { HELD_HEADING } from './HeldSessions.tsx';
import { Icon } from './Icon.tsx';
import { SecondsLeft } from './Times.tsx';

interface Props {
  readonly store: Store;
  readonly question: Question;
}

/** Asks above everything else, but in nobody's way: the agent may be at work. Said by the announcer. */
export function LeftoverQuestion({ store, question }: Props) {
  const titleId = useId();
  const bodyId = useId();
  const keep = useRef<HTMLButtonElement>(null);
  const region = useFocusWhileAsked(keep);
  const answered = useSignal(false);
  const failed = useSignal(false);

  const answer = async (what: 'keep' | 'sign-off'): Promise<void> => {
    if (answered.value) return;
    answered.value = true;
    failed.value = false;
    const taken = await store.answerLeftover(what);
    answered.value = taken;
    failed.value = !taken;
  };

  const { heldThen, sessions, deadline } = question;
  return (
    <section
      class="leftover tone-care"
      ref={region}
      aria-labelledby={titleId}
      aria-describedby={bodyId}
    >
      <h2 id={titleId}>
        <Icon name="warning" />
        {leftoverHeading(heldThen)}
      </h2>
      <p id={bodyId}>
        <b>{listNames(sessions.map(heldName))}</b>. {words.stillAtWork}
      </p>
      <p class="quiet">
        {leftoverWarning(sessions.length)} <SecondsLeft now={store.now} deadline={deadline} />.
      </p>
      <div class="choices">
        <button
          type="button"
          class="button button-main"
          ref={keep}
          aria-disabled={answered.value}
          onClick={() => void answer('keep')}
        >
          Keep holding
        </button>
        <button
          type="button"
          class="button"
          aria-disabled={answered.value}
          onClick={() => void answer('sign-off')}
        >
          Sign off now
        </button>
      </div>
      {failed.value && <p role="alert">{words.noReply}</p>}
    </section>
  );
}

/** Takes the focus to the first answer unless something is being typed, and hands it on at the end. */
function useFocusWhileAsked(first: { readonly current: HTMLElement | null }) {
  const region = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const asked = region.current;
    if (!(document.activeElement instanceof HTMLInputElement)) first.current?.focus();
    return () => {
      if (!asked?.contains(document.activeElement)) return;
      document.getElementById(HELD_HEADING)?.focus();
    };
  }, [first]);
  return region;
}
