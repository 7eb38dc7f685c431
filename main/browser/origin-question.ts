import { createListeners } from '../common/listeners.ts';
import type { Clock } from '../common/clock.ts';
import type { BrowserMemory } from './browser-memory.ts';

/** Whether an origin may hand in; `busy`: not asked, because another question is open. */
export type Permission = 'allowed' | 'not-allowed' | 'busy';

/** The question whether a browser console may hand sessions in; about one origin at a time. */
export interface OriginQuestion {
  /** The open question, if any. `deadline` is in epoch milliseconds. */
  state(): { readonly origin: string; readonly deadline: number } | null;
  /** Resolves at once for an origin that was approved, or denied not long ago; asks the agent otherwise. */
  ask(origin: string): Promise<Permission>;
  /** The agent's answer; ignored where another question, or none, is open by now. */
  answer(origin: string, answer: 'allow' | 'deny'): void;
  /** Withdraws the question and forgets the denials of origins that are not listed. */
  retain(isListed: (origin: string) => boolean): void;
  onChange(listener: () => void): void;
  /** Called on each new question. */
  onAsked(listener: (origin: string) => void): void;
}

const ANSWER_WITHIN_MS = 60_000;
/** No question about a denied origin for so long, so that no page can pester the agent. */
const DENIED_FOR_MS = 10 * 60_000;
/** One is enough for a page; a page that sends more must not use up all connections. */
const MOST_WAITING = 8;

export function createOriginQuestion(parts: {
  memory: Pick<BrowserMemory, 'isApproved' | 'approve'>;
  clock: Clock;
}): OriginQuestion {
  const { memory, clock } = parts;
  const listeners = createListeners();
  const askedListeners = createListeners<[origin: string]>();
  /** Until when, on the monotonic clock. */
  const deniedUntil = new Map<string, number>();
  let open: {
    readonly origin: string;
    readonly deadline: number;
    readonly cancel: () => void;
    readonly waiting: ((permission: Permission) => void)[];
  } | null = null;

  const settle = (permission: Permission): void => {
    if (open === null) return;
    const { waiting, cancel } = open;
    open = null;
    cancel();
    for (const resolve of waiting) resolve(permission);
    listeners.notify();
  };
  const deny = (origin: string): void => {
    deniedUntil.set(origin, clock.monotonic() + DENIED_FOR_MS);
    settle('not-allowed');
  };

  return {
    state: () => (open === null ? null : { origin: open.origin, deadline: open.deadline }),
    async ask(origin) {
      if (memory.isApproved(origin)) return 'allowed';
      if ((deniedUntil.get(origin) ?? 0) > clock.monotonic()) return 'not-allowed';
      const isNew = open === null;
      open ??= {
        origin,
        deadline: clock.now() + ANSWER_WITHIN_MS,
        cancel: clock.after(ANSWER_WITHIN_MS, () => deny(origin)),
        waiting: [],
      };
      const { waiting } = open;
      if (open.origin !== origin || waiting.length >= MOST_WAITING) return 'busy';
      const { promise, resolve } = Promise.withResolvers<Permission>();
      waiting.push(resolve);
      if (isNew) {
        listeners.notify();
        askedListeners.notify(origin);
      }
      return promise;
    },
    answer(origin, answer) {
      if (open?.origin !== origin) return;
      if (answer === 'deny') return deny(origin);
      memory.approve(origin);
      settle('allowed');
    },
    retain(isListed) {
      for (const origin of deniedUntil.keys()) if (!isListed(origin)) deniedUntil.delete(origin);
      if (open !== null && !isListed(open.origin)) settle('not-allowed');
    },
    onChange: (listener) => listeners.add(listener),
    onAsked: (listener) => askedListeners.add(listener),
  };
}
