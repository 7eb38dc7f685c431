import type { HeldSession } from '../sessions/session.ts';
import type { Vault } from '../sessions/vault.ts';
import { createListeners } from '../common/listeners.ts';
import { type Clock, within } from '../common/clock.ts';
import { survive, survived } from '../common/survive.ts';
import { ANY_BUDGET_MS, CAUSES, type LeavingCause } from '../signoff/causes.ts';
import type { Coordinator } from '../signoff/coordinator.ts';
import { RESUME_WITHIN_MS } from './leftover.ts';

export interface LeaveRequest {
  readonly cause: LeavingCause;
  /** Whether the agent can be asked when something could not be ended. */
  readonly mayAsk: boolean;
}

export interface LeavingState {
  /**
   * `ending` what is held, or waiting for the end of Windows' session; if that failed, `asking`, or `refused` where
   * IT does not let the app quit.
   */
  readonly phase: 'ending' | 'asking' | 'refused';
  readonly cause: LeavingCause;
  /** Epoch milliseconds at which this phase ends by itself. */
  readonly deadline: number;
  /** Milliseconds that this phase has in all. */
  readonly budgetMs: number;
}

/**
 * Ends what is held, asks if that failed, and then lets the app quit. A part that throws, rejects or never ends keeps
 * the app no longer than the budget and the question do.
 */
export interface Leaving {
  /**
   * Starts to leave, or makes a leaving under way more urgent. The sign-off has a budget and the question a
   * time limit. Resolves with `gone` when the app may quit, or with `refused` where IT does not let it.
   */
  leave(request: LeaveRequest): Promise<'gone' | 'refused'>;
  answer(answer: 'try-again' | 'quit' | 'stay'): void;
  /**
   * Ends what is held before it returns, and stays: Windows asks whether its session may end, and may not end
   * it. See `last-breath.ts`.
   */
  endAtOnce(): void;
  /**
   * The same, unless that was done and nothing has come since, and lets the app quit: nothing is waited for any more.
   * `comesBack`: it goes without signing off where `exitForRestart` would.
   */
  goAtOnce(how: { comesBack: boolean }): void;
  /**
   * Windows may close the app in order to restart it: marks the vault *resume*. The mark is removed if the
   * app is not closed within half a minute. Where that cannot be, it is as `endAtOnce`.
   */
  prepareForRestart(): void;
  /**
   * Lets the app quit without signing off: its next start within ten minutes goes on holding. Does not
   * cancel a leaving under way.
   */
  exitForRestart(): void;
  /** Null while nobody wants the app to quit. */
  state(): LeavingState | null;
  /** False while the app stays, also after a refusal. */
  isUnderWay(): boolean;
  /** True once nothing keeps the app any more. */
  mayGo(): boolean;
  /** Whether the login or the machine ends as well: then nothing waits for the app or restarts it. */
  endsLogin(): boolean;
  onChange(listener: () => void): void;
  /** Called once, when nothing keeps the app any more. */
  onMayGo(listener: () => void): void;
  /** Called with what was ended for an end of the session that did not come, unless that is nothing. */
  onCalledOff(listener: (ended: readonly HeldSession[]) => void): void;
}

/** An unanswered question must not keep a machine from shutting down; what is held is in the vault. */
const ANSWER_WITHIN_MS = 60_000;
/** Windows closes an app within seconds of asking it. */
const STAYS_AFTER_MS = 30_000;
/** Another app may have the person asked whether to shut down all the same. Windows does not tell what they say. */
const CALLED_OFF_AFTER_MS = 60_000;
/** For writing receipts beyond the budget; a disk that hangs must not hang the app. */
const WRITE_WITHIN_MS = 1_000;

