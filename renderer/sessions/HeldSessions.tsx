import { useRef } from 'preact/hooks';
import type { HeldView, State } from '../../preload/contract.ts';
import { words } from '../text/language.ts';
import type { Store } from '../state/store.ts';
import { HeldSession } from './HeldSession.tsx';
import { NothingHeld } from './NoSessions.tsx';
import { useKeptFocus } from '../hooks/useFocusFallback.ts';

interface Props {
  readonly store: Store;
  readonly held: readonly HeldView[];
  /** Whether nothing has ever been signed off here; null while that is not known. */
  readonly firstRun: boolean | null;
  readonly offers: State['signIn']['offers'];
  readonly onSignIn: () => void;
  readonly onAdd: () => void;
}

/** Where the focus goes when what had it is gone. */
export const HELD_HEADING = 'held-heading';
/** With more than these, each is a row. */
const MOST_CARDS = 6;

export function HeldSessions({ store, held, firstRun, ...ways }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const onFocusIn = useKeptFocus(() => heading.current);
  const idle = held.some(({ id, ending }) => ending === null && !store.asked.value.has(id));
  const compact = held.length > MOST_CARDS;
  const say = words.value.sessions;
  return (
    <section class="section" aria-labelledby={HELD_HEADING} onFocusIn={onFocusIn}>
      <div class="section-head">
        <h2 id={HELD_HEADING} ref={heading} tabIndex={-1}>
          {say.held}
        </h2>
        {held.length > 0 && (
          <button
            type="button"
            class="button button-plain"
            aria-disabled={!idle}
            onClick={() => idle && void store.signOff('all', false)}
          >
            {say.signOffAll}
          </button>
        )}
      </div>
      {held.length === 0 ? (
        firstRun !== null && <NothingHeld firstRun={firstRun} {...ways} />
      ) : (
        <ul class={compact ? 'cards cards-compact' : 'cards'}>
          {held.map((session) => (
            <HeldSession key={session.id} store={store} held={session} compact={compact} />
          ))}
        </ul>
      )}
    </section>
  );
}
