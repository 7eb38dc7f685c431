import { createListeners } from '../common/listeners.ts';
import type { Clock } from '../common/clock.ts';
import type { BrowserMemory } from './browser-memory.ts';

/** Whether an origin may hand in; `busy`: nobody was asked, because something else is. */
export type Permission = 'allowed' | 'not-allowed' | 'busy';

/** The question whether a browser console may hand sessions in, about one origin at a time. */
export interface OriginQuestion {
  /** Null when nothing is asked. `deadline` is in epoch milliseconds. */
  state(): { readonly origin: string; readonly deadline: number } | null;
  /**
   * Resolves with what was answered about this origin: at once where that is known, or where it was
   * turned away not long ago; else the agent is asked.
   */
  ask(origin: string): Promise<Permission>;
  /** The agent's answer; it counts for nothing where this origin is not what is asked about any more. */
  answer(origin: string, answer: 'allow' | 'deny'): void;
  /** Takes the question back where `isListed` denies its origin, and forgets who was turned away. */
  retain(isListed: (origin: string) => boolean): void;
  onChange(listener: () => void): void;
  /** Hears of each question, for whoever tells the agent so. */
  onAsked(listener: (origin: string) => void): void;
}

const ANSWER_WITHIN_MS = 60_000;
/** An origin that was turned away is not asked about again for so long: no page may pester. */
const TURNED_AWAY_FOR_MS = 10 * 60_000;
/** One page needs one; a page that sends more and more must not use up all the connections. */
const MOST_WAITING = 8;

/** Asks the agent; what they have allowed is remembered. */
export function createOriginQuestion(parts: {
  memory: Pick<BrowserMemory, 'isApproved' | 'approve'>;
  clock: Clock;
}): OriginQuestion {
  const { memory, clock } = parts;
  const listeners = createListeners();
  const askedListeners = createListeners<[origin: string]>();
  /** Until when, on the monotonic clock. */
  const turnedAway = new Map<string, number>();
  let open: {
    readonly origin: string;
    readonly deadline: number;
    readonly cancel: () => void;
    readonly waiting: ((permission: Permission) => void)[];
  } | null = null;

  const changed = (): void => {
    listeners.notify();
  };
  const settle = (permission: Permission): void => {
    if (open === null) return;
    const { waiting, cancel } = open;
    open = null;
    cancel();
    for (const resolve of waiting) resolve(permission);
    changed();
  };
  const turnAway = (origin: string): void => {
    turnedAway.set(origin, clock.monotonic() + TURNED_AWAY_FOR_MS);
    settle('not-allowed');
  };

  return {
    state: () => (open === null ? null : { origin: open.origin, deadline: open.deadline }),
    async ask(origin) {
      if (memory.isApproved(origin)) return 'allowed';
      if ((turnedAway.get(origin) ?? 0) > clock.monotonic()) return 'not-allowed';
      const isNew = open === null;
      open ??= {
        origin,
        deadline: clock.now() + ANSWER_WITHIN_MS,
        cancel: clock.after(ANSWER_WITHIN_MS, () => turnAway(origin)),
        waiting: [],
      };
      const { waiting } = open;
      if (open.origin !== origin || waiting.length >= MOST_WAITING) return 'busy';
      const { promise, resolve } = Promise.withResolvers<Permission>();
      waiting.push(resolve);
      if (isNew) {
        changed();
        askedListeners.notify(origin);
      }
      return promise;
    },
    answer(origin, answer) {
      if (open?.origin !== origin) return;
      if (answer === 'deny') return turnAway(origin);
      memory.approve(origin);
      settle('allowed');
    },
    retain(isListed) {
      for (const origin of turnedAway.keys()) if (!isListed(origin)) turnedAway.delete(origin);
      if (open !== null && !isListed(open.origin)) settle('not-allowed');
    },
    onChange: (listener) => listeners.add(listener),
    onAsked: (listener) => askedListeners.add(listener),
  };
}
