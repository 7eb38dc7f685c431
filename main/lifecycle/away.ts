import type { Vault } from '../sessions/vault.ts';
import type { Settings } from '../settings/schema.ts';
import { type Clock, within } from '../common/clock.ts';
import { type AwayCause, budgetsOf } from '../signoff/causes.ts';
import type { Retries } from '../signoff/retries.ts';

/** Reacts to the machine's signs of an agent who is away without leaving. */
export interface Away {
  /** The machine is about to sleep. Resolves when it may. */
  suspending(): Promise<void>;
  resumed(): void;
  locked(): void;
  unlocked(): void;
  /** The session goes on without its screen: remotely cut, or behind another person's. */
  disconnected(): void;
  reconnected(): void;
  changed(): void;
}

/** Sets the agents of the sessions that were started here. Neither rejects; the newest call counts. */
export interface Availability {
  /** Called once for each reason to be away, so possibly several times before `restore`. */
  setUnavailable(): Promise<void>;
  /** Sets those available again who were. */
  restore(): Promise<void>;
}

/** Delays the machine's sleep; see `sleep-inhibitor.ts`. */
export interface SleepInhibitor {
  take(): void;
  release(): void;
}

/**
 * `found-locked` and `found-unlocked` come from a system that only says so when it is asked, and not whether the
 * screen was locked, which Electron tells of, or the session disconnected.
 */
export type SessionSign =
  'locked' | 'unlocked' | 'disconnected' | 'reconnected' | 'found-locked' | 'found-unlocked';

/** Tells of the login session what Electron does not, see `session-watch.ts`; between `start` and `stop`. Both may be called again. */
export interface SessionWatch {
  start(): void;
  stop(): void;
  onSign(listener: (sign: SessionSign) => void): void;
}

const CHECK_EVERY_MS = 15_000;
/** While agents are unavailable for being idle: input is to make them available soon. */
const CHECK_FOR_INPUT_EVERY_MS = 2_000;

/**
 * Signs off or sets unavailable, by the settings, when the machine sleeps or is idle, or the login session is
 * locked or disconnected.
 */
