import type { Vault } from '../sessions/vault.ts';
import { createListeners } from '../common/listeners.ts';
import { type Clock, within } from '../common/clock.ts';
import { CAUSES, type LeavingCause } from '../signoff/causes.ts';
import type { Coordinator } from '../signoff/coordinator.ts';
import { RESUME_WITHIN_MS } from './leftover.ts';

export interface LeaveRequest {
  readonly cause: LeavingCause;
  /** Whether the agent is at the window and can be asked when something could not be ended. */
  readonly mayAsk: boolean;
}

export interface LeavingState {
  /** Ends what is held, then, if that failed, asks, or says that the app stays as IT will have it. */
  readonly phase: 'ending' | 'asking' | 'refused';
  readonly cause: LeavingCause;
  /** Epoch milliseconds at which this phase ends by itself. */
  readonly deadline: number;
  /** Milliseconds that this phase has in all. */
  readonly budgetMs: number;
}

/** The app's way out: ends what is held, asks if that failed, and then lets the app go. */
export interface Leaving {
  /**
   * Starts to leave, or makes a leaving under way more urgent. Never hangs: the sign-off has a
   * budget, and the question a time limit. Resolves with `gone` when the app may go, which an agent's own
   * quitting may not bring about, or with `refused` where IT will have it stay.
   */
  leave(request: LeaveRequest): Promise<'gone' | 'refused'>;
  answer(answer: 'try-again' | 'quit' | 'stay'): void;
  /**
   * Windows asks whether the app can be closed to be started again: has the vault say so, in case it is.
   * Where the app is not told to go within half a minute, it stays and the vault says so no more.
   */
  prepareForRestart(): void;
  /**
   * Lets the app go without signing off, because it will be back in a moment: its next start within
   * ten minutes goes on holding. A leaving under way is not called off by it.
   */
  exitForRestart(): void;
  /** Null while the app stays and nobody wants it to go. */
  state(): LeavingState | null;
  /** False while the app stays, also where it has just refused to go. */
  isUnderWay(): boolean;
  /** True from the moment that nothing keeps the app any more. */
  mayGo(): boolean;
  /** Whether the app goes, or wants to, with the login: then nothing waits for it, or starts it again. */
  endsLogin(): boolean;
  onChange(listener: () => void): void;
  /** Hears once that nothing keeps the app any more: whoever listens lets it go. */
  onMayGo(listener: () => void): void;
}

/** An unanswered question must not keep a machine from shutting down; what is held is in the vault. */
const ANSWER_WITHIN_MS = 60_000;
/** An app that Windows closes is told so within seconds of being asked. */
const STAYS_AFTER_MS = 30_000;
/** What writing receipts may take beyond the budget; a disk that hangs must not hang the app. */
const WRITE_WITHIN_MS = 1_000;

