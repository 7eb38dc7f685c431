import type { Clock } from '../common/clock.ts';

/** A token bucket: its size, and the time until one more token. */
export interface Rate {
  readonly burst: number;
  readonly everyMs: number;
}

/** Limits requests, for each sender and over all. */
export interface RateLimit {
  /** Takes a token and returns 0; or returns the milliseconds until one is there. */
  take(who: string): number;
}

/** The buckets of all senders are kept, so there may be only a few. */
export function createRateLimit(parts: { clock: Clock; each: Rate; all: Rate }): RateLimit {
  const { clock, each, all } = parts;
  const buckets = new Map<string, Bucket>();
  const overAll = createBucket(clock, all);
  return {
    take(who) {
      const own = buckets.get(who) ?? createBucket(clock, each);
      buckets.set(who, own);
      // A refused request must not take a token from the others.
      const wait = Math.max(own.wait(), overAll.wait());
      if (wait > 0) return wait;
      own.take();
      overAll.take();
      return 0;
    },
  };
}

interface Bucket {
  /** Milliseconds until there is a token. */
  wait(): number;
  take(): void;
}

function createBucket(clock: Clock, { burst, everyMs }: Rate): Bucket {
  let fullAt = clock.monotonic();
  return {
    wait: () => Math.max(0, Math.ceil(fullAt - clock.monotonic() - (burst - 1) * everyMs)),
    take() {
      fullAt = Math.max(fullAt, clock.monotonic()) + everyMs;
    },
  };
}