export function createLeaving(parts: {
  vault: Vault;
  coordinator: Pick<Coordinator, 'signOff'>;
  /** Signs off all that is held before it returns. */
  lastBreath: () => void;
  clock: Clock;
  /** A cause's budget in milliseconds. */
  budgetMs: (cause: LeavingCause) => number;
  /** Whether nothing but a confirmation is missing of that session: nobody is asked about it. */
  isUnconfirmed: (heldId: string) => boolean;
  /** Whether the agent may quit while something is held. */
  mayQuitHolding: () => boolean;
  /** Whether the next start could go on with all that is under way. */
  mayRestart: () => boolean;
}): Leaving {
  const { vault, coordinator, lastBreath, clock, isUnconfirmed } = parts;
  const { mayQuitHolding, mayRestart } = parts;
  const listeners = createListeners();
  const mayGoListeners = createListeners();
  const calledOffListeners = createListeners<[ended: readonly HeldSession[]]>();
  const gone = Promise.withResolvers<'gone'>();
  /** Replaced after each refusal. */
  let refusal = Promise.withResolvers<'refused'>();
  let state: LeavingState | null = null;
  let mayAsk = true;
  let mayGo = false;
  /** Counts the sign-offs, so that only the newest one's end is acted on. */
  let round = 0;
  /** Set once Windows was told that its session may end, until it says that it does: the ids still held then. */
  let heldAtAnswer: ReadonlySet<string> | null = null;
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
    mayGoListeners.notify();
  };

  const stay = (): void => {
    cancelQuestion?.();
    cancelQuestion = null;
    changeTo(null);
  };

  /** Whether anything that is held may keep the app. What cannot be told may. */
  const keeps = (): boolean =>
    survive(() => vault.held().some(({ id }) => !isUnconfirmed(id)), true);

  /** IT may forbid quitting only to an agent who is there to take care of what is held. */
  const mayQuit = (cause: LeavingCause): boolean =>
    CAUSES[cause].agent !== 'leaving' || survive(mayQuitHolding, true);

  /** Asks the agent, or shows the refusal for a while. */
  const ask = (cause: LeavingCause): void => {
    const phase = mayQuit(cause) ? 'asking' : 'refused';
    cancelQuestion?.();
    cancelQuestion = clock.after(ANSWER_WITHIN_MS, () => {
      if (phase === 'refused') stay();
      else quitHolding(cause);
    });
    const deadline = clock.now() + ANSWER_WITHIN_MS;
    changeTo({ phase, cause, deadline, budgetMs: ANSWER_WITHIN_MS });
    if (phase === 'asking') return;
    refusal.resolve('refused');
    refusal = Promise.withResolvers();
  };

  /** IT's setting may have changed since the question. */
  const quitHolding = (cause: LeavingCause): void => {
    if (mayQuit(cause)) finish();
    else ask(cause);
  };

  /** Whatever was under way is to be ended anew. */
  const begin = (): void => {
    cancelMark?.();
    survive(vault.unmarkResume, undefined);
    round += 1;
    heldAtAnswer = null;
    cancelQuestion?.();
    cancelQuestion = null;
  };

  const endHeld = async (cause: LeavingCause): Promise<void> => {
    begin();
    const thisRound = round;
    const budget = survive(() => parts.budgetMs(cause), ANY_BUDGET_MS);
    const signOff = survived(() => coordinator.signOff({ cause, ids: 'all' }), []);
    const ended = within(clock, budget + WRITE_WITHIN_MS, signOff);
    changeTo({ phase: 'ending', cause, deadline: clock.now() + budget, budgetMs: budget });
    await ended;
    if (thisRound !== round) return;
    if (!keeps()) finish();
    else if (mayAsk) ask(cause);
    else quitHolding(cause);
  };

  const endAtOnce = (): void => {
    if (mayGo) return;
    begin();
    const before: readonly HeldSession[] = survive(vault.held, []);
    survive(lastBreath, undefined);
    const left = new Set(survive(vault.held, before).map(({ id }) => id));
    const ended = before.filter(({ id }) => !left.has(id));
    heldAtAnswer = left;
    cancelQuestion = clock.after(CALLED_OFF_AFTER_MS, () => {
      heldAtAnswer = null;
      stay();
      if (ended.length > 0) calledOffListeners.notify(ended);
    });
    const deadline = clock.now() + CALLED_OFF_AFTER_MS;
    changeTo({ phase: 'ending', cause: 'shutdown', deadline, budgetMs: CALLED_OFF_AFTER_MS });
  };

  /** Whether Windows' question had all ended that is held: a sign-in's session may have come since. */
  const wasAllTried = (): boolean =>
    heldAtAnswer !== null &&
    survive(() => vault.held().every(({ id }) => heldAtAnswer?.has(id) === true), false);

  const goAtOnce = ({ comesBack }: { comesBack: boolean }): void => {
    const keepsHolding = comesBack && markForRestart();
    if (!keepsHolding && !wasAllTried()) endAtOnce();
    finish();
  };

  const isUnderWay = (): boolean => mayGo || (state !== null && state.phase !== 'refused');

  const leave = (request: LeaveRequest): Promise<'gone' | 'refused'> => {
    const moreUrgent =
      !isUnderWay() ||
      // An agent who quits then is there: the session of Windows goes on.
      heldAtAnswer !== null ||
      (state !== null && CAUSES[request.cause].urgency > CAUSES[state.cause].urgency);
    const end = Promise.race([gone.promise, refusal.promise]);
    // Once nobody may be asked, that holds until the app stays after all.
    mayAsk = request.mayAsk && (mayAsk || !isUnderWay());
    if (!mayAsk && state?.phase === 'asking' && !moreUrgent) quitHolding(state.cause);
    if (moreUrgent && !mayGo) void endHeld(request.cause);
    // An agent who quits once more may not see the question, so it is shown again.
    else if (state?.phase === 'asking') changeTo(state);
    return end;
  };

  /** Lets the app quit once the last receipts are on the disk. */
  const finishWritten = async (cause: LeavingCause): Promise<void> => {
    const written = survived(() => coordinator.signOff({ cause, ids: [] }), []);
    await within(clock, WRITE_WITHIN_MS, written);
    finish();
  };

  /** False where the agent wants something ended, or the next start would not find it. */
  const markForRestart = (): boolean => {
    cancelMark?.();
    const mayResume = !isUnderWay() && survive(mayRestart, false);
    return mayResume && survive(() => vault.markResume(clock.now() + RESUME_WITHIN_MS), false);
  };

  vault.onChange(() => {
    if (keeps()) return;
    if (state?.phase === 'asking') void finishWritten(state.cause);
    else if (state?.phase === 'refused') stay();
  });

  return {
    leave,
    answer(answer) {
      if (state === null || state.phase === 'ending' || mayGo) return;
      if (answer === 'try-again') void endHeld(state.cause);
      else if (state.phase === 'refused') stay();
      else if (answer === 'quit') quitHolding(state.cause);
    },
    endAtOnce,
    goAtOnce,
    prepareForRestart() {
      if (markForRestart()) cancelMark = clock.after(STAYS_AFTER_MS, vault.unmarkResume);
      else endAtOnce();
    },
    exitForRestart() {
      if (markForRestart()) finish();
      // What the agent wants ended, or the next start would not find, is ended now.
      else void leave({ cause: 'shutdown', mayAsk: false });
    },
    state: () => state,
    isUnderWay,
    mayGo: () => mayGo,
    endsLogin: () => state !== null && CAUSES[state.cause].endsLogin,
    onChange: (listener) => listeners.add(listener),
    onMayGo: (listener) => mayGoListeners.add(listener),
    onCalledOff: (listener) => calledOffListeners.add(listener),
  };
}
