import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

/** What keeps an installation from updating itself, by the name that it has in the log. */
export type UpdateObstacle =
  | 'not-packaged'
  /** Squirrel fetches from this very process, which going at once would end: see docs/updates.md. */
  | 'macos'
  /** A deb or an rpm: its package manager's business, and root's. */
  | 'package-manager'
  /** A tar.gz, or an unpacked folder: nobody knows who put it there. */
  | 'archive'
  | 'msi'
  /** Only an administrator can replace it. */
  | 'per-machine'
  | 'read-only';

/** How this process was started, and from where. */
export interface Installation {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  readonly executable: string;
  readonly resourcesFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * What keeps this installation from updating itself; null where it can: an AppImage that the person may
 * replace, and an app that the Windows installer has installed for one person.
 */
export function updateObstacle(installation: Installation): UpdateObstacle | null {
  const { platform, isPackaged, executable, resourcesFolder, env } = installation;
  if (!isPackaged) return 'not-packaged';
  if (platform === 'darwin') return 'macos';
  if (platform === 'win32') return windowsObstacle(executable, env['LOCALAPPDATA']);
  // electron-builder leaves it in what the package managers install.
  if (existsSync(path.join(resourcesFolder, 'package-type'))) return 'package-manager';
  return appImageObstacle(executable, env['APPIMAGE'], env['APPDIR']);
}

function windowsObstacle(
  executable: string,
  localAppData: string | undefined,
): UpdateObstacle | null {
  const { dir, name } = path.win32.parse(executable);
  // It is there after the NSIS installer only.
  if (!existsSync(path.join(dir, `Uninstall ${name}.exe`))) return 'msi';
  return isBelow(dir, localAppData, path.win32) ? null : 'per-machine';
}

/** Whoever is started by an AppImage inherits its variables, and may be quite another app. */
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

function isBelow(inner: string, outer: string | undefined, rules: path.PlatformPath): boolean {
  if (outer === undefined || !rules.isAbsolute(outer)) return false;
  const way = rules.relative(outer, inner);
  return way !== '' && !way.startsWith('..') && !rules.isAbsolute(way);
}
