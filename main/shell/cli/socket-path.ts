import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';

/** The least of what the systems allow (macOS: 104 bytes with the closing NUL). */
const LONGEST_PATH_BYTES = 103;

/**
 * Where the running app listens for commands: in its data folder, which is the user's own. Both
 * ends work it out by themselves, so it depends on nothing but that folder (not on XDG_RUNTIME_DIR,
 * say, which a script run by cron does not have). Throws when a stranger has taken the place.
 */
export function controlSocketPath(userDataDir: string): string {
  const hash = createHash('sha256').update(userDataDir).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\signoff-${hash}`;
  const inDataDir = path.join(userDataDir, 'control.sock');
  if (Buffer.byteLength(inDataDir) <= LONGEST_PATH_BYTES) return inDataDir;
  return path.join(ownTemporaryFolder(), `${hash}.sock`);
}

function ownTemporaryFolder(): string {
  const { uid } = userInfo();
  const folder = `/tmp/signoff-${uid}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stats = lstatSync(folder);
  if (!stats.isDirectory() || stats.uid !== uid || (stats.mode & 0o077) !== 0) {
    throw new Error(
      `${folder} is not this user's own folder; remove it, or use a shorter data folder.`,
    );
  }
  return folder;
}
