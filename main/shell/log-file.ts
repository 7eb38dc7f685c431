import { renameSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { isMissing } from '../common/error-code.ts';

/** The log on disk: `signoff.log`, and up to four older files of about 1 MB each. */
export interface LogFile {
  /** Writes synchronously. */
  write(line: string): void;
}

export const LOG_FILE_NAMES = [
  'signoff.log',
  'signoff.1.log',
  'signoff.2.log',
  'signoff.3.log',
  'signoff.4.log',
] as const;

const MAX_BYTES = 1_000_000;

/**
 * Opens the log in `folder`, which is created if it is missing. The logger is loaded here, so that the
 * start does not wait for it. `onFault` is called for the first file system error only.
 */
export async function openLogFile(
  folder: string,
  onFault: (message: string) => void,
): Promise<LogFile> {
  const { default: electronLog } = await import('electron-log/node');
  const { console: faults, file: toFile } = electronLog.transports;
  const current = path.join(folder, LOG_FILE_NAMES[0]);
  let isFaulty = false;
  // Once only: the fault is logged too, so a full disk would cause an endless loop.
  const faultOnce = (message: string): void => {
    if (isFaulty) return;
    isFaulty = true;
    onFault(message);
  };
  // electron-log reports file errors to its console transport.
  faults.writeFn = ({ message }) => faultOnce(message.data.map(String).join(' '));
  toFile.level = 'silly';
  // Nothing is lost when the process exits.
  toFile.sync = true;
  toFile.maxSize = MAX_BYTES;
  toFile.resolvePathFn = () => current;
  toFile.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  toFile.archiveLogFn = () => rotate(folder, faultOnce);
  toFile.transforms = [({ data }) => String(data[0])];

  return {
    write(line) {
      toFile({ data: [line], date: new Date(), level: 'info' });
    },
  };
}

/** Renames each file to the next older name; the oldest is overwritten. */
function rotate(folder: string, onFault: (message: string) => void): void {
  for (const [index, name] of [...LOG_FILE_NAMES.entries()].toReversed()) {
    const older = LOG_FILE_NAMES[index + 1];
    if (older === undefined) continue;
    try {
      renameSync(path.join(folder, name), path.join(folder, older));
    } catch (error) {
      if (!isMissing(error)) onFault(String(error));
    }
  }
}

/**
 * The folder of this user's log: their own or, where IT names one (empty for none), their subfolder of it.
 * Two users' apps on one machine must not rotate the same files.
 */
export function logFolder(named: string, own: string, user: string = userName()): string {
  if (named === '') return own;
  return path.join(named, user.replaceAll(/^\.+|[^\p{L}\p{N}._@-]/gu, '_'));
}

/** The user's name, or their number if the system has no name for it. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // Node throws for a user without an entry in the user database.
    return String(process.getuid?.() ?? 'unknown');
  }
}
