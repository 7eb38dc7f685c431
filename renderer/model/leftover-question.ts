import type { HeldView, State } from '../../preload/contract.ts';

/** The question about sessions that a crash left over, as it stands now. */
export interface LeftoverQuestion {
  /** How many were held when the app stopped. */
  readonly heldThen: number;
  /** Those of them that are still held; at least one. */
  readonly sessions: readonly HeldView[];
  /** When they are signed off without an answer, in epoch milliseconds. */
  readonly deadline: number;
}

/** Null when there is nothing to ask; also while the app is leaving, which is an answer. */
export function leftoverQuestionOf(state: State): LeftoverQuestion | null {
  if (state.leaving !== null || state.leftoverQuestion === null) return null;
  const { ids, deadline } = state.leftoverQuestion;
  const sessions = state.held.filter(({ id }) => ids.includes(id));
  return sessions.length === 0 ? null : { heldThen: ids.length, sessions, deadline };
}
