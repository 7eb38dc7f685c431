import path from 'node:path';
import { machineFolder } from '../sessions/machine-folder.ts';

/** Where one person's Signoff keeps its files. */
export interface Folders {
  /** Settings, receipts and, but on macOS, logs. Several machines may share it: in a home on a server. */
  readonly dataDir: string;
  /**
   * In it, what is of this machine alone: all that is encrypted, the way in for commands, and what Chromium
   * keeps, with the key of the encryption and the lock that one app has at a time. Two Chromiums at work in
   * one folder spoil it, and on Linux the second takes the lock from another machine's without asking:
   * `DisplayProfileInUseError` in Electron's patch of `process_singleton_posix.cc` returns true.
   */
  readonly machineDir: string;
}

/** The data folder that the command line names, or the person's own, and this machine's part of it. */
export function foldersOf(parts: {
  named: string | null;
  /** Where the person's own is. */
  own: string;
  machine: string;
}): Folders {
  const dataDir = parts.named === null ? parts.own : path.resolve(parts.named);
  return { dataDir, machineDir: path.join(dataDir, machineFolder(parts.machine)) };
}

/**
 * The person's own data folder. On Windows it is below `%LOCALAPPDATA%`, because Chromium's own choice,
 * `%APPDATA%`, roams: what one machine holds would be found by the next.
 */
export function ownDataFolder(system: {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  homeFolder: string;
  /** Electron's default for this app. */
  userData: string;
}): string {
  const { platform, env, homeFolder, userData } = system;
  if (platform !== 'win32') return userData;
  const local = env['LOCALAPPDATA'] ?? '';
  const isUsable = path.win32.isAbsolute(local);
  const folder = isUsable ? local : path.win32.join(homeFolder, 'AppData', 'Local');
  return path.win32.join(folder, path.win32.basename(userData));
}
