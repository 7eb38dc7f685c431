// What is handed out: every installer, package and archive that this system can make of the app, in dist/.
// `npm run package -- deb tar.gz` makes these alone, `-- dir` only the app's folder.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, isBuilt } from './build.ts';
import { electronToPack, packFolder, packTarget } from './package/pack.ts';
import { joinUpdateInfo } from './package/update-info.ts';
import { orSayWhy } from './setup.mjs';
import { root, say } from './setup/step.mjs';

const FORMATS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  win32: ['nsis', 'msi'],
  darwin: ['dmg', 'pkg', 'zip'],
  linux: ['deb', 'rpm', 'AppImage', 'tar.gz'],
};

/** What each format takes that may not be on a machine, and how to come by it. */
const NEEDS: Readonly<Record<string, string>> = {
  nsis: 'NSIS and its plug-ins (ELECTRON_BUILDER_NSIS_DIR, ELECTRON_BUILDER_NSIS_RESOURCES_DIR)',
  msi: 'the WiX toolset',
  dmg: "electron-builder's image tools",
  pkg: "Xcode's command line tools (xcode-select --install)",
  zip: '7-Zip (brew install sevenzip)',
  deb: 'dpkg-deb (apt-get install dpkg, dnf install dpkg), or fpm',
  rpm: 'rpmbuild (apt-get install rpm, dnf install rpm-build), or fpm',
  AppImage:
    "electron-builder's AppImage tools (unpacked somewhere, APPIMAGE_TOOLS_PATH names them)",
  'tar.gz': '7-Zip (apt-get install 7zip, dnf install 7zip)',
};
const FETCHED =
  'What is not there, electron-builder fetches from github.com, or from ELECTRON_BUILDER_BINARIES_MIRROR';

const code = await orSayWhy(() => packageApp(process.argv.slice(2)));
process.exitCode = code ?? 1;

async function packageApp(asked: readonly string[]): Promise<number> {
  const possible = FORMATS[process.platform] ?? [];
  const unknown = asked.filter((format) => format !== 'dir' && !possible.includes(format));
  if (unknown.length > 0) {
    say(`This system makes ${['dir', ...possible].join(', ')}; not ${unknown.join(', ')}.`);
    return 2;
  }
  if (!isBuilt() && !(await build())) return 1;

  const electron = electronToPack();
  const output = path.join(root, 'dist', ...(electron.official ? [] : ['not-for-shipping']));
  if (!electron.official) {
    say(
      `Electron ${electron.version} in ${path.relative(root, electron.folder)} is not the official one of this project: what ` +
        'is made with it is for trying out, and not for handing out.',
    );
  }
  const feed = process.env['SIGNOFF_UPDATE_FEED'] ?? '';
  const config = feed === '' ? {} : { publish: { provider: 'generic', url: feed } as const };

  const unpacked = await packFolder(electron, output, config);
  const lines = [`made: ${path.relative(root, unpacked.folder)}`];
  const updateInfos = new Map<string, string[]>();
  takeUpdateInfos(output);
  let failed = 0;
  for (const format of (asked.length > 0 ? asked : possible).filter((name) => name !== 'dir')) {
    try {
      const files = await packTarget(format, unpacked, electron, output, config);
      lines.push(...files.map((file) => `made: ${path.relative(root, file)}`));
      for (const [name, info] of takeUpdateInfos(output)) {
        updateInfos.set(name, [...(updateInfos.get(name) ?? []), info]);
      }
    } catch (error) {
      const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
      lines.push(`not made: ${format}: ${why}`, `  It takes ${NEEDS[format]}. ${FETCHED}.`);
      failed += 1;
    }
  }
  for (const [name, infos] of updateInfos) {
    writeFileSync(path.join(output, name), joinUpdateInfo(infos));
  }
  process.stdout.write(`\n${lines.join('\n')}\n`);
  return failed === 0 || asked.length === 0 ? 0 : 1;
}

/** What electron-updater reads of a feed, such as `latest-linux.yml`; each format would write it anew. */
function takeUpdateInfos(output: string): [string, string][] {
  return readdirSync(output)
    .filter((name) => /^(latest|beta|alpha)(-.*)?\.yml$/.test(name))
    .map((name) => {
      const info = readFileSync(path.join(output, name), 'utf8');
      rmSync(path.join(output, name));
      return [name, info];
    });
}