export function createAway(parts: {
  settings: () => Settings;
  vault: Pick<Vault, 'held' | 'onChange'>;
  retries: Retries;
  availability: Availability;
  clock: Clock;
  attendance: { wentAway(heldIds: readonly string[]): void; cameBack(): void };
  /** Seconds since the last input by keyboard or mouse. */
  idleSeconds: () => number;
  sleepInhibitor: SleepInhibitor;
  sessionWatch: SessionWatch;
}): Away {
  const { settings, vault, retries, availability, clock, attendance } = parts;
  const { sleepInhibitor, sessionWatch } = parts;
  const budgetMs = budgetsOf(settings);
  let cancelCheck: (() => void) | null = null;
  /** Sessions signed off since the last input; from then on `retries` takes care of them. */
  const signedOff = new Set<string>();
  const signedOffFor = new Set<AwayCause>();
  /** Kept although the settings may have changed since. */
  const unavailableFor = new Set<AwayCause>();
  let idleBefore = 0;
  let resumes = 0;
  let inhibitsSleep = false;
  /** Since a lock was told of. */
  let isLocked = false;

  const goAway = (why: AwayCause): Promise<void> => {
    unavailableFor.add(why);
    return availability.setUnavailable();
  };
  const comeBack = (from: AwayCause): void => {
    if (unavailableFor.delete(from) && unavailableFor.size === 0) void availability.restore();
    if (signedOffFor.delete(from) && signedOffFor.size === 0) attendance.cameBack();
  };
  const allHeld = (): string[] => vault.held().map(({ id }) => id);
  const signOff = (why: AwayCause, ids: readonly string[]): Promise<void> => {
    signedOffFor.add(why);
    attendance.wentAway(ids);
    return retries.signOff(why, ids);
  };

  const check = (): void => {
    cancelCheck = null;
    const idle = parts.idleSeconds();
    const { idleMinutes, onIdle } = settings();
    // Only input makes it less, whatever `idleMinutes` is by now.
    if (idle < idleBefore) comeBack('idle');
    idleBefore = idle;
    if (idle < idleMinutes * 60) signedOff.clear();
    else if (onIdle === 'sign-off') signOffIdle();
    else if (onIdle === 'unavailable' && !unavailableFor.has('idle')) void goAway('idle');
    watch();
  };
  const signOffIdle = (): void => {
    const ids = allHeld().filter((id) => !signedOff.has(id));
    for (const id of ids) signedOff.add(id);
    if (ids.length > 0) void signOff('idle', ids);
  };
  const watch = (): void => {
    const isIdle = unavailableFor.has('idle');
    if (vault.held().length > 0 && (isIdle || settings().onIdle !== 'nothing')) {
      cancelCheck ??= clock.after(isIdle ? CHECK_FOR_INPUT_EVERY_MS : CHECK_EVERY_MS, check);
    } else {
      cancelCheck?.();
      cancelCheck = null;
      comeBack('idle');
    }
  };
  const changed = (): void => {
    watch();
    const wanted = settings().onSuspend !== 'nothing';
    if (wanted && !inhibitsSleep) sleepInhibitor.take();
    if (!wanted && inhibitsSleep) sleepInhibitor.release();
    inhibitsSleep = wanted;
    watchSession();
  };
  const onDisconnect = (): Settings['onLock'] => {
    const { onDisconnect: chosen, onLock } = settings();
    return chosen === 'as-lock' ? onLock : chosen;
  };
  const watchSession = (): void => {
    const isWanted = settings().onLock !== 'nothing' || onDisconnect() !== 'nothing';
    // Whoever is away by it comes back, although the settings may have changed since.
    const isAway = (['lock', 'disconnect'] as const).some(
      (why) => unavailableFor.has(why) || signedOffFor.has(why),
    );
    if ((isWanted || isAway) && vault.held().length > 0) {
      sessionWatch.start();
    } else {
      sessionWatch.stop();
      // Nobody would tell of the return.
      comeBack('lock');
      comeBack('disconnect');
    }
  };
  const react = (chosen: Settings['onLock'], why: AwayCause): void => {
    if (chosen === 'sign-off') void signOff(why, allHeld());
    if (chosen === 'unavailable') void goAway(why);
  };
  const locked = (): void => {
    isLocked = true;
    react(settings().onLock, 'lock');
  };
  const unlocked = (): void => {
    isLocked = false;
    comeBack('lock');
  };
  const disconnected = (): void => react(onDisconnect(), 'disconnect');
  const reconnected = (): void => comeBack('disconnect');

  sessionWatch.onSign((sign) => {
    switch (sign) {
      case 'locked':
        return locked();
      case 'unlocked':
        return unlocked();
      case 'disconnected':
        return disconnected();
      case 'reconnected':
        return reconnected();
      case 'found-locked':
        // With no lock told of, the session was disconnected.
        return isLocked ? undefined : disconnected();
      case 'found-unlocked':
        unlocked();
        return reconnected();
    }
  });
  vault.onChange(watch);
  vault.onChange(watchSession);
  changed();

  return {
    async suspending() {
      const { onSuspend } = settings();
      if (onSuspend === 'nothing') return;
      const resumesBefore = resumes;
      if (onSuspend === 'sign-off') await signOff('suspend', allHeld());
      else await within(clock, budgetMs('suspend'), goAway('suspend'));
      // If the machine has resumed meanwhile, the inhibitor is needed for the next time.
      if (resumes === resumesBefore) sleepInhibitor.release();
    },
    resumed() {
      resumes += 1;
      if (settings().onSuspend !== 'nothing') sleepInhibitor.take();
      retries.retryNow();
      comeBack('suspend');
    },
    locked,
    unlocked,
    disconnected,
    reconnected,
    changed,
  };
}
