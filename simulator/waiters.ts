import type { Clock } from './clock.ts';

interface Waiter {
  /** Settles the promise if the condition holds. */
  check(): void;
  fail(error: Error): void;
}

/** Promises for conditions, which are checked at once and after every change. */
export class Waiters {
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiter>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Resolves with the first result of `find` that is not undefined. Rejects when `find` throws, and after
   * `timeoutMs` milliseconds with the message of `late`.
   */
  wait<T>(find: () => T | undefined, timeoutMs: number, late: () => string): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const stop = (): void => {
        cancel();
        this.#waiting.delete(waiter);
      };
      const waiter: Waiter = {
        check: () => {
          try {
            const found = find();
            if (found === undefined) return;
            stop();
            resolve(found);
          } catch (error) {
            waiter.fail(error instanceof Error ? error : new Error(String(error)));
          }
        },
        fail: (error) => {
          stop();
          reject(error);
        },
      };
      const cancel = this.#clock.after(timeoutMs, () => waiter.fail(new Error(late())));
      this.#waiting.add(waiter);
      waiter.check();
    });
  }

  /** Call it after every change. */
  checkAll(): void {
    for (const waiter of this.#waiting) waiter.check();
  }

  /** Rejects all pending promises. */
  failAll(reason: string): void {
    for (const waiter of this.#waiting) waiter.fail(new Error(reason));
  }
}
