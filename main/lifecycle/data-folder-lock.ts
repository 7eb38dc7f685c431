import { type Clock, elapsed } from '../common/clock.ts';

/** `running`: an app has it, and has heard of this start; `busy`: somebody has it for too long. */
export type LockResult = 'taken' | 'running' | 'busy';

const AGAIN_AFTER_MS = 250;
/** A command that signs off what is left over takes up to a minute, if nothing else is set. */
const GIVE_UP_AFTER_MS = 90_000;

/**
 * Takes the lock on the data folder, which one process has at a time. One that has it but takes no
 * commands is a command itself, or an app that is just starting or going: it is waited for, because whoever
 * starts the app would otherwise be left without one.
 */
export async function takeDataFolderLock(parts: {
  /** Electron's `requestSingleInstanceLock`; each call is told to whoever has it. */
  request: () => boolean;
  takesCommands: () => Promise<boolean>;
  clock: Clock;
}): Promise<LockResult> {
  const { request, takesCommands, clock } = parts;
  const giveUpAt = clock.monotonic() + GIVE_UP_AFTER_MS;
  while (!request()) {
    if (await takesCommands()) return 'running';
    if (clock.monotonic() >= giveUpAt) return 'busy';
    await elapsed(clock, AGAIN_AFTER_MS).promise;
  }
  return 'taken';
}
