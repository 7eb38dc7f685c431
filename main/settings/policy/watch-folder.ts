import { existsSync, watch as watchBySystem } from 'node:fs';
import path from 'node:path';

/** Where the system reports no changes (no watches left, a network folder). */
const POLL_EVERY_MS = 60_000;
/** One change causes several events, and a folder that is replaced is briefly missing. */
const DEBOUNCE_MS = 100;

/** The part of `fs.watch` that is used. */
export type Watch = (
  folder: string,
  options: { persistent: false },
  listener: (event: string, name: string | null) => void,
) => Watcher;

interface Watcher {
  close(): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/**
 * Calls when something in the folder may have changed, or the folder appears or disappears. While it is
 * missing, its nearest existing ancestor is watched. If watching fails, `onFault` is called once and the
 * folder is polled. Returns a function that stops it.
 */
export function watchFolder(
  folder: string,
  onChange: () => void,
  onFault: (error: unknown) => void,
  watch: Watch = watchBySystem,
): () => void {
  let watcher: Watcher | null = null;
  let timer: NodeJS.Timeout | null = null;
  let ended = false;
  let isFaulty = false;

  const changeAfter = (ms: number): void => {
    if (ended || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      // The path may lead to another folder by now.
      startWatching();
      onChange();
    }, ms).unref();
  };
  const onEvent = (): void => changeAfter(DEBOUNCE_MS);
  const onError = (error: unknown): void => {
    if (!isFaulty) onFault(error);
    // On Windows the first error may only mean that the folder has gone.
    changeAfter(isFaulty ? POLL_EVERY_MS : DEBOUNCE_MS);
    isFaulty = true;
  };

  const startWatching = (): void => {
    watcher?.close();
    watcher = null;
    try {
      const { existing, missing } = nearest(folder);
      watcher = watch(existing, { persistent: false }, (_, name) => {
        if (missing === null || name === null || name === missing) onEvent();
      });
      watcher.on('error', onError);
      // It may have been created just before the watch began.
      if (missing !== null && existsSync(path.join(existing, missing))) onEvent();
    } catch (error) {
      onError(error);
    }
  };

  startWatching();
  return () => {
    ended = true;
    watcher?.close();
    if (timer !== null) clearTimeout(timer);
  };
}

/** The folder or its nearest existing ancestor, and the name in it that is missing. */
function nearest(folder: string): { existing: string; missing: string | null } {
  let existing = folder;
  let missing: string | null = null;
  while (!existsSync(existing) && path.dirname(existing) !== existing) {
    missing = path.basename(existing);
    existing = path.dirname(existing);
  }
  return { existing, missing };
}
