import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  type Stats,
} from 'node:fs';
import path from 'node:path';
import { readPolicyText } from './policy-text.ts';
import { NO_POLICY, type PlaceReading, type PolicySource } from './source.ts';
import { watchFolder } from './watch-folder.ts';

export const LINUX_POLICY_FILE = '/etc/signoff/policy.json';
const ROOT = 0;

const MAX_BYTES = 256 * 1024;
const WRITABLE_BY_OTHERS = 0o022;

/**
 * The policy file of a Linux machine. It counts only if nobody but root can have written it: file and
 * folder belong to root, are no links, and are not writable by group or others.
 */
export function createLinuxSource(parts: {
  file?: string;
  /** The user id that file and folder must belong to. */
  owner?: number;
  onFault: (error: unknown) => void;
}): PolicySource {
  const { file = LINUX_POLICY_FILE, owner = ROOT, onFault } = parts;
  return {
    read: () => Promise.resolve({ machine: readFile(file, owner), user: NO_POLICY }),
    watch: (onChange) => watchFolder(path.dirname(file), onChange, onFault),
  };
}

function readFile(file: string, owner: number): PlaceReading {
  const unreadable = (problem: string): PlaceReading => ({
    ok: false,
    problem: `${file} ${problem}`,
  });
  let opened: number | null = null;
  try {
    const folder = lstatSync(path.dirname(file));
    if (!folder.isDirectory()) return unreadable('is not read: its folder is a link or no folder');
    const wrongFolder = distrust(folder, owner);
    if (wrongFolder !== null) return unreadable(`is not read: its folder ${wrongFolder}`);
    // Opening a named pipe would block the start.
    opened = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = fstatSync(opened);
    if (!stats.isFile()) return unreadable('is not read: it is no regular file');
    const wrong = distrust(stats, owner);
    if (wrong !== null) return unreadable(`is not read: it ${wrong}`);
    if (stats.size > MAX_BYTES) return unreadable('is not read: it is larger than 256 KiB');
    const reading = readPolicyText(readFileSync(opened, 'utf8'));
    return reading.ok ? reading : unreadable(reading.problem);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return NO_POLICY;
    if (code === 'ELOOP') return unreadable('is not read: it is a link');
    return unreadable(`could not be read (${typeof code === 'string' ? code : 'unknown'})`);
  } finally {
    if (opened !== null) closeSync(opened);
  }
}

function distrust(stats: Stats, owner: number): string | null {
  if (stats.uid !== owner) return owner === ROOT ? 'does not belong to root' : 'has another owner';
  if ((stats.mode & WRITABLE_BY_OTHERS) !== 0) return 'may be written by group or others';
  return null;
}
