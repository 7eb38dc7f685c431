import { type Clock, elapsed } from '../common/clock.ts';

/** `running`: an app has the lock, and was told of this start; `busy`: the lock was not released in time. */
export type LockResult = 'taken' | 'running' | 'busy';

const RETRY_AFTER_MS = 250;
/** A command that signs off leftovers takes up to a minute by default. */
const GIVE_UP_AFTER_MS = 90_000;

/**
 * Takes the lock on the data folder, which one process has at a time. A process that has it but takes no
 * commands is a command itself, or an app that is starting or quitting, so it is waited for.
 */
export async function takeDataFolderLock(parts: {
  /** Electron's `requestSingleInstanceLock`; each call notifies the process that has it. */
  request: () => boolean;
  takesCommands: () => Promise<boolean>;
  clock: Clock;
}): Promise<LockResult> {
  const { request, takesCommands, clock } = parts;
  const giveUpAt = clock.monotonic() + GIVE_UP_AFTER_MS;
  while (!request()) {
    if (await takesCommands()) return 'running';
    if (clock.monotonic() >= giveUpAt) return 'busy';
    await elapsed(clock, RETRY_AFTER_MS).promise;
  }
  return 'taken';
}
