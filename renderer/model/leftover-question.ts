import type { HeldView, State } from '../../preload/contract.ts';

/** The question about sessions that a crash left over. */
export interface LeftoverQuestion {
  /** The number of sessions held when the app stopped. */
  readonly heldBefore: number;
  /** Those still held; at least one. */
  readonly sessions: readonly HeldView[];
  /** When they are signed off if nobody answers, in epoch milliseconds. */
  readonly deadline: number;
}

/** Null when there is nothing to ask, and while the app is leaving, which is an answer. */
export function leftoverQuestionOf(state: State): LeftoverQuestion | null {
  if (state.leaving !== null || state.leftoverQuestion === null) return null;
  const { ids, deadline } = state.leftoverQuestion;
  const sessions = state.held.filter(({ id }) => ids.includes(id));
  return sessions.length === 0 ? null : { heldBefore: ids.length, sessions, deadline };
}
