import type { Clock } from '../common/clock.ts';

/** How many at once, and how long until there may be one more. */
export interface Rate {
  readonly burst: number;
  readonly everyMs: number;
}

/** Counts what comes, by whom it comes from and over all. */
export interface RateLimit {
  /** Zero where one more may come, which is counted by it; else in how many milliseconds one may. */
  take(who: string): number;
}

/** `who` is to be one of a few: what was counted of each is kept. */
export function createRateLimit(parts: { clock: Clock; each: Rate; all: Rate }): RateLimit {
  const { clock, each, all } = parts;
  const buckets = new Map<string, Bucket>();
  const overAll = createBucket(clock, all);
  return {
    take(who) {
      const own = buckets.get(who) ?? createBucket(clock, each);
      buckets.set(who, own);
      // What is refused to one must not be taken from all the others.
      const wait = Math.max(own.wait(), overAll.wait());
      if (wait > 0) return wait;
      own.take();
      overAll.take();
      return 0;
    },
  };
}

interface Bucket {
  /** In how many milliseconds there is one to take. */
  wait(): number;
  take(): void;
}

function createBucket(clock: Clock, { burst, everyMs }: Rate): Bucket {
  let left = burst;
  let asOf = clock.monotonic();
  const refill = (): void => {
    const now = clock.monotonic();
    left = Math.min(burst, left + (now - asOf) / everyMs);
    asOf = now;
  };
  return {
    wait() {
      refill();
      return left >= 1 ? 0 : Math.ceil((1 - left) * everyMs);
    },
    take() {
      left -= 1;
    },
  };
}
