import { createListeners } from '../common/listeners.ts';
import type { Clock } from '../common/clock.ts';
import type { SessionSign, SessionWatch } from './away.ts';
import { createLogindWatch } from './logind-watch.ts';

/** The watch of this system. On macOS Electron tells of everything. */
export function createSessionWatch(parts: {
  platform: NodeJS.Platform;
  /** Whether the system says that the session is locked or disconnected. */
  isLocked: () => boolean;
  /** The id that logind has for the login session; null where it has none. */
  sessionId: string | null;
  clock: Clock;
  onFault: (error: unknown) => void;
}): SessionWatch {
  const { platform, isLocked, sessionId, clock, onFault } = parts;
  if (platform === 'win32') return createLockCheck({ isLocked, clock });
  if (platform === 'linux' && sessionId !== null) return createLogindWatch(sessionId, onFault);
  return { start: () => undefined, stop: () => undefined, onSign: () => undefined };
}

const CHECK_EVERY_MS = 5_000;
/** Time for Electron to tell of a lock that this has seen first. */
const CHECK_AGAIN_AFTER_MS = 1_000;

/** Asks whether the session is locked: Windows tells Electron of a lock, but not of a disconnect. */
export function createLockCheck(parts: {
  isLocked: () => boolean;
  clock: Pick<Clock, 'after'>;
}): SessionWatch {
  const { isLocked, clock } = parts;
  const listeners = createListeners<[sign: SessionSign]>();
  let seen: 'unlocked' | 'perhaps' | 'locked' = 'unlocked';
  let cancelCheck: (() => void) | null = null;

  const check = (): void => {
    const before = seen;
    if (!isLocked()) seen = 'unlocked';
    else seen = before === 'unlocked' ? 'perhaps' : 'locked';
    cancelCheck = clock.after(seen === 'perhaps' ? CHECK_AGAIN_AFTER_MS : CHECK_EVERY_MS, check);
    if (seen === 'locked' && before !== 'locked') listeners.notify('found-locked');
    if (seen === 'unlocked' && before === 'locked') listeners.notify('found-unlocked');
  };

  return {
    start() {
      cancelCheck ??= clock.after(CHECK_EVERY_MS, check);
    },
    stop() {
      cancelCheck?.();
      cancelCheck = null;
      seen = 'unlocked';
    },
    onSign: listeners.add,
  };
}
