// Makes every installer, package and archive that this system can, in dist/. `npm run package -- deb tar.gz`
// makes only these, `-- dir` only the app's folder.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Configuration } from 'electron-builder';
import { build, isBuilt } from './build.ts';
import { chooseFormats, makeFormats, platformOf } from './package/formats.ts';
import {
  electronToPack,
  type PackedElectron,
  packFolder,
  packTarget,
  type Unpacked,
} from './package/pack.ts';
import { joinUpdateInfo } from './package/update-info.ts';
import { tryOrReport } from './setup.mjs';
import { root, say } from './setup/step.mjs';

const code = await tryOrReport(() => packageApp(process.argv.slice(2)));
process.exitCode = code ?? 1;

async function packageApp(asked: readonly string[]): Promise<number> {
  const choice = chooseFormats(asked, process.platform);
  if ('refused' in choice) {
    say(choice.refused);
    return 2;
  }
  if (!isBuilt() && !(await build())) return 1;

  const feed = process.env['SIGNOFF_UPDATE_FEED'] ?? '';
  const config = feed === '' ? {} : { publish: { provider: 'generic', url: feed } as const };

  const folders = new Map<NodeJS.Platform, Promise<Folder>>();
  const folderFor = (platform: NodeJS.Platform): Promise<Folder> => {
    const folder = folders.get(platform) ?? makeFolder(platform, config);
    folders.set(platform, folder);
    return folder;
  };
  // For formats of this system it is a condition; another's may be missing, such as its Electron.
  if (choice.formats.every((format) => platformOf(format) === process.platform)) {
    await folderFor(process.platform);
  }

  const updateInfos = new Map<string, string[]>();
  const made = await makeFormats(choice, async (format) => {
    const { electron, output, unpacked } = await folderFor(platformOf(format));
    const files = await packTarget(format, unpacked, electron, output, config);
    for (const [file, info] of extractUpdateInfos(output)) {
      updateInfos.set(file, [...(updateInfos.get(file) ?? []), info]);
    }
    return files.map((file) => path.relative(root, file));
  });
  for (const [file, infos] of updateInfos) writeFileSync(file, joinUpdateInfo(infos));
  process.stdout.write(`\n${made.lines.join('\n')}\n`);
  return made.code;
}

/** The app's folder for a system, what it is made with, and where. */
interface Folder {
  readonly electron: PackedElectron;
  readonly output: string;
  readonly unpacked: Unpacked;
}

async function makeFolder(platform: NodeJS.Platform, config: Configuration): Promise<Folder> {
  const electron = electronToPack(platform);
  const output = path.join(root, 'dist', ...(electron.official ? [] : ['not-for-shipping']));
  if (!electron.official) {
    say(
      `Electron ${electron.version} in ${electron.folder} is not the official one of this project: what ` +
        'is made with it is for trying out, and not for handing out.',
    );
  }
  const unpacked = await packFolder(electron, output, config);
  extractUpdateInfos(output);
  say(`made: ${path.relative(root, unpacked.folder)}`);
  return { electron, output, unpacked };
}

/** Reads and deletes feed files such as `latest-linux.yml`, which each format would overwrite. */
function extractUpdateInfos(output: string): [string, string][] {
  return readdirSync(output)
    .filter((name) => /^(latest|beta|alpha)(-.*)?\.yml$/.test(name))
    .map((name) => {
      const file = path.join(output, name);
      const info = readFileSync(file, 'utf8');
      rmSync(file);
      return [file, info];
    });
}
