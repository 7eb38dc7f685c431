/** Time, handed in so that tests can own it. */
export interface Clock {
  /** Epoch milliseconds: for what is written down. */
  now(): number;
  /** Milliseconds that only go forward, whatever happens to the machine's clock: for budgets. */
  monotonic(): number;
  /** Runs `run` after `ms` milliseconds unless the returned function is called first. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};

/** A promise that resolves when so much time has passed, unless it is cancelled first. */
export function elapsed(clock: Clock, ms: number): { promise: Promise<void>; cancel: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const cancel = clock.after(ms, () => resolve(undefined));
  return { promise: promise.then(() => undefined), cancel };
}

/** What it comes to, or null where that takes longer than this; a rejection in time is passed on. */
export async function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | null> {
  const late = elapsed(clock, ms);
  try {
    return await Promise.race([work, late.promise.then(() => null)]);
  } finally {
    late.cancel();
  }
}
