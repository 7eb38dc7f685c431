import type { Vault } from '../sessions/vault.ts';
import type { Settings } from '../settings/schema.ts';
import type { Clock } from '../signoff/clock.ts';
import type { Owed } from '../signoff/owed.ts';

/** What the machine tells of an agent who goes away without leaving. */
export interface Away {
  /** The machine is about to sleep. Resolves when it may. */
  suspending(): Promise<void>;
  /** It woke up. */
  resumed(): void;
  locked(): void;
  /** The settings changed. */
  changed(): void;
}

/** Holds the machine's sleep back for a moment; see `sleep-inhibitor.ts`. */
export interface SleepInhibitor {
  take(): void;
  release(): void;
}

const LOOK_EVERY_MS = 15_000;

/**
 * Signs off when the agent is away, where the settings say so: on sleep, on a locked screen, and
 * when nobody has touched the machine for a while. Nothing runs while nothing is held.
 */
export function createAway(parts: {
  settings: () => Settings;
  vault: Pick<Vault, 'held' | 'onChange'>;
  owed: Owed;
  clock: Clock;
  /** Seconds since keyboard or mouse were touched last. */
  idleSeconds: () => number;
  sleepInhibitor: SleepInhibitor;
}): Away {
  const { settings, vault, owed, clock, idleSeconds, sleepInhibitor } = parts;
  let cancelLook: (() => void) | null = null;
  /** What was signed off since anybody touched the machine; from then on, `owed` sees to it. */
  const signedOff = new Set<string>();
  let wakings = 0;
  let holdsSleepBack = false;

  const look = (): void => {
    cancelLook = null;
    if (idleSeconds() < settings().idleMinutes * 60) signedOff.clear();
    else signOffIdle();
    watch();
  };
  const signOffIdle = (): void => {
    const ids = vault.held().flatMap(({ id }) => (signedOff.has(id) ? [] : [id]));
    for (const id of ids) signedOff.add(id);
    if (ids.length > 0) void owed.signOff('idle', ids);
  };
  const watch = (): void => {
    if (settings().signOffOnIdle && vault.held().length > 0) {
      cancelLook ??= clock.after(LOOK_EVERY_MS, look);
    } else {
      cancelLook?.();
      cancelLook = null;
    }
  };
  const changed = (): void => {
    watch();
    const wanted = settings().signOffOnSuspend;
    if (wanted && !holdsSleepBack) sleepInhibitor.take();
    if (!wanted && holdsSleepBack) sleepInhibitor.release();
    holdsSleepBack = wanted;
  };
  vault.onChange(watch);
  changed();

  return {
    async suspending() {
      if (!settings().signOffOnSuspend) return;
      const wakingsBefore = wakings;
      await owed.signOff('suspend', 'all');
      // Awake again by now, it is needed for the next time.
      if (wakings === wakingsBefore) sleepInhibitor.release();
    },
    resumed() {
      wakings += 1;
      if (settings().signOffOnSuspend) sleepInhibitor.take();
      owed.again();
    },
    locked() {
      if (settings().signOffOnLock) void owed.signOff('lock', 'all');
    },
    changed,
  };
}
