import type { HeldSession } from '../sessions/session.ts';
import { createListeners } from '../common/listeners.ts';
import type { Settings } from '../settings/schema.ts';
import type { Clock } from '../common/clock.ts';

/** What to do with the sessions found in the vault at a start, by their ids. */
export interface LeftoverPlan {
  readonly signOff: readonly string[];
  readonly ask: readonly string[];
  readonly keep: readonly string[];
}

/** How long the vault's *resume* mark counts. */
export const RESUME_WITHIN_MS = 10 * 60 * 1000;

/**
 * Plans what to do with the sessions found in the vault. A *resume* mark counts for its ten minutes, for the
 * login that it was set in, and not if the clock was set back meanwhile. A session of another or an unknown login
 * is signed off.
 */
export function planLeftovers(
  found: readonly HeldSession[],
  at: {
    login: string | null;
    resumeUntil: number | null;
    now: number;
    leftover: Settings['leftover'];
  },
): LeftoverPlan {
  const { login, resumeUntil, now, leftover } = at;
  const ids = (sessions: readonly HeldSession[]): string[] => sessions.map(({ id }) => id);
  const isSameLogin = (session: HeldSession): boolean => login !== null && session.login === login;
  const same = ids(found.filter(isSameLogin));
  const others = ids(found.filter((session) => !isSameLogin(session)));
  const resumes =
    resumeUntil !== null && now <= resumeUntil && resumeUntil <= now + RESUME_WITHIN_MS;
  switch (resumes ? 'resume' : leftover) {
    case 'ask':
      return { signOff: others, ask: same, keep: [] };
    case 'resume':
      return { signOff: others, ask: [], keep: same };
    case 'sign-off':
      return { signOff: ids(found), ask: [], keep: [] };
  }
}

/** The question whether leftover sessions are still in use. */
export interface LeftoverQuestion {
  /** Null when nothing is asked. `deadline` is in epoch milliseconds. */
  state(): { readonly ids: string[]; readonly deadline: number } | null;
  answer(answer: 'keep' | 'sign-off'): void;
  /** Drops the others from the question: they are over, or were handed in again. */
  retain(isOpen: (id: string) => boolean): void;
  onChange(listener: () => void): void;
}

/** Asks about these sessions; without an answer within `answerWithinMs` they are signed off. */
export function createLeftoverQuestion(parts: {
  ids: readonly string[];
  answerWithinMs: number;
  clock: Clock;
  keep: (ids: readonly string[]) => void;
  signOff: (ids: readonly string[]) => void;
}): LeftoverQuestion {
  const { ids, answerWithinMs, clock, keep, signOff } = parts;
  const listeners = createListeners();
  let open: { ids: string[]; deadline: number } | null =
    ids.length === 0 ? null : { ids: [...ids], deadline: clock.now() + answerWithinMs };

  const settle = (act: (ids: readonly string[]) => void): void => {
    if (open === null) return;
    const { ids: asked } = open;
    open = null;
    cancel();
    act(asked);
    listeners.notify();
  };
  const cancel =
    open === null ? () => undefined : clock.after(answerWithinMs, () => settle(signOff));

  return {
    state: () => open,
    answer: (answer) => settle(answer === 'keep' ? keep : signOff),
    retain(isOpen) {
      if (open === null) return;
      const still = open.ids.filter(isOpen);
      if (still.length === open.ids.length) return;
      open = { ...open, ids: still };
      if (still.length === 0) settle(() => undefined);
      else listeners.notify();
    },
    onChange: (listener) => listeners.add(listener),
  };
}
