import type { Vault } from '../sessions/vault.ts';
import { type Clock, elapsed } from '../signoff/clock.ts';
import { BUDGET_MS, type Coordinator } from '../signoff/coordinator.ts';
import { RESUME_WITHIN_MS } from './leftover.ts';

/** Who wants the app to go. Only an agent who quits is there to be asked. */
export type LeavingCause = 'quit' | 'signal' | 'shutdown';

export interface LeaveRequest {
  readonly cause: LeavingCause;
  /** Whether the agent is at the window and can be asked when something could not be ended. */
  readonly mayAsk: boolean;
}

export interface LeavingState {
  readonly phase: 'ending' | 'asking';
  readonly cause: LeavingCause;
  /** Epoch milliseconds at which this phase ends by itself. */
  readonly deadline: number;
}

/** The app's way out: ends what is held, asks if that failed, and then lets the app go. */
export interface Leaving {
  /**
   * Starts to leave, or makes a leaving under way more urgent. Never hangs: the sign-off has a
   * budget, and the question a time limit. Resolves when the app may go.
   */
  leave(request: LeaveRequest): Promise<void>;
  answer(answer: 'try-again' | 'quit'): void;
  /**
   * Lets the app go without signing off, because it will be back in a moment: its next start within
   * ten minutes goes on holding. A leaving under way is not called off by it.
   */
  goToComeBack(): void;
  /** Null while the app stays. */
  state(): LeavingState | null;
  /** True from the moment that nothing keeps the app any more. */
  mayGo(): boolean;
  onChange(listener: () => void): void;
}

/** An unanswered question must not keep a machine from shutting down; what is held is in the vault. */
const ANSWER_WITHIN_MS = 60_000;
/** What writing receipts may take beyond the budget; a disk that hangs must not hang the app. */
const WRITE_WITHIN_MS = 1_000;

export function createLeaving(parts: {
  vault: Vault;
  coordinator: Pick<Coordinator, 'signOff'>;
  clock: Clock;
  /** Lets the app go; called once. */
  go: () => void;
}): Leaving {
  const { vault, coordinator, clock, go } = parts;
  const listeners: (() => void)[] = [];
  const gone = Promise.withResolvers<undefined>();
  let state: LeavingState | null = null;
  let mayAsk = true;
  let mayGo = false;
  /** Counts the orders to end what is held, so that only the newest one's end is acted on. */
  let round = 0;
  let cancelQuestion: (() => void) | null = null;

  const changeTo = (next: LeavingState): void => {
    state = next;
    for (const listener of listeners) listener();
  };

  const finish = (): void => {
    if (mayGo) return;
    mayGo = true;
    cancelQuestion?.();
    gone.resolve(undefined);
    go();
  };

  const ask = (cause: LeavingCause): void => {
    changeTo({ phase: 'asking', cause, deadline: clock.now() + ANSWER_WITHIN_MS });
    cancelQuestion = clock.after(ANSWER_WITHIN_MS, finish);
  };

  const endHeld = async (cause: LeavingCause): Promise<void> => {
    round += 1;
    const thisRound = round;
    cancelQuestion?.();
    cancelQuestion = null;
    const ended = coordinator.signOff({ cause, ids: 'all' });
    const late = elapsed(clock, BUDGET_MS[cause] + WRITE_WITHIN_MS);
    changeTo({ phase: 'ending', cause, deadline: clock.now() + BUDGET_MS[cause] });
    await Promise.race([ended, late.promise]);
    late.cancel();
    if (thisRound !== round) return;
    if (vault.held().length === 0 || !mayAsk) finish();
    else ask(cause);
  };

  const leave = (request: LeaveRequest): Promise<void> => {
    const moreUrgent = state === null || (request.cause !== 'quit' && state.cause === 'quit');
    if (!request.mayAsk) {
      mayAsk = false;
      if (state?.phase === 'asking' && !moreUrgent) finish();
    }
    if (moreUrgent && !mayGo) void endHeld(request.cause);
    // Whoever quits once more may not see the question: it is shown again.
    else if (state?.phase === 'asking') changeTo(state);
    return gone.promise;
  };

  vault.onChange(() => {
    if (state?.phase === 'asking' && vault.held().length === 0) finish();
  });

  return {
    leave,
    answer(answer) {
      if (state?.phase !== 'asking' || mayGo) return;
      if (answer === 'quit') finish();
      else void endHeld(state.cause);
    },
    goToComeBack() {
      if (state === null && vault.markResume(clock.now() + RESUME_WITHIN_MS)) finish();
      // What the agent wants ended, or the next start will not find, had better be ended now.
      else void leave({ cause: 'shutdown', mayAsk: false });
    },
    state: () => state,
    mayGo: () => mayGo,
    onChange: (listener) => void listeners.push(listener),
  };
}
