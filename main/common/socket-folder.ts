import { createHash } from 'node:crypto';
import { constants, existsSync, lstatSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';

/** The smallest limit of the systems for a socket's path (macOS: 104 bytes with the NUL). */
const MAX_PATH_BYTES = 103;
/** The longest name of a socket in it, with the slash before. */
const NAME_BYTES = 26;

/**
 * A path to this folder that is short enough for the sockets in it, whose names have at most 25 bytes. On Linux a
 * long one is reached by a descriptor, which stays open for as long as the process lives. Elsewhere such sockets
 * are in a folder of their own below /tmp. Both ends derive the path from the folder alone, because a cron script has
 * no XDG_RUNTIME_DIR, for example. Throws if the folder below /tmp is not this user's own, and file system errors.
 */
export function socketFolder(folder: string, platform: NodeJS.Platform = process.platform): string {
  if (Buffer.byteLength(folder) + NAME_BYTES <= MAX_PATH_BYTES) return folder;
  if (platform === 'linux') {
    return `/proc/self/fd/${openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY)}`;
  }
  return temporaryFolderFor(folder);
}

/** A folder below /tmp that stands in for that one, always the same, which only this user can enter. Throws as above. */
export function temporaryFolderFor(folder: string): string {
  ownFolder(path.dirname(temporaryPathFor(folder)));
  return ownFolder(temporaryPathFor(folder));
}

/** The same; null where there is none. */
export function findTemporaryFolderFor(folder: string): string | null {
  return existsSync(temporaryPathFor(folder)) ? temporaryFolderFor(folder) : null;
}

function temporaryPathFor(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return `/tmp/signoff-${uid()}/${hash}`;
}

function ownFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stats = lstatSync(folder);
  if (!stats.isDirectory() || stats.uid !== uid() || (stats.mode & 0o077) !== 0) {
    throw new Error(
      `${folder} is not this user's own folder; remove it, or use a shorter data folder.`,
    );
  }
  return folder;
}

/** Not by the user database, in which a user may be missing. */
function uid(): number {
  return process.getuid?.() ?? 0;
}
