import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { AfterPackContext } from 'electron-builder';
import { setFuses } from './fuses.ts';

/** electron-builder calls it when the app's folder is complete, before signing. */
export default async function afterPack(context: AfterPackContext): Promise<void> {
  const { appOutDir, electronPlatformName: platform, packager } = context;
  // Electron's default app; electron-builder does not remove it from a custom Electron.
  await rm(path.join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
  await setFuses(path.join(appOutDir, executableName(context)), platform === 'darwin');
}

function executableName({ electronPlatformName: platform, packager }: AfterPackContext): string {
  const { productFilename } = packager.appInfo;
  if (platform === 'darwin') return `${productFilename}.app`;
  if (platform === 'win32') return `${productFilename}.exe`;
  return 'signoff';
}
