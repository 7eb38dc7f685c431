import { useLayoutEffect, useRef } from 'preact/hooks';
import type { HeldView } from '../../preload/contract.ts';
import type { Store } from '../store.ts';
import { HeldSession } from './HeldSession.tsx';

interface Props {
  readonly store: Store;
  readonly held: readonly HeldView[];
}

/** Where the focus goes when what had it is gone. */
export const HELD_HEADING = 'held-heading';

export function HeldSessions({ store, held }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const onFocusIn = useKeptFocus(heading, held);
  const idle = held.some(({ id, ending }) => ending === null && !store.asked.value.has(id));
  return (
    <section class="section" aria-labelledby={HELD_HEADING} onFocusIn={onFocusIn}>
      <div class="section-head">
        <h2 id={HELD_HEADING} ref={heading} tabIndex={-1}>
          Held sessions
        </h2>
        <button
          type="button"
          class="button button-plain"
          aria-disabled={!idle}
          onClick={() => idle && void store.signOff('all', false)}
        >
          Sign off all
        </button>
      </div>
      {held.length === 0 ? (
        <NothingHeld />
      ) : (
        <ul class="cards">
          {held.map((session) => (
            <HeldSession key={session.id} store={store} held={session} />
          ))}
        </ul>
      )}
    </section>
  );
}

function NothingHeld() {
  return (
    <div class="empty">
      <p>
        Add the session you are working in, and Signoff ends it on the chat server when you leave.
      </p>
      <p class="quiet">
        Use <b>Add session</b> above, or on the command line
      </p>
      <p>
        <code>signoff hold &lt; session.json</code>
      </p>
    </div>
  );
}

/** Puts the focus on the heading when the session that had it is gone, instead of losing it. */
function useKeptFocus(
  heading: { readonly current: HTMLElement | null },
  held: readonly HeldView[],
): (event: FocusEvent) => void {
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (focused.current === null || focused.current.isConnected) return;
    focused.current = null;
    if (document.activeElement === document.body) heading.current?.focus();
  }, [held, heading]);
  return ({ target }) => {
    focused.current = target instanceof Element ? target : null;
  };
}
