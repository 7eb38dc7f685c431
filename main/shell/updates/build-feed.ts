import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What electron-builder.yml names where there is no feed: it never answers. */
const NO_FEED = 'https://signoff.invalid/';

/** Whether the app was packaged with a feed of its own, which its `app-update.yml` then names. */
export function buildNamesFeed(resourcesFolder: string): boolean {
  try {
    return !readFileSync(path.join(resourcesFolder, 'app-update.yml'), 'utf8').includes(NO_FEED);
  } catch {
    // Where it is not there or cannot be read, nothing is named.
    return false;
  }
}
