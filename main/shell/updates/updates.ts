import type { Clock } from '../../common/clock.ts';
import type { UpdateObstacle } from './obstacle.ts';

/** What fetches and installs newer versions. Every call may reject with what network and disk say. */
export interface Updater {
  /** The version that the feed has, if it is newer than this one. */
  check(): Promise<string | null>;
  /** Fetches that version; stops when told to. */
  download(signal: AbortSignal): Promise<void>;
  /** Starts to install it, and to have the app started again; true where the app is to go now. */
  install(): boolean;
}

/** Where newer versions are looked for. */
export interface Feed {
  /** Null for the one that the build names. */
  readonly url: string | null;
  readonly channel: 'latest' | 'beta';
}

/** Keeps the app up to date, when nobody is hurt by it. */
export interface Updates {
  /** Reads the feed anew: at the start, and when a setting has changed. */
  changed(): void;
  /** Something is held, or being signed off, that was not before; or no more. Cheap, and called often. */
  workChanged(): void;
}

export const FIRST_CHECK_AFTER_MS = 10 * 60 * 1000;
export const CHECK_EVERY_MS = 4 * 60 * 60 * 1000;
/** Each wait is up to this share longer or shorter, so that 5,000 workstations do not come at once. */
export const JITTER = 0.1;

export function createUpdates(parts: {
  /** Null while updates are off. */
  feed: () => Feed | null;
  /** What keeps this installation from updating itself; null where nothing does. */
  obstacle: () => UpdateObstacle | null;
  /** Loads what does it: most never need it. */
  load: (feed: Feed) => Promise<Updater>;
  /** Whether a sign-off is under way, or the app is leaving. */
  isBusy: () => boolean;
  isHolding: () => boolean;
  /** Lets the app go, to go on holding at its next start what was handed in at the last moment. */
  exitForRestart: () => void;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
  onProgress: (
    event: 'update-found' | 'update-downloaded' | 'update-installing',
    version: string,
  ) => void;
  /** Hears once why a feed is of no use here. */
  onObstacle: (obstacle: UpdateObstacle) => void;
  onFault: (error: unknown) => void;
}): Updates {
  const { load, isBusy, isHolding, exitForRestart, clock, random, onProgress, onFault } = parts;
  let following: Following | null = null;
  let obstacle: UpdateObstacle | null = null;

  /** Whether there is nothing in the way; looked at only once there is a feed. */
  const isFree = (): boolean => {
    if (obstacle !== null) return false;
    obstacle = parts.obstacle();
    if (obstacle !== null) parts.onObstacle(obstacle);
    return obstacle === null;
  };

  const follow = (feed: Feed): Following => {
    let stopped = false;
    let cancelCheck = (): void => undefined;
    let updater: Promise<Updater> | null = null;
    let step: Step = { at: 'waiting' };
    const loaded = (): Promise<Updater> => (updater ??= load(feed));

    const checkAfter = (ms: number): void => {
      const wait = ms * (1 + JITTER * (2 * random() - 1));
      cancelCheck = clock.after(wait, () => void run(check));
    };

    /** Runs one step; a step that fails begins anew with the next check. */
    const run = async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        if (stopped) return;
        onFault(error);
        updater = null;
        waitAgain();
      }
    };

    const waitAgain = (): void => {
      step = { at: 'waiting' };
      checkAfter(CHECK_EVERY_MS);
    };

    const check = async (): Promise<void> => {
      const version = await (await loaded()).check();
      if (stopped) return;
      if (version === null) {
        waitAgain();
        return;
      }
      onProgress('update-found', version);
      step = { at: 'found', version };
      workChanged();
    };

    const download = async (version: string): Promise<void> => {
      const abort = new AbortController();
      step = { at: 'downloading', abort };
      try {
        await (await loaded()).download(abort.signal);
      } catch (error) {
        if (!abort.signal.aborted) throw error;
      }
      if (stopped) return;
      if (abort.signal.aborted) {
        // Whoever signs off needs the network more; it goes on when that is through.
        step = { at: 'found', version };
      } else {
        onProgress('update-downloaded', version);
        step = { at: 'downloaded', version };
      }
      workChanged();
    };

    const install = async (version: string): Promise<void> => {
      step = { at: 'installing' };
      const installer = await loaded();
      if (stopped) return;
      // Meanwhile something may have been handed in.
      if (isBusy() || isHolding()) {
        step = { at: 'downloaded', version };
        return;
      }
      onProgress('update-installing', version);
      if (!installer.install()) throw new Error('The update could not be installed.');
      exitForRestart();
    };

    const workChanged = (): void => {
      if (step.at === 'downloading' && isBusy()) step.abort.abort();
      else if (step.at === 'found' && !isBusy()) {
        const { version } = step;
        void run(() => download(version));
      } else if (step.at === 'downloaded' && !isBusy() && !isHolding()) {
        const { version } = step;
        void run(() => install(version));
      }
    };

    checkAfter(FIRST_CHECK_AFTER_MS);
    return {
      feed,
      workChanged,
      stop() {
        stopped = true;
        cancelCheck();
        if (step.at === 'downloading') step.abort.abort();
      },
    };
  };

  return {
    changed() {
      const feed = parts.feed();
      if (JSON.stringify(feed) === JSON.stringify(following?.feed ?? null)) return;
      following?.stop();
      following = feed !== null && isFree() ? follow(feed) : null;
    },
    workChanged: () => following?.workChanged(),
  };
}

interface Following {
  readonly feed: Feed;
  workChanged(): void;
  stop(): void;
}

/** How far it has come with one version. */
type Step =
  | { readonly at: 'waiting' | 'installing' }
  | { readonly at: 'found' | 'downloaded'; readonly version: string }
  | { readonly at: 'downloading'; readonly abort: AbortController };
