import type { Clock } from '../common/clock.ts';

/** An installer of ours has said that it closes the app in order to start its newer version. */
export interface RestartAnnouncement {
  /** Counts for a minute. */
  announce(): void;
  /** Whether one was made within the last minute. */
  isAnnounced(): boolean;
}

/** Longer than an installer takes from announcing to closing; any other close is somebody leaving. */
const COUNTS_FOR_MS = 60_000;

export function createRestartAnnouncement(clock: Pick<Clock, 'monotonic'>): RestartAnnouncement {
  let countsUntil = -Infinity;
  return {
    announce() {
      countsUntil = clock.monotonic() + COUNTS_FOR_MS;
    },
    isAnnounced: () => clock.monotonic() < countsUntil,
  };
}
