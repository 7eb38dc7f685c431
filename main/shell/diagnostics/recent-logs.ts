import { open } from 'node:fs/promises';
import path from 'node:path';
import { LOG_FILE_NAMES } from '../log-file.ts';
import { errorText } from '../../common/log.ts';

const FILES = 2;
const MAX_BYTES = 1024 * 1024;

/** The last 1 MiB of the two newest log files, by their names; or why one could not be read. */
export async function recentLogs(folder: string): Promise<Record<string, string>> {
  const logs: Record<string, string> = {};
  for (const name of LOG_FILE_NAMES.slice(0, FILES)) {
    try {
      logs[name] = await endOf(path.join(folder, name));
    } catch (error) {
      const reason = errorText(error);
      if (reason !== 'ENOENT') logs[name] = `This log could not be read (${reason}).\n`;
    }
  }
  return logs;
}

async function endOf(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, MAX_BYTES);
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(length),
      position: size - length,
    });
    const text = buffer.toString('utf8', 0, bytesRead);
    // Drops a line that is cut off.
    return length < size ? text.slice(text.indexOf('\n') + 1) : text;
  } finally {
    await handle.close();
  }
}
