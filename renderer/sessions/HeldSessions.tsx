import type { ReadonlySignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Request, State } from '../../preload/contract.ts';
import { useFocusFallback } from '../hooks/useFocusFallback.ts';
import { words } from '../text/language.ts';
import { HeldSession } from './HeldSession.tsx';
import { NoSessions } from './NoSessions.tsx';

interface Props {
  readonly state: State;
  /** Ids whose sign-off was asked for and has neither begun nor been answered. */
  readonly asked: ReadonlySet<string>;
  readonly now: ReadonlySignal<number>;
  /** Whether nothing has ever been signed off here; null while that is not known. */
  readonly firstRun: boolean | null;
  readonly onSignIn: () => void;
  readonly onAdd: () => void;
  readonly onSignOff: (ids: Request<'signOff'>['ids'], force: boolean) => void;
  /** Resolves with why the agent's status was not changed, in words, or null. */
  readonly onSetActivity: (request: Request<'setActivity'>) => Promise<string | null>;
}

/** Where the focus goes when what had it is gone. */
export const HELD_HEADING = 'held-heading';
/** With more than these, each is a row. */
const MOST_CARDS = 6;

/** Every held session, or what to do where there is none. */
export function HeldSessions(props: Props) {
  const { state, asked, now, firstRun, onSignIn, onAdd, onSignOff, onSetActivity } = props;
  const { held, online, unavailableReasons } = state;
  const heading = useRef<HTMLHeadingElement>(null);
  const onFocusIn = useFocusFallback(() => heading.current);
  const idle = held.some(({ id, ending }) => ending === null && !asked.has(id));
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
            onClick={() => idle && onSignOff('all', false)}
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
              busy={session.ending !== null || asked.has(session.id)}
              online={online}
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
