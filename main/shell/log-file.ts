import { renameSync } from 'node:fs';
import path from 'node:path';
import { isMissing } from '../common/is-missing.ts';

/** The log on disk: `signoff.log`, and up to four older ones, each of about 1 MB. */
export interface LogFile {
  /** On return the line is written. */
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
  toFile.maxSize = MAX_BYTES;
  toFile.resolvePathFn = () => current;
  toFile.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  toFile.archiveLogFn = () => rotate(folder, tellOnce);
  // The line as it is: no time before it, no style in it.
  toFile.transforms = [({ data }) => String(data[0])];

  return {
    write(line) {
      toFile({ data: [line], date: new Date(), level: 'info' });
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
