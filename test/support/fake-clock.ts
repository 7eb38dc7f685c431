import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../main/common/clock.ts';

/** Time that passes only when a test says so. */
export interface FakeClock extends Clock {
  /** Lets everything happen that needs no time to pass. */
  settle(): Promise<void>;
  /** Lets `ms` milliseconds pass: what is due on the way runs in order, each with all that follows. */
  advance(ms: number): Promise<void>;
  /** Lets time pass until `promise` resolves. Rejects when that takes more than `withinMs`. */
  until<T>(promise: Promise<T>, withinMs: number): Promise<T>;
  /** Lets time pass while the event loop does not turn: nothing that is due happens. */
  block(ms: number): void;
  /** How much is still waiting for its time. */
  waiting(): number;
  /** Sets the machine's clock forward or back, which is not time passing. */
  setWallClock(byMs: number): void;
}

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

const WALL_CLOCK_START = Date.UTC(2026, 6, 1, 9);

/**
 * A clock whose two scales start apart, so that taking one for the other does not go unnoticed. `others` is
 * what goes on beside it, such as writing to a real disk: no time passes before that has come to rest.
 */
export function createFakeClock(others: () => Promise<unknown> | null = () => null): FakeClock {
  let elapsed = 0;
  let wallOffset = WALL_CLOCK_START;
  /** In the order in which they were set, which decides between those due at the same time. */
  let timers: readonly Timer[] = [];

  const settle = async (): Promise<void> => {
    // One turn for what the vault writes "soon", one for what waits for that.
    await nextTurn();
    await nextTurn();
    for (let busy = others(); busy !== null; busy = others()) {
      await busy;
      await nextTurn();
    }
  };

  const nextTimer = (latest: number): Timer | undefined =>
    timers
      .filter(({ due }) => due <= latest)
      .reduce<Timer | undefined>(
        (first, timer) => (first && first.due <= timer.due ? first : timer),
        undefined,
      );

  /** Goes on to the next timer, or to `latest` where none is due before it. */
  const step = async (latest: number): Promise<void> => {
    const timer = nextTimer(latest);
    elapsed = Math.max(elapsed, timer?.due ?? latest);
    if (timer !== undefined) {
      timers = timers.filter((other) => other !== timer);
      timer.run();
    }
    await settle();
  };

  const clock: FakeClock = {
    now: () => wallOffset + elapsed,
    monotonic: () => elapsed,
    after(ms, run) {
      // Whole milliseconds, never negative: what setTimeout makes of it.
      const timer = { due: elapsed + Math.max(0, Math.trunc(ms)), run };
      timers = [...timers, timer];
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    settle,
    async advance(ms) {
      const end = elapsed + ms;
      await settle();
      while (nextTimer(end) !== undefined) await step(end);
      await step(end);
    },
    async until(promise, withinMs) {
      const end = elapsed + withinMs;
      let over = false;
      const watched = promise.finally(() => {
        over = true;
      });
      // The caller gets the rejection from `watched` itself, further down.
      watched.catch(() => undefined);
      await settle();
      while (!over && (elapsed < end || nextTimer(end) !== undefined)) await step(end);
      if (!over) throw new Error(`Still waiting after ${withinMs} ms.`);
      return watched;
    },
    block(ms) {
      elapsed += ms;
    },
    waiting: () => timers.length,
    setWallClock(byMs) {
      wallOffset += byMs;
    },
  };
  return clock;
}
