import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { isMissing } from '../../common/error-code.ts';
import { retryWhileBusy } from '../../common/retry-while-busy.ts';
import { writeAtomically } from '../../common/write-atomically.ts';

/** The smallest limit of the systems (macOS: 104 bytes with the NUL). */
const MAX_PATH_BYTES = 103;

/** On Windows, contains the name of the running app's pipe. */
const PIPE_FILE = 'control.pipe';
const PIPE = /^\\\\\.\\pipe\\signoff-[0-9a-f]{32}$/;

/**
 * Where the app that is starting listens for commands: in its data folder. Both ends derive the path from
 * that folder alone, because a cron script has no XDG_RUNTIME_DIR, for example. On Windows all pipes share
 * one namespace, so the name is random and written into the folder. Throws if the fallback folder is not
 * this user's own, and throws file system errors.
 */
export function controlSocketPath(
  userDataDir: string,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === 'win32') {
    const pipe = `\\\\.\\pipe\\signoff-${randomBytes(16).toString('hex')}`;
    writeAtomically(path.join(userDataDir, PIPE_FILE), pipe);
    return pipe;
  }
  const hash = createHash('sha256').update(userDataDir).digest('hex').slice(0, 16);
  const inDataDir = path.join(userDataDir, 'control.sock');
  if (Buffer.byteLength(inDataDir) <= MAX_PATH_BYTES) return inDataDir;
  return path.join(ownTemporaryFolder(), `${hash}.sock`);
}

/** Where the running app listens; null if no app ever has. Throws as `controlSocketPath` does. */
export function knownControlSocketPath(
  userDataDir: string,
  platform: NodeJS.Platform = process.platform,
): string | null {
  if (platform !== 'win32') return controlSocketPath(userDataDir, platform);
  try {
    const pipe = retryWhileBusy(() => readFileSync(path.join(userDataDir, PIPE_FILE), 'utf8'));
    return PIPE.test(pipe) ? pipe : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
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
