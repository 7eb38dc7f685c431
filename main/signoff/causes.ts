import { type Cause, isSignOffCause, type SignOffCause } from '../results/receipt.ts';

/** What a cause means for the app. Code that depends on a cause reads its row, not its name. */
export interface CauseTraits {
  /** The setting for how many seconds sessions may take to end. */
  readonly budget: `${string}BudgetSeconds`;
  /** Whether every logoff is forced; otherwise the request decides. */
  readonly alwaysForces: boolean;
  /**
   * Where the agent is then. `leaving`: at the machine while the app quits, which IT may forbid. `away`: they
   * come back, perhaps to a session that the server refused to end. `gone`: what is left is ended later.
   */
  readonly agent: 'at-work' | 'leaving' | 'away' | 'gone';
  /** How urgently the app must quit; the higher of two wins. Null where it keeps running and can retry. */
  readonly urgency: number | null;
  /** Whether the login or the machine ends as well: then nothing waits or is restarted. */
  readonly endsLogin: boolean;
  /** Whether the agent is notified of a successful end, because they did not know of the open session. */
  readonly reportsEnd: boolean;
}

/** The agent is away from the machine, which goes on. */
const AWAY = {
  budget: 'askedBudgetSeconds',
  alwaysForces: true,
  agent: 'away',
  urgency: null,
  endsLogin: false,
  reportsEnd: false,
} as const;

export const CAUSES = {
  asked: {
    budget: 'askedBudgetSeconds',
    alwaysForces: false,
    agent: 'at-work',
    urgency: null,
    endsLogin: false,
    reportsEnd: false,
  },
  quit: {
    budget: 'quitBudgetSeconds',
    alwaysForces: true,
    agent: 'leaving',
    urgency: 0,
    endsLogin: false,
    reportsEnd: false,
  },
  shutdown: {
    budget: 'shutdownBudgetSeconds',
    alwaysForces: true,
    agent: 'gone',
    urgency: 2,
    endsLogin: true,
    reportsEnd: false,
  },
  signal: {
    budget: 'signalBudgetSeconds',
    alwaysForces: true,
    agent: 'gone',
    urgency: 1,
    endsLogin: false,
    reportsEnd: false,
  },
  suspend: { ...AWAY, budget: 'suspendBudgetSeconds' },
  lock: AWAY,
  disconnect: AWAY,
  idle: AWAY,
  leftover: {
    budget: 'leftoverBudgetSeconds',
    alwaysForces: true,
    agent: 'gone',
    urgency: null,
    endsLogin: false,
    reportsEnd: true,
  },
} as const satisfies Readonly<Record<SignOffCause, CauseTraits>>;

type Rows = typeof CAUSES;
type CausesWith<Meaning> = {
  [C in SignOffCause]: Rows[C] extends Meaning ? C : never;
}[SignOffCause];

/** Causes for which the app quits. */
export type LeavingCause = CausesWith<{ urgency: number }>;
/** Causes for which the app keeps running, so that a failed sign-off can be retried. */
export type StayingCause = CausesWith<{ urgency: null }>;
/** Causes by which the agent is away without leaving. */
export type AwayCause = CausesWith<{ agent: 'away' }>;

/** A budget in milliseconds, for where the cause's own cannot be read. */
export const ANY_BUDGET_MS = 3_500;

/** Whether the app keeps running for this cause. */
export function isStaying(cause: Cause): cause is StayingCause {
  return isSignOffCause(cause) && CAUSES[cause].urgency === null;
}

/** The row of a receipt's cause; undefined where nobody asked for the end of the session. */
export function traitsOf(cause: Cause): CauseTraits | undefined {
  return isSignOffCause(cause) ? CAUSES[cause] : undefined;
}

/** The budget of a cause in milliseconds, by the settings at the time of the call. */
export function budgetsOf(
  settings: () => Readonly<Record<Rows[SignOffCause]['budget'], number>>,
): (cause: SignOffCause) => number {
  return (cause) => settings()[CAUSES[cause].budget] * 1_000;
}
