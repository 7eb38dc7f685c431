import type { Clock } from '../common/clock.ts';

/** Notices a change of network by polling the machine's addresses: no event tells of it. */
export interface NetworkWatch {
  /** Starts or stops watching. */
  watch(isWanted: boolean): void;
}

const CHECK_EVERY_MS = 3_000;

export function createNetworkWatch(parts: {
  /** The machine's addresses in its networks, in any order. */
  addresses: () => readonly string[];
  onChange: () => void;
  clock: Clock;
}): NetworkWatch {
  const { addresses, onChange, clock } = parts;
  let cancelCheck: (() => void) | null = null;
  let known = '';

  const current = (): string => addresses().toSorted().join(' ');
  const checkLater = (): void => {
    cancelCheck = clock.after(CHECK_EVERY_MS, () => {
      checkLater();
      const was = known;
      known = current();
      if (known !== was) onChange();
    });
  };

  return {
    watch(isWanted) {
      if (isWanted === (cancelCheck !== null)) return;
      cancelCheck?.();
      cancelCheck = null;
      if (!isWanted) return;
      known = current();
      checkLater();
    },
  };
}
