import type { Clock } from './clock.ts';

/** A wait that can be ended early; one at a time. */
export interface Pause {
  wait(ms: number): Promise<void>;
  /** Ends the wait, if there is one. */
  end(): void;
}

export function pauseOn(clock: Clock): Pause {
  let endWait: (() => void) | null = null;
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const end = (): void => {
          endWait = null;
          cancel();
          resolve();
        };
        const cancel = clock.after(ms, end);
        endWait = end;
      }),
    end: () => endWait?.(),
  };
}
