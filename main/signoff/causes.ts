import type { Cause, SignOffCause } from '../results/receipt.ts';

/** What a cause means. Whoever acts on a cause asks its row, not its name. */
export interface CauseMeaning {
  /** The setting for how many seconds sessions may take to end. */
  readonly budget: `${string}BudgetSeconds`;
  /** Whether every logoff is forced; otherwise whoever asks for the sign-off decides. */
  readonly alwaysForces: boolean;
  /**
   * Where the agent is then. `leaving`: still there while the app goes, which IT may refuse them. `away`:
   * they come back, perhaps to a session that the server refused to end. `gone`: what could not be ended
   * is ended later.
   */
  readonly agent: 'at-work' | 'leaving' | 'away' | 'gone';
  /** How urgently the app must go: of two causes the higher rules. Null where it stays, and can try again. */
  readonly urgency: number | null;
  /** Whether the login or the machine ends, too: then nothing waits for anything, or is started again. */
  readonly endsLogin: boolean;
  /** Whether the agent is told of what was ended: they did not know that it was still open. */
  readonly endIsNews: boolean;
}

export const CAUSES = {
  asked: {
    budget: 'askedBudgetSeconds',
    alwaysForces: false,
    agent: 'at-work',
    urgency: null,
    endsLogin: false,
    endIsNews: false,
  },
  quit: {
    budget: 'quitBudgetSeconds',
    alwaysForces: true,
    agent: 'leaving',
    urgency: 0,
    endsLogin: false,
    endIsNews: false,
  },
  shutdown: {
    budget: 'shutdownBudgetSeconds',
    alwaysForces: true,
    agent: 'gone',
    urgency: 2,
    endsLogin: true,
    endIsNews: false,
  },
  signal: {
    budget: 'signalBudgetSeconds',
    alwaysForces: true,
    agent: 'gone',
    urgency: 1,
    endsLogin: false,
    endIsNews: false,
  },
  suspend: {
    budget: 'suspendBudgetSeconds',
    alwaysForces: true,
    agent: 'away',
    urgency: null,
    endsLogin: false,
    endIsNews: false,
  },
  lock: {
    budget: 'askedBudgetSeconds',
    alwaysForces: true,
    agent: 'away',
    urgency: null,
    endsLogin: false,
    endIsNews: false,
  },
  idle: {
    budget: 'askedBudgetSeconds',
    alwaysForces: true,
    agent: 'away',
    urgency: null,
    endsLogin: false,
    endIsNews: false,
  },
  leftover: {
    budget: 'leftoverBudgetSeconds',
    alwaysForces: true,
    agent: 'gone',
    urgency: null,
    endsLogin: false,
    endIsNews: true,
  },
} as const satisfies Readonly<Record<SignOffCause, CauseMeaning>>;

type Rows = typeof CAUSES;
type CausesWith<Meaning> = {
  [C in SignOffCause]: Rows[C] extends Meaning ? C : never;
}[SignOffCause];

/** Those for which the app goes. */
export type LeavingCause = CausesWith<{ urgency: number }>;
/** Those for which it stays, so that what could not be ended can be tried again. */
export type StayingCause = CausesWith<{ urgency: null }>;
/** Those by which the agent is away without leaving. */
export type AwayCause = CausesWith<{ agent: 'away' }>;

/** What the cause of a receipt means; undefined where the server ended the session by itself. */
export function meaningOf(cause: Cause): CauseMeaning | undefined {
  return cause === 'server' ? undefined : CAUSES[cause];
}

/** How long each cause lets sessions end, in milliseconds, as the settings have it by then. */
export function budgetsOf(
  settings: () => Readonly<Record<Rows[SignOffCause]['budget'], number>>,
): (cause: SignOffCause) => number {
  return (cause) => settings()[CAUSES[cause].budget] * 1_000;
}
