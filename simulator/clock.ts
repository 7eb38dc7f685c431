/** Time, handed in so that a whole practice server can live on a clock that tests move. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds on a clock that is never set. */
  monotonic(): number;
  /** Runs `run` after `ms` milliseconds unless the returned function is called first. */
  after(ms: number, run: () => void): () => void;
}

/** Its timers do not keep the process running: the listening server does. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.timeOrigin + performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms` milliseconds; rejects once `closing` is aborted. */
export async function sleep(clock: Clock, ms: number, closing: AbortSignal): Promise<void> {
  closing.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const cancel = clock.after(ms, () => resolve(undefined));
  const onClosing = (): void => {
    cancel();
    reject(closing.reason);
  };
  closing.addEventListener('abort', onClosing, { once: true });
  try {
    await promise;
  } finally {
    closing.removeEventListener('abort', onClosing);
  }
}
