import { existsSync, type FSWatcher, watch as watchBySystem } from 'node:fs';
import path from 'node:path';

/** Where the system tells of no changes (it has no watches left, the folder is on a network): looked at so often. */
const LOOK_EVERY_MS = 60_000;
/** One change of a file is told as several, and a folder that is replaced is briefly not there. */
const SETTLES_WITHIN_MS = 100;

/**
 * Calls when something in the folder may have changed, or the folder comes or goes: until it is there,
 * the nearest folder above it that is there is watched. `onFault` hears once that the system does not
 * tell of changes; from then on, they are looked for. Returns what ends it.
 */
export function watchFolder(
  folder: string,
  onChange: () => void,
  onFault: (error: unknown) => void,
  watch = watchBySystem,
): () => void {
  let watcher: FSWatcher | null = null;
  let timer: NodeJS.Timeout | null = null;
  let ended = false;
  let isFaulty = false;

  const changeAfter = (ms: number): void => {
    if (ended || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      // The folder may be another by now, though its path is the same.
      arm();
      onChange();
    }, ms).unref();
  };
  const heard = (): void => changeAfter(SETTLES_WITHIN_MS);
  const failed = (error: unknown): void => {
    if (!isFaulty) onFault(error);
    // The first may only say that the folder has gone, as on Windows.
    changeAfter(isFaulty ? LOOK_EVERY_MS : SETTLES_WITHIN_MS);
    isFaulty = true;
  };

  const arm = (): void => {
    watcher?.close();
    watcher = null;
    try {
      const { there, next } = nearest(folder);
      watcher = watch(there, { persistent: false }, (_, name) => {
        if (next === null || name === null || name === next) heard();
      });
      watcher.on('error', failed);
      // It may have come between the look and the watch.
      if (next !== null && existsSync(path.join(there, next))) heard();
    } catch (error) {
      failed(error);
    }
  };

  arm();
  return () => {
    ended = true;
    watcher?.close();
    if (timer !== null) clearTimeout(timer);
  };
}

/** The folder or, until it is there, the nearest one above it, and what in that leads to it. */
function nearest(folder: string): { there: string; next: string | null } {
  let there = folder;
  let next: string | null = null;
  while (!existsSync(there) && path.dirname(there) !== there) {
    next = path.basename(there);
    there = path.dirname(there);
  }
  return { there, next };
}