export function createLeaving(parts: {
  vault: Vault;
  coordinator: Pick<Coordinator, 'signOff'>;
  clock: Clock;
  /** How long a cause lets sessions end, in milliseconds. */
  budgetMs: (cause: LeavingCause) => number;
  /** Whether the agent may quit although something is still held. */
  mayQuitHolding: () => boolean;
  /** Whether nothing is under way that the next start could not go on with. */
  mayRestart: () => boolean;
}): Leaving {
  const { vault, coordinator, clock, budgetMs, mayQuitHolding, mayRestart } = parts;
  const listeners = createListeners();
  const goListeners = createListeners();
  const gone = Promise.withResolvers<'gone'>();
  /** Of the next refusal. */
  let refusal = Promise.withResolvers<'refused'>();
  let state: LeavingState | null = null;
  let mayAsk = true;
  let mayGo = false;
  /** Counts the orders to end what is held, so that only the newest one's end is acted on. */
  let round = 0;
  let cancelQuestion: (() => void) | null = null;
  let cancelMark: (() => void) | null = null;

  const changeTo = (next: LeavingState | null): void => {
    state = next;
    listeners.notify();
  };

  const finish = (): void => {
    if (mayGo) return;
    mayGo = true;
    cancelQuestion?.();
    gone.resolve('gone');
    goListeners.notify();
  };

  const stay = (): void => {
    cancelQuestion?.();
    cancelQuestion = null;
    changeTo(null);
  };

  /** IT may have the app stay only for an agent who is there to see to what is held. */
  const mayGoHolding = (cause: LeavingCause): boolean =>
    CAUSES[cause].agent !== 'leaving' || mayQuitHolding();

  /** Whoever may not quit with something held is told so for a while, and the app stays. */
  const ask = (cause: LeavingCause): void => {
    const phase = mayGoHolding(cause) ? 'asking' : 'refused';
    cancelQuestion?.();
    cancelQuestion = clock.after(ANSWER_WITHIN_MS, () => {
      if (phase === 'refused') stay();
      else goHolding(cause);
    });
    changeTo({
      phase,
      cause,
      deadline: clock.now() + ANSWER_WITHIN_MS,
      budgetMs: ANSWER_WITHIN_MS,
    });
    if (phase === 'asking') return;
    refusal.resolve('refused');
    refusal = Promise.withResolvers();
  };

  /** IT may have decided otherwise since it was asked. */
  const goHolding = (cause: LeavingCause): void => {
    if (mayGoHolding(cause)) finish();
    else ask(cause);
  };

  const endHeld = async (cause: LeavingCause): Promise<void> => {
    cancelMark?.();
    vault.unmarkResume();
    round += 1;
    const thisRound = round;
    cancelQuestion?.();
    cancelQuestion = null;
    const budget = budgetMs(cause);
    const ended = within(
      clock,
      budget + WRITE_WITHIN_MS,
      coordinator.signOff({ cause, ids: 'all' }),
    );
    changeTo({ phase: 'ending', cause, deadline: clock.now() + budget, budgetMs: budget });
    await ended;
    if (thisRound !== round) return;
    if (vault.held().length === 0) finish();
    else if (mayAsk) ask(cause);
    else goHolding(cause);
  };

  const isUnderWay = (): boolean => mayGo || (state !== null && state.phase !== 'refused');

  const leave = (request: LeaveRequest): Promise<'gone' | 'refused'> => {
    const moreUrgent =
      !isUnderWay() ||
      (state !== null && CAUSES[request.cause].urgency > CAUSES[state.cause].urgency);
    const end = Promise.race([gone.promise, refusal.promise]);
    // Nobody is asked any more, until the app stays after all.
    mayAsk = request.mayAsk && (mayAsk || !isUnderWay());
    if (!mayAsk && state?.phase === 'asking' && !moreUrgent) goHolding(state.cause);
    if (moreUrgent && !mayGo) void endHeld(request.cause);
    // Whoever quits once more may not see the question: it is shown again.
    else if (state?.phase === 'asking') changeTo(state);
    return end;
  };

  /** Goes once the receipts of what has just ended are on the disk; a disk that hangs hangs nobody. */
  const finishWritten = async (cause: LeavingCause): Promise<void> => {
    await within(clock, WRITE_WITHIN_MS, coordinator.signOff({ cause, ids: [] }));
    finish();
  };

  const markForRestart = (): boolean => {
    cancelMark?.();
    const mayResume = !isUnderWay() && mayRestart();
    if (mayResume && vault.markResume(clock.now() + RESUME_WITHIN_MS)) return true;
    // What the agent wants ended, or the next start will not find, had better be ended now.
    void leave({ cause: 'shutdown', mayAsk: false });
    return false;
  };

  vault.onChange(() => {
    if (vault.held().length > 0) return;
    if (state?.phase === 'asking') void finishWritten(state.cause);
    else if (state?.phase === 'refused') stay();
  });

  return {
    leave,
    answer(answer) {
      if (state === null || state.phase === 'ending' || mayGo) return;
      if (answer === 'try-again') void endHeld(state.cause);
      else if (state.phase === 'refused') stay();
      else if (answer === 'quit') goHolding(state.cause);
    },
    prepareForRestart() {
      if (!markForRestart()) return;
      cancelMark?.();
      cancelMark = clock.after(STAYS_AFTER_MS, vault.unmarkResume);
    },
    exitForRestart() {
      if (markForRestart()) finish();
    },
    state: () => state,
    isUnderWay,
    mayGo: () => mayGo,
    endsLogin: () => state !== null && CAUSES[state.cause].endsLogin,
    onChange: (listener) => listeners.add(listener),
    onMayGo: (listener) => goListeners.add(listener),
  };
}
