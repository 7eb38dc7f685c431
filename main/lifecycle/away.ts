import type { Vault } from '../sessions/vault.ts';
import type { Settings } from '../settings/schema.ts';
import { type Clock, within } from '../common/clock.ts';
import { type AwayCause, budgetsOf } from '../signoff/causes.ts';
import type { Retries } from '../signoff/retries.ts';

/** What the machine tells of an agent who goes away without leaving. */
export interface Away {
  /** The machine is about to sleep. Resolves when it may. */
  suspending(): Promise<void>;
  /** It woke up. */
  resumed(): void;
  locked(): void;
  unlocked(): void;
  /** The settings changed. */
  changed(): void;
}

/** The agents of the sessions that were started here. Neither rejects; the newest call counts. */
export interface Availability {
  /** May be called again before they are back: once for each reason to be away. */
  setUnavailable(): Promise<void>;
  /** Sets those available again who had been. */
  restore(): Promise<void>;
}

/** Holds the machine's sleep back for a moment; see `sleep-inhibitor.ts`. */
export interface SleepInhibitor {
  take(): void;
  release(): void;
}

const LOOK_EVERY_MS = 15_000;
/** While they are set unavailable for being idle: a touch is to make them available soon. */
const LOOK_FOR_TOUCH_EVERY_MS = 2_000;

/**
 * Signs off or sets unavailable when the agent is away, where the settings say so: on sleep, on a
 * locked screen, and when nobody has touched the machine for a while. Nothing runs while nothing is held.
 */
export function createAway(parts: {
  settings: () => Settings;
  vault: Pick<Vault, 'held' | 'onChange'>;
  retries: Retries;
  availability: Availability;
  clock: Clock;
  attendance: {
    wentAway(heldIds: readonly string[]): void;
    cameBack(): void;
  };
  /** Seconds since keyboard or mouse were touched last. */
  idleSeconds: () => number;
  sleepInhibitor: SleepInhibitor;
}): Away {
  const { settings, vault, retries, availability, clock, attendance, idleSeconds, sleepInhibitor } =
    parts;
  const budgetMs = budgetsOf(settings);
  let cancelLook: (() => void) | null = null;
  /** What was signed off since anybody touched the machine; from then on, `retries` sees to it. */
  const signedOff = new Set<string>();
  /** Why the agent was signed off. */
  const signedOffFor = new Set<AwayCause>();
  /** Why the agent was set unavailable; what the settings say by now does not bring them back. */
  const reasons = new Set<AwayCause>();
  let idleBefore = 0;
  let wakings = 0;
  let holdsSleepBack = false;

  const goAway = (why: AwayCause): Promise<void> => {
    reasons.add(why);
    return availability.setUnavailable();
  };
  const comeBack = (from: AwayCause): void => {
    if (reasons.delete(from) && reasons.size === 0) void availability.restore();
    if (signedOffFor.delete(from) && signedOffFor.size === 0) attendance.cameBack();
  };
  const allHeld = (): string[] => vault.held().map(({ id }) => id);
  const signOff = (why: AwayCause, ids: readonly string[]): Promise<void> => {
    signedOffFor.add(why);
    attendance.wentAway(ids);
    return retries.signOff(why, ids);
  };

  const look = (): void => {
    cancelLook = null;
    const idle = idleSeconds();
    // Only a touch makes it less, whatever `idleMinutes` is by now.
    if (idle < idleBefore) comeBack('idle');
    idleBefore = idle;
    if (idle < settings().idleMinutes * 60) signedOff.clear();
    else whenIdle();
    watch();
  };
  const whenIdle = (): void => {
    const { onIdle } = settings();
    if (onIdle === 'sign-off') signOffIdle();
    if (onIdle === 'unavailable' && !reasons.has('idle')) void goAway('idle');
  };
  const signOffIdle = (): void => {
    const ids = allHeld().filter((id) => !signedOff.has(id));
    for (const id of ids) signedOff.add(id);
    if (ids.length > 0) void signOff('idle', ids);
  };
  const watch = (): void => {
    const isIdle = reasons.has('idle');
    if (vault.held().length > 0 && (isIdle || settings().onIdle !== 'nothing')) {
      cancelLook ??= clock.after(isIdle ? LOOK_FOR_TOUCH_EVERY_MS : LOOK_EVERY_MS, look);
    } else {
      cancelLook?.();
      cancelLook = null;
      comeBack('idle');
    }
  };
  const changed = (): void => {
    watch();
    const wanted = settings().onSuspend !== 'nothing';
    if (wanted && !holdsSleepBack) sleepInhibitor.take();
    if (!wanted && holdsSleepBack) sleepInhibitor.release();
    holdsSleepBack = wanted;
  };
  vault.onChange(watch);
  changed();

  return {
    async suspending() {
      const { onSuspend } = settings();
      if (onSuspend === 'nothing') return;
      const wakingsBefore = wakings;
      if (onSuspend === 'sign-off') await signOff('suspend', allHeld());
      else await within(clock, budgetMs('suspend'), goAway('suspend'));
      // Awake again by now, it is needed for the next time.
      if (wakings === wakingsBefore) sleepInhibitor.release();
    },
    resumed() {
      wakings += 1;
      if (settings().onSuspend !== 'nothing') sleepInhibitor.take();
      retries.retryNow();
      comeBack('suspend');
    },
    locked() {
      const { onLock } = settings();
      if (onLock === 'sign-off') void signOff('lock', allHeld());
      if (onLock === 'unavailable') void goAway('lock');
    },
    unlocked: () => comeBack('lock'),
    changed,
  };
}
