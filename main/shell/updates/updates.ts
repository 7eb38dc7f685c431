import type { Clock } from '../../common/clock.ts';
import type { UpdateObstacle } from './installation.ts';

/** Downloads and installs newer versions. The promises reject with network and file system errors. */
export interface Updater {
  /** The feed's version if it is newer than this one, or null. */
  check(): Promise<string | null>;
  /** Downloads that version until `signal` is aborted. */
  download(signal: AbortSignal): Promise<void>;
  /** Starts the installer, which starts the app again; true if the app has to exit now. */
  install(): boolean;
}

export interface Feed {
  /** Null for the feed that the build names. */
  readonly url: string | null;
  readonly channel: 'latest' | 'beta';
}

/** Updates the app while nothing is held. */
export interface Updates {
  /** Reads the feed's settings: at the start, and after a change. */
  changed(): void;
  /** Call it when what is held or being signed off has changed. Cheap. */
  workChanged(): void;
}

export const FIRST_CHECK_AFTER_MS = 10 * 60 * 1000;
export const CHECK_EVERY_MS = 4 * 60 * 60 * 1000;
/** Waits vary by this share, so that 5,000 workstations do not all check at once. */
export const JITTER = 0.1;

export function createUpdates(parts: {
  /** Null while updates are off. */
  feed: () => Feed | null;
  obstacle: () => UpdateObstacle | null;
  /** Loaded only when it is needed. */
  load: (feed: Feed) => Promise<Updater>;
  /** Whether a sign-off is under way, or the app is leaving. */
  isBusy: () => boolean;
  isHolding: () => boolean;
  /** The installer is about to close the app, should it still be there. */
  announceRestart: () => void;
  /** Quits; what was handed in at the last moment is held again at the next start. */
  exitForRestart: () => void;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
  onProgress: (
    event: 'update-found' | 'update-downloaded' | 'update-installing',
    version: string,
  ) => void;
  /** Called once if there is a feed but this installation cannot update itself. */
  onObstacle: (obstacle: UpdateObstacle) => void;
  onFault: (error: unknown) => void;
}): Updates {
  const { load, isBusy, isHolding, announceRestart, exitForRestart } = parts;
  const { clock, random, onProgress, onFault } = parts;
  let current: FeedUpdates | null = null;
  let obstacle: UpdateObstacle | null = null;

  /** Asked only once there is a feed. */
  const canUpdate = (): boolean => {
    if (obstacle !== null) return false;
    obstacle = parts.obstacle();
    if (obstacle !== null) parts.onObstacle(obstacle);
    return obstacle === null;
  };

  const updateFrom = (feed: Feed): FeedUpdates => {
    let stopped = false;
    let cancelCheck = (): void => undefined;
    let updater: Promise<Updater> | null = null;
    let state: UpdateState = { phase: 'waiting' };
    const loaded = (): Promise<Updater> => (updater ??= load(feed));

    const scheduleCheck = (ms: number): void => {
      const wait = ms * (1 + JITTER * (2 * random() - 1));
      cancelCheck = clock.after(wait, () => void run(check));
    };

    /** Runs one step; after a failure, starts over with the next check. */
    const run = async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        if (stopped) return;
        onFault(error);
        updater = null;
        startOver();
      }
    };

    const startOver = (): void => {
      state = { phase: 'waiting' };
      scheduleCheck(CHECK_EVERY_MS);
    };

    const check = async (): Promise<void> => {
      const version = await (await loaded()).check();
      if (stopped) return;
      if (version === null) {
        startOver();
        return;
      }
      onProgress('update-found', version);
      state = { phase: 'found', version };
      workChanged();
    };

    const download = async (version: string): Promise<void> => {
      const abort = new AbortController();
      state = { phase: 'downloading', abort };
      try {
        await (await loaded()).download(abort.signal);
      } catch (error) {
        if (!abort.signal.aborted) throw error;
      }
      if (stopped) return;
      if (abort.signal.aborted) {
        // Aborted for a sign-off, which needs the network; it is tried again afterwards.
        state = { phase: 'found', version };
      } else {
        onProgress('update-downloaded', version);
        state = { phase: 'downloaded', version };
      }
      workChanged();
    };

    const install = async (version: string): Promise<void> => {
      state = { phase: 'installing' };
      const installer = await loaded();
      if (stopped) return;
      // Something may have been handed in meanwhile.
      if (isBusy() || isHolding()) {
        state = { phase: 'downloaded', version };
        return;
      }
      onProgress('update-installing', version);
      announceRestart();
      if (!installer.install()) throw new Error('The update could not be installed.');
      exitForRestart();
    };

    const workChanged = (): void => {
      if (state.phase === 'downloading') {
        if (isBusy()) state.abort.abort();
      } else if (state.phase === 'found' && !isBusy()) {
        const { version } = state;
        void run(() => download(version));
      } else if (state.phase === 'downloaded' && !isBusy() && !isHolding()) {
        const { version } = state;
        void run(() => install(version));
      }
    };

    scheduleCheck(FIRST_CHECK_AFTER_MS);
    return {
      feed,
      workChanged,
      stop() {
        stopped = true;
        cancelCheck();
        if (state.phase === 'downloading') state.abort.abort();
      },
    };
  };

  return {
    changed() {
      const feed = parts.feed();
      if (JSON.stringify(feed) === JSON.stringify(current?.feed ?? null)) return;
      current?.stop();
      current = feed !== null && canUpdate() ? updateFrom(feed) : null;
    },
    workChanged: () => current?.workChanged(),
  };
}

interface FeedUpdates extends Pick<Updates, 'workChanged'> {
  readonly feed: Feed;
  stop(): void;
}

type UpdateState =
  | { readonly phase: 'waiting' | 'installing' }
  | { readonly phase: 'found' | 'downloaded'; readonly version: string }
  | { readonly phase: 'downloading'; readonly abort: AbortController };
