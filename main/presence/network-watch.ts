import type { Clock } from '../common/clock.ts';

/** Notices that the machine is in another network, which nothing tells of. */
export interface NetworkWatch {
  /** Whether anybody wants to know; nothing runs while nobody does. */
  watch(isWanted: boolean): void;
}

const LOOK_EVERY_MS = 3_000;

export function createNetworkWatch(parts: {
  /** The machine's addresses in its networks, in any order. */
  addresses: () => readonly string[];
  onChange: () => void;
  clock: Clock;
}): NetworkWatch {
  const { addresses, onChange, clock } = parts;
  let cancelLook: (() => void) | null = null;
  let known = '';

  const all = (): string => addresses().toSorted().join(' ');
  const lookLater = (): void => {
    cancelLook = clock.after(LOOK_EVERY_MS, () => {
      lookLater();
      const was = known;
      known = all();
      if (known !== was) onChange();
    });
  };

  return {
    watch(isWanted) {
      if (isWanted === (cancelLook !== null)) return;
      cancelLook?.();
      cancelLook = null;
      if (!isWanted) return;
      known = all();
      lookLater();
    },
  };
}
