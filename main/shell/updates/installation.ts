import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isBelow } from '../../common/is-below.ts';

/** Why an installation cannot update itself, as named in the log. */
export type UpdateObstacle =
  | 'not-packaged'
  /** Squirrel downloads from this process, which must not exit meanwhile: see docs/updates.md. */
  | 'macos'
  /** A deb or an rpm, which its package manager updates. */
  | 'package-manager'
  /** A tar.gz, or an unpacked folder. */
  | 'archive'
  | 'msi'
  /** Only an administrator can replace it. */
  | 'per-machine'
  | 'read-only';

export interface Installation {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  readonly executable: string;
  readonly resourcesFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Null for the two that can update themselves: a writable AppImage, and a per-user Windows installation. */
export function updateObstacle(installation: Installation): UpdateObstacle | null {
  const { platform, isPackaged, executable, resourcesFolder, env } = installation;
  if (!isPackaged) return 'not-packaged';
  if (platform === 'darwin') return 'macos';
  if (platform === 'win32') return windowsObstacle(executable, env['LOCALAPPDATA']);
  // electron-builder adds it to a deb and an rpm.
  if (existsSync(path.join(resourcesFolder, 'package-type'))) return 'package-manager';
  return appImageObstacle(executable, env['APPIMAGE'], env['APPDIR']);
}

function windowsObstacle(
  executable: string,
  localAppData: string | undefined,
): UpdateObstacle | null {
  const { dir, name } = path.win32.parse(executable);
  // Only the NSIS installer adds it.
  if (!existsSync(path.join(dir, `Uninstall ${name}.exe`))) return 'msi';
  return isBelow(dir, localAppData, path.win32) ? null : 'per-machine';
}

/** Any program that an AppImage starts inherits its variables, so the executable must be in its mount. */
function appImageObstacle(
  executable: string,
  file: string | undefined,
  mountedAt: string | undefined,
): UpdateObstacle | null {
  if (file === undefined || !isBelow(executable, mountedAt, path.posix)) return 'archive';
  try {
    for (const place of [file, path.dirname(file)]) accessSync(place, constants.W_OK);
    return null;
  } catch {
    return 'read-only';
  }
}

/** The placeholder in electron-builder.yml for a build without a feed. */
const NO_FEED = 'https://signoff.invalid/';

/** Whether the app was packaged with a feed, which `app-update.yml` names. */
export function buildNamesFeed(resourcesFolder: string): boolean {
  try {
    return !readFileSync(path.join(resourcesFolder, 'app-update.yml'), 'utf8').includes(NO_FEED);
  } catch {
    // Missing or unreadable: no feed.
    return false;
  }
}
