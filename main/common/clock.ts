/** Time, handed in so that tests can control it. */
export interface Clock {
  /** Epoch milliseconds: for records. */
  now(): number;
  /** Milliseconds on a clock that is never set, the same on every thread of the process: for budgets. */
  monotonic(): number;
  /** Runs `run` after `ms` milliseconds unless the returned function is called first. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  // Not `performance.now`, which each thread counts from its own start.
  monotonic: () => Number(process.hrtime.bigint()) / 1e6,
  after(ms, run) {
    const timer = setTimeout(run, Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};

/** A promise that resolves after `ms` milliseconds, unless it is cancelled. */
export function elapsed(clock: Clock, ms: number): { promise: Promise<void>; cancel: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return { promise, cancel: clock.after(ms, () => resolve(undefined)) };
}

/** The result of `work`, or null if it takes longer than `ms`. Rejects as `work` does in time. */
export async function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | null> {
  const late = elapsed(clock, ms);
  try {
    return await Promise.race([work, late.promise.then(() => null)]);
  } finally {
    late.cancel();
  }
}
