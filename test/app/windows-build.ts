import { makeWindowsBuild } from '../support/windows-build.ts';
import { newDataDir, type After } from './signoff.ts';

/** The folder of an app that listens to Windows' events on this system; see `makeWindowsBuild`. */
export async function listeningOnWindows(after: After): Promise<string> {
  const folder = await newDataDir('signoff-app-', after);
  makeWindowsBuild(folder);
  return folder;
}
