// Makes every installer, package and archive that this system can, in dist/. `npm run package -- deb tar.gz`
// makes only these, `-- dir` only the app's folder.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, isBuilt } from './build.ts';
import { chooseFormats, makeFormats } from './package/formats.ts';
import { electronToPack, packFolder, packTarget } from './package/pack.ts';
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
  const updateInfos = new Map<string, string[]>();
  extractUpdateInfos(output);
  const made = await makeFormats(choice, async (format) => {
    const files = await packTarget(format, unpacked, electron, output, config);
    for (const [name, info] of extractUpdateInfos(output)) {
      updateInfos.set(name, [...(updateInfos.get(name) ?? []), info]);
    }
    return files.map((file) => path.relative(root, file));
  });
  for (const [name, infos] of updateInfos) {
    writeFileSync(path.join(output, name), joinUpdateInfo(infos));
  }
  const folder = `made: ${path.relative(root, unpacked.folder)}`;
  process.stdout.write(`\n${[folder, ...made.lines].join('\n')}\n`);
  return made.code;
}

/** Reads and deletes feed files such as `latest-linux.yml`, which each format would overwrite. */
function extractUpdateInfos(output: string): [string, string][] {
  return readdirSync(output)
    .filter((name) => /^(latest|beta|alpha)(-.*)?\.yml$/.test(name))
    .map((name) => {
      const info = readFileSync(path.join(output, name), 'utf8');
      rmSync(path.join(output, name));
      return [name, info];
    });
}
