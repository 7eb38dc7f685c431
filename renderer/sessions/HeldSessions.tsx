import type { ReadonlySignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Request, State } from '../../preload/contract.ts';
import { useFocusFallback } from '../hooks/useFocusFallback.ts';
import { words } from '../text/language.ts';
import { HeldSession } from './HeldSession.tsx';
import { NoSessions } from './NoSessions.tsx';

interface Props {
  readonly state: State;
  /** Ids of the sessions whose sign-off was requested and has neither begun nor been answered. */
  readonly requested: ReadonlySet<string>;
  readonly now: ReadonlySignal<number>;
  /** Whether nothing was ever signed off here; null while unknown. */
  readonly firstRun: boolean | null;
  readonly onSignIn: () => void;
  readonly onAdd: () => void;
  readonly onSignOff: (ids: Request<'signOff'>['ids'], force: boolean) => void;
  /** Resolves with why the status was not changed, in words, or null. */
  readonly onSetActivity: (request: Request<'setActivity'>) => Promise<string | null>;
}

/** The id of the heading, which takes the focus when the focused element is removed. */
export const HELD_HEADING = 'held-heading';
/** More sessions than this are shown as rows. */
const MAX_CARDS = 6;

/** All held sessions, or what to do if there are none. */
export function HeldSessions(props: Props) {
  const { state, requested, now, firstRun, onSignIn, onAdd, onSignOff, onSetActivity } = props;
  const { held, online, availableKinds, unavailableReasons } = state;
  const heading = useRef<HTMLHeadingElement>(null);
  const onFocusIn = useFocusFallback(() => heading.current);
  const canSignOff = held.some(({ id, ending }) => ending === null && !requested.has(id));
  const compact = held.length > MAX_CARDS;
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
            aria-disabled={!canSignOff}
            onClick={() => canSignOff && onSignOff('all', false)}
          >
            {say.signOffAll}
          </button>
        )}
      </div>
      {held.length === 0 ? (
        firstRun !== null && (
          <NoSessions
            firstRun={firstRun}
            offers={state.signIn.offers}
            onSignIn={onSignIn}
            onAdd={onAdd}
          />
        )
      ) : (
        <ul class={compact ? 'cards cards-compact' : 'cards'}>
          {held.map((session) => (
            <HeldSession
              key={session.id}
              held={session}
              compact={compact}
              busy={session.ending !== null || requested.has(session.id)}
              online={online}
              availableKinds={availableKinds}
              unavailableReasons={unavailableReasons}
              now={now}
              onSignOff={(force) => onSignOff([session.id], force)}
              onSetActivity={(activity) => onSetActivity({ id: session.id, ...activity })}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
