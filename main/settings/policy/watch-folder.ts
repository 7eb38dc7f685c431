import { existsSync, type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

/** One change of a file is told as several, and a folder that is replaced is briefly not there. */
const SETTLES_WITHIN_MS = 100;

/**
 * Calls when something in the folder may have changed, or the folder comes or goes: until it is
 * there, its parent is watched. Returns what ends it.
 */
export function watchFolder(
  folder: string,
  onChange: () => void,
  onFault: (error: unknown) => void,
): () => void {
  const { dir: parent, base } = path.parse(folder);
  let watcher: FSWatcher | null = null;
  let settling: NodeJS.Timeout | null = null;
  let ended = false;

  const heard = (): void => {
    if (ended || settling !== null) return;
    settling = setTimeout(() => {
      settling = null;
      // The folder may be another by now, though its path is the same.
      arm();
      onChange();
    }, SETTLES_WITHIN_MS).unref();
  };

  const arm = (): void => {
    watcher?.close();
    watcher = null;
    try {
      if (existsSync(folder)) {
        watcher = watch(folder, { persistent: false }, heard);
      } else if (existsSync(parent)) {
        watcher = watch(parent, { persistent: false }, (_, name) => {
          if (name === null || name === base) heard();
        });
        // It may have come between the look and the watch.
        if (existsSync(folder)) heard();
      }
      watcher?.on('error', (error) => {
        onFault(error);
        heard();
      });
    } catch (error) {
      onFault(error);
    }
  };

  arm();
  return () => {
    ended = true;
    watcher?.close();
    if (settling !== null) clearTimeout(settling);
  };
}
