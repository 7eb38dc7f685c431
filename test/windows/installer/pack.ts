// `pack.ts FOLDER VERSION…`: packs the app with a stand-in for Electron, and makes an installer of it for each
// version. Prints as JSON where the packed folder and the installers are.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { electronToPack, packFolder, packTarget } from '../../../scripts/package/pack.ts';

const [folder = '', ...versions] = process.argv.slice(2);
const here = (name: string): string => path.join(import.meta.dirname, name);
const at = (...names: string[]): string => path.join(folder, ...names);
const compile = (...args: string[]): void => {
  execFileSync('x86_64-w64-mingw32-gcc', ['-s', '-O1', '-municode', ...args]);
};

const electron = at('electron');
mkdirSync(path.join(electron, 'locales'), { recursive: true });
execFileSync('x86_64-w64-mingw32-windres', [here('signoff.rc'), at('signoff.o')]);
compile('-mwindows', here('signoff.c'), at('signoff.o'), '-o', path.join(electron, 'electron.exe'));
writeFileSync(path.join(electron, 'locales', 'en-US.pak'), '');
writeFileSync(path.join(electron, 'version'), electronToPack('win32').version);
compile('-shared', here('restart-manager.c'), '-o', at('rstrtmgr.dll'));

const plugIns = at('resources', 'plugins', 'x86-unicode');
mkdirSync(plugIns, { recursive: true });
compile('-shared', here('plug-ins.c'), '-lshell32', '-o', at('plug-ins.dll'));
for (const name of ['StdUtils', 'UAC', 'WinShell', 'nsis7z']) {
  cpSync(at('plug-ins.dll'), path.join(plugIns, `${name}.dll`));
}

Object.assign(process.env, {
  ELECTRON_OVERRIDE_DIST_PATH: electron,
  ELECTRON_BUILDER_NSIS_DIR: here('nsis'),
  ELECTRON_BUILDER_NSIS_RESOURCES_DIR: at('resources'),
  SIGNOFF_TEST_PLUG_INS: plugIns,
});
const standIn = electronToPack('win32');
const unpacked = await packFolder(standIn, at('dist'));
const installers: string[] = [];
for (const version of versions) {
  const files = await packTarget('nsis', unpacked, standIn, at('dist'), {
    extraMetadata: { version },
    compression: 'store',
  });
  installers.push(...files.filter((file) => file.endsWith('.exe')));
}
writeFileSync(at('made.json'), JSON.stringify({ packed: unpacked.folder, installers }));
