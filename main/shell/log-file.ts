import { closeSync, fstatSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { EOL } from 'node:os';
import path from 'node:path';
import { isMissing } from '../disk/is-missing.ts';

/** The log on disk: `signoff.log`, and up to four older ones, each of about 1 MB. */
export interface LogFile {
  /** Has the line written soon; returns at once. */
  write(line: string): void;
  /** Writes what is not on its way to the disk yet, and waits for it: for the process's last moment. */
  finish(): void;
}

export const LOG_FILE_NAMES = [
  'signoff.log',
  'signoff.1.log',
  'signoff.2.log',
  'signoff.3.log',
  'signoff.4.log',
] as const;

const LARGEST_BYTES = 1_000_000;
/** How many of the newest lines may still be on their way to the disk. */
const RECENT_MOST = 200;
const RECENT_BYTES = 128 * 1024;

/**
 * Opens the process's log in `folder`, which is made if need be. The logger is loaded here rather than
 * with the app: nobody's start waits for it. `onFault` hears once what the disk says; the app goes on.
 */
export async function openLogFile(
  folder: string,
  onFault: (what: string) => void,
): Promise<LogFile> {
  const { default: electronLog } = await import('electron-log/node');
  const { console: faults, file: toFile } = electronLog.transports;
  const current = path.join(folder, LOG_FILE_NAMES[0]);
  let recent: string[] = [];
  let faulty = false;
  // Told once: it is logged itself, which a disk that is full would have go round for ever.
  const tellOnce = (what: string): void => {
    if (!faulty) onFault(what);
    faulty = true;
  };
  // The file's faults come by way of the console.
  faults.writeFn = ({ message }) => tellOnce(message.data.map(String).join(' '));
  toFile.level = 'silly';
  // So that nothing is on its way any more when the process goes.
  toFile.sync = true;
  toFile.maxSize = LARGEST_BYTES;
  toFile.resolvePathFn = () => current;
  toFile.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  toFile.archiveLogFn = () => {
    recent = [];
    rotate(folder, tellOnce);
  };
  // The line as it is: no time before it, no style in it.
  toFile.transforms = [({ data }) => String(data[0])];

  return {
    write(line) {
      recent.push(line);
      if (recent.length > RECENT_MOST) recent.shift();
      toFile({ data: [line], date: new Date(), level: 'info' });
    },
    finish() {
      try {
        appendMissing(current, recent);
      } catch (error) {
        tellOnce(String(error));
      }
    },
  };
}

/** Makes each file one older; the oldest is gone. */
function rotate(folder: string, onFault: (what: string) => void): void {
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

/** Appends those of the newest lines that stand after the last one that is in the file. */
function appendMissing(file: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  const handle = openSync(file, 'a+', 0o600);
  try {
    const { size } = fstatSync(handle);
    const length = Math.min(size, RECENT_BYTES);
    const end = Buffer.alloc(length);
    readSync(handle, end, 0, length, size - length);
    const written = end.toString('utf8');
    const missing = lines.slice(lines.findLastIndex((line) => written.includes(line)) + 1);
    for (const line of missing) writeSync(handle, `${line}${EOL}`);
  } finally {
    closeSync(handle);
  }
}
