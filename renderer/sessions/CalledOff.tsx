import { useId } from 'preact/hooks';
import type { EndedView } from '../../preload/contract.ts';
import { useFocusFallback } from '../hooks/useFocusFallback.ts';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../text/language.ts';
import { calledOffText, heldName, listNames } from '../text/names.ts';

interface Props {
  readonly ended: readonly EndedView[];
  readonly onSignInAgain: (endedId: string) => void;
  readonly onDismiss: () => void;
}

/** What a shutdown ended that was then called off, and the way back. Read out by the announcer. */
export function CalledOff({ ended, onSignInAgain, onDismiss }: Props) {
  const titleId = useId();
  const onFocusIn = useFocusFallback(() => document.querySelector('main h2'));
  const say = words.value.sessions;
  if (ended.length === 0) return null;
  const here = ended.filter(({ signIn }) => signIn !== null);
  const elsewhere = ended.filter(({ signIn }) => signIn === null);
  return (
    <section class="notice tone-care" aria-labelledby={titleId} onFocusIn={onFocusIn}>
      <Icon name="warning" />
      <p>
        <b id={titleId}>{say.calledOffTitle}</b>
        <br />
        {calledOffText(ended)}
      </p>
      <button type="button" class="button button-icon" aria-label={say.dismiss} onClick={onDismiss}>
        <Icon name="close" />
      </button>
      <ul class="signed-out">
        {here.map((session) => (
          <li key={session.id}>
            <span>{heldName(session)}</span>
            <button
              type="button"
              class="button"
              aria-label={say.actionOn(say.signInAgain, heldName(session))}
              onClick={() => onSignInAgain(session.id)}
            >
              {say.signInAgain}
            </button>
          </li>
        ))}
        {elsewhere.length > 0 && <li>{listNames(elsewhere.map(heldName))}</li>}
      </ul>
    </section>
  );
}
