import { backoff } from '../common/backoff.ts';
import type { Clock } from '../common/clock.ts';
import { pauseOn } from '../common/pause.ts';

/** Why a sign-in goes no further: the person gave it up, or the app goes. */
export type StopReason = 'cancelled' | 'leaving';

/**
 * Of an answer that is broken off nobody knows what it said. A server that works, if slowly, is waited for
 * longer than it takes one that had only lost its answer to give another.
 */
const SHARE_WHILE_LEAVING = 0.75;

/** The time that one sign-in has, and whether anybody still wants it. */
export interface CancellableTask {
  stop(): StopReason | null;
  /** Milliseconds until it has to be over. */
  timeLeft(): number;
  /** Does work of at most so many milliseconds that a stop breaks off. */
  runCancellable<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /**
   * The same for work whose end has to be known. It is not broken off where the person gives up; where
   * the app goes, it gets most of the time that this has, so that there is some left to clean up.
   */
  runToEnd<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Waits; a stop ends it. */
  pause(ms: number): Promise<void>;
  cancel(): void;
  /** The app goes: from now on, there is so much time. */
  leave(budgetMs: number): void;
}

export function createTask(clock: Clock, withinMs: number): CancellableTask {
  let deadline = clock.monotonic() + withinMs;
  let stop: StopReason | null = null;
  const pause = pauseOn(clock);
  /** What the work under way does about a stop. */
  let onStop: ((stop: StopReason) => void) | null = null;

  const timeLeft = (): number => deadline - clock.monotonic();
  const stopFor = (why: StopReason): void => {
    stop = why;
    onStop?.(why);
    pause.end();
  };

  const limited = async <T>(
    ms: number,
    work: (signal: AbortSignal) => Promise<T>,
    limitAfter: (stop: StopReason) => number | null,
  ): Promise<T> => {
    const controller = new AbortController();
    const abortAfter = (limitMs: number) => clock.after(limitMs, () => controller.abort());
    let cancelLimit = abortAfter(Math.min(ms, timeLeft()));
    onStop = (why) => {
      const limitMs = limitAfter(why);
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
    stop: () => stop,
    timeLeft,
    runCancellable: (ms, work) => limited(ms, work, () => 0),
    runToEnd: (ms, work) =>
      limited(ms, work, (why) => (why === 'leaving' ? timeLeft() * SHARE_WHILE_LEAVING : null)),
    pause: pause.wait,
    cancel() {
      if (stop === null) stopFor('cancelled');
    },
    leave(budgetMs) {
      deadline = clock.monotonic() + budgetMs;
      stopFor('leaving');
    },
  };
}

const BACKOFF = { firstMs: 300, mostMs: 2_000 };

/** Milliseconds to wait after the n-th try of one call of a sign-in; `random` is 0 to 1. */
export function retryDelay(tries: number, random: number): number {
  return backoff(tries, random, BACKOFF);
}
