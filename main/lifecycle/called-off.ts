import { createListeners } from '../common/listeners.ts';
import { type HeldSession, isSameAgent, type Session } from '../sessions/session.ts';

/** What was ended for a shutdown that was called off, until the agent is back or has put the notice away. */
export interface CalledOff {
  /** Empty where there is nothing to tell. */
  ended(): readonly HeldSession[];
  /** These were ended as well. */
  add(ended: readonly HeldSession[]): void;
  /** The agent has signed in, or handed this session in. */
  isBack(session: Session): void;
  dismiss(): void;
  onChange(listener: () => void): void;
}

export function createCalledOff(): CalledOff {
  const listeners = createListeners();
  let ended: readonly HeldSession[] = [];

  const changeTo = (next: readonly HeldSession[]): void => {
    if (next.length === ended.length) return;
    ended = next;
    listeners.notify();
  };

  return {
    ended: () => ended,
    add: (more) => changeTo([...ended, ...more]),
    isBack(session) {
      const left = ended.filter((one) => !isSameAgent(one, session));
      // Nobody comes back into an engagement: it is no reason to go on telling.
      changeTo(left.some(({ kind }) => kind === 'agent') ? left : []);
    },
    dismiss: () => changeTo([]),
    onChange: (listener) => listeners.add(listener),
  };
}
