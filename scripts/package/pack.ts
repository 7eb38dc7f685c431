import { existsSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { build, type Configuration, Platform } from 'electron-builder';
import * as z from 'zod';
import { electronEnv } from '../setup/electron.mjs';
import { cache, root, SetupError } from '../setup/step.mjs';
import { makeIcons } from './icons.ts';
import { layOutLinuxFiles } from './linux-files.ts';
import { systemTools } from './system-tools.ts';

/** The Electron that the app is packed with. */
export interface PackedElectron {
  readonly platform: NodeJS.Platform;
  /** Undefined where electron-builder fetches it. */
  readonly folder: string | undefined;
  readonly version: string;
  /** Whether it is the project's official Electron; no other may be shipped. */
  readonly official: boolean;
}

/** The app's folder as it is installed. */
export interface Unpacked {
  readonly folder: string;
  readonly resources: string;
  readonly executable: string;
}

/**
 * The Electron that set-up has found or downloaded. Another system's is the one that ELECTRON_OVERRIDE_DIST_PATH
 * names or, where that is none, the official one, not yet fetched.
 */
export function electronToPack(platform: NodeJS.Platform = process.platform): PackedElectron {
  const wrapper = path.join(root, 'node_modules/electron');
  const env = electronEnv();
  const elsewhere = env?.['ELECTRON_OVERRIDE_DIST_PATH'];
  if (platform !== process.platform && !existsSync(path.join(elsewhere ?? '', 'electron.exe'))) {
    const text = readFileSync(path.join(wrapper, 'package.json'), 'utf8');
    const { version } = manifest.parse(JSON.parse(text));
    return { platform, folder: undefined, version, official: true };
  }
  if (env === undefined) throw new SetupError('Electron is not here yet: run npm run setup.');
  const folder = elsewhere ?? path.join(wrapper, 'dist');
  const version = readFileSync(path.join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  return { platform, folder, version, official: elsewhere === undefined };
}

const manifest = z.object({ version: z.string() });

/** Packs the built app into a folder below `output`. */
export async function packFolder(
  electron: PackedElectron,
  output: string,
  config: Configuration = {},
): Promise<Unpacked> {
  await makeIcons(
    await readFile(path.join(root, 'build/icon.svg'), 'utf8'),
    path.join(cache, 'package/icons'),
  );
  await layOutLinuxFiles(path.join(root, 'build'), path.join(cache, 'package/linux'));
  await runBuilder('dir', electron, output, config);
  return unpackedIn(output, electron.platform);
}

/** Makes an installer, an archive or an image of the packed folder; returns its files. */
export async function packTarget(
  target: string,
  unpacked: Unpacked,
  electron: PackedElectron,
  output: string,
  config: Configuration = {},
): Promise<string[]> {
  // For updates, each format adds files about itself, which the others must not contain.
  for (const name of ['package-type', 'app-update.yml', 'apparmor-profile']) {
    await rm(path.join(unpacked.resources, name), { force: true });
  }
  // electron-builder's helpers, and ours, must run on this Node.
  const helpers = [path.dirname(process.execPath), path.join(import.meta.dirname, 'nsis/bin')];
  const PATH = [...helpers, process.env['PATH']].join(path.delimiter);
  Object.assign(process.env, { PATH });
  Object.assign(process.env, systemTools(target, process.env));
  return runBuilder(target, electron, output, config, unpacked.folder);
}

async function runBuilder(
  target: string,
  electron: PackedElectron,
  output: string,
  config: Configuration,
  prepackaged?: string,
): Promise<string[]> {
  return build({
    targets: Platform.fromString(electron.platform).createTarget(target),
    projectDir: root,
    publish: 'never',
    ...(prepackaged === undefined ? {} : { prepackaged }),
    config: {
      ...config,
      ...(electron.folder === undefined ? {} : { electronDist: electron.folder }),
      electronVersion: electron.version,
      directories: { output },
    },
  });
}

/** Where electron-builder puts the app's folder. */
export function unpackedIn(output: string, platform: NodeJS.Platform = process.platform): Unpacked {
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`;
  if (platform === 'darwin') {
    const folder = path.join(output, `mac${arch}`, 'Signoff.app');
    return {
      folder,
      resources: path.join(folder, 'Contents/Resources'),
      executable: path.join(folder, 'Contents/MacOS/Signoff'),
    };
  }
  const windows = platform === 'win32';
  const folder = path.join(output, `${windows ? 'win' : 'linux'}${arch}-unpacked`);
  return {
    folder,
    resources: path.join(folder, 'resources'),
    executable: path.join(folder, windows ? 'Signoff.exe' : 'signoff'),
  };
}
