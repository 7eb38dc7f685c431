import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The variables, unless set, that make electron-builder use the system's tools instead of downloading its own. */
export function systemTools(
  format: string,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const tools: Record<string, string> = {};
  if (platform === 'win32') return tools;
  const sevenZip = ['7zz', '7za', '7z'].flatMap((name) => onPath(name, env))[0];
  if (sevenZip !== undefined) tools['ELECTRON_BUILDER_7ZIP_PATH'] = sevenZip;
  const packager = PACKAGERS[format];
  if (platform === 'linux' && packager !== undefined && onPath(packager, env).length > 0) {
    tools['CUSTOM_FPM_PATH'] = path.join(import.meta.dirname, 'fpm.ts');
  }
  if (platform === 'linux' && format === 'nsis' && onPath('makensis', env).length > 0) {
    tools['ELECTRON_BUILDER_NSIS_DIR'] = path.join(import.meta.dirname, 'nsis');
  }
  return Object.fromEntries(Object.entries(tools).filter(([name]) => (env[name] ?? '') === ''));
}

const PACKAGERS: Readonly<Record<string, string>> = { deb: 'dpkg-deb', rpm: 'rpmbuild' };

function onPath(command: string, env: NodeJS.ProcessEnv): string[] {
  return (env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, command))
    .filter((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false; // not in this folder
      }
    });
}
