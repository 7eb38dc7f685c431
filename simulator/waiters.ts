interface Waiter {
  /** Looks again; settles the promise if there is something to see. */
  look(): void;
  fail(error: Error): void;
}

/** Promises for things that come to be seen: looked at once, and again whenever something has happened. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();

  /**
   * Resolves with the first thing that `look` returns other than undefined.
   * Rejects when `look` throws, and after `timeoutMs` milliseconds with the words of `late`.
   */
  wait<T>(look: () => T | undefined, timeoutMs: number, late: () => string): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
      };
      const waiter: Waiter = {
        look: () => {
          try {
            const seen = look();
            if (seen === undefined) return;
            stop();
            resolve(seen);
          } catch (error) {
            waiter.fail(error instanceof Error ? error : new Error(String(error)));
          }
        },
        fail: (error) => {
          stop();
          reject(error);
        },
      };
      const timer = setTimeout(() => waiter.fail(new Error(late())), timeoutMs);
      this.#waiting.add(waiter);
      waiter.look();
    });
  }

  /** Something has happened: all look again. */
  wake(): void {
    for (const waiter of this.#waiting) waiter.look();
  }

  /** Rejects all that still wait. */
  failAll(reason: string): void {
    for (const waiter of this.#waiting) waiter.fail(new Error(reason));
  }
}
