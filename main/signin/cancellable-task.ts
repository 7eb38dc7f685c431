import { backoff } from '../common/backoff.ts';
import type { Clock } from '../common/clock.ts';
import { pauseOn } from '../common/pause.ts';

/** Why a sign-in stops: the person cancelled it, or the app is leaving. */
export type StopReason = 'cancelled' | 'leaving';

/**
 * A call whose answer is lost has to be repeated, and a slow server takes longer for that than for the
 * answer. So most of the time left goes to the call under way.
 */
const SHARE_WHILE_LEAVING = 0.75;

/** The time limit of one sign-in, and whether it is still wanted. */
export interface CancellableTask {
  /** Null while it goes on. */
  stopReason(): StopReason | null;
  /** Milliseconds until it has to be over. */
  timeLeft(): number;
  /** Runs work of at most so many milliseconds, which a stop aborts. */
  runCancellable<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /**
   * The same for work whose result has to be known: `cancel` does not abort it, and `leave` leaves it most
   * of the new time limit, so that some is left to clean up.
   */
  runToEnd<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Waits; a stop ends it. */
  pause(ms: number): Promise<void>;
  cancel(): void;
  /** The app is leaving: sets a new time limit. */
  leave(budgetMs: number): void;
}

export function createTask(clock: Clock, withinMs: number): CancellableTask {
  let deadline = clock.monotonic() + withinMs;
  let stopReason: StopReason | null = null;
  const pause = pauseOn(clock);
  /** Sets the limit of the work under way anew. */
  let onStop: ((reason: StopReason) => void) | null = null;

  const timeLeft = (): number => deadline - clock.monotonic();
  const stop = (reason: StopReason): void => {
    stopReason = reason;
    onStop?.(reason);
    pause.end();
  };

  /** `limitAfterStop` returns the milliseconds left for the work after a stop; null for no change. */
  const run = async <T>(
    ms: number,
    work: (signal: AbortSignal) => Promise<T>,
    limitAfterStop: (reason: StopReason) => number | null,
  ): Promise<T> => {
    const controller = new AbortController();
    const abortAfter = (limitMs: number) => clock.after(limitMs, () => controller.abort());
    let cancelLimit = abortAfter(Math.min(ms, timeLeft()));
    onStop = (reason) => {
      const limitMs = limitAfterStop(reason);
      if (limitMs === null) return;
      cancelLimit();
      cancelLimit = abortAfter(limitMs);
    };
    try {
      return await work(controller.signal);
    } finally {
      onStop = null;
      cancelLimit();
    }
  };

  return {
    stopReason: () => stopReason,
    timeLeft,
    runCancellable: (ms, work) => run(ms, work, () => 0),
    runToEnd: (ms, work) =>
      run(ms, work, (reason) => (reason === 'leaving' ? timeLeft() * SHARE_WHILE_LEAVING : null)),
    pause: pause.wait,
    cancel() {
      if (stopReason === null) stop('cancelled');
    },
    leave(budgetMs) {
      deadline = clock.monotonic() + budgetMs;
      stop('leaving');
    },
  };
}

const BACKOFF = { firstMs: 300, mostMs: 2_000 };

/** Milliseconds to wait after the n-th try of one call of a sign-in; `random` is 0 to 1. */
export function retryDelay(tries: number, random: number): number {
  return backoff(tries, random, BACKOFF);
}
