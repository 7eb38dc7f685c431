import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { electronEnv } from './setup/electron.mjs';
import { SetupError, root } from './setup/step.mjs';

export interface ElectronCommand {
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

/** What is run: the app, or one command of its command line, which opens no window. */
export type Run = 'app' | 'command';

/** How to run the built app from the tree, or another app in `folder`, with these arguments. */
export function electronCommand(
  args: readonly string[],
  folder = root,
  run: Run = 'app',
): ElectronCommand {
  const extra = installedElectronEnv();
  const env = { ...process.env, ...extra };
  // Set by some editors' terminals; it would make Electron a plain Node.
  delete env['ELECTRON_RUN_AS_NODE'];
  return { command: electronPath(extra), args: [...launchSwitches(run), folder, ...args], env };
}

/** The version of the Electron that runs it. */
export function electronVersion(): string {
  const folder =
    installedElectronEnv()['ELECTRON_OVERRIDE_DIST_PATH'] ??
    join(root, 'node_modules', 'electron', 'dist');
  return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
}

/** How to run a packed app. */
export function packedCommand(
  executable: string,
  args: readonly string[],
  run: Run = 'app',
): ElectronCommand {
  return { command: executable, args: [...launchSwitches(run), ...args], env: { ...process.env } };
}

function installedElectronEnv(): Record<string, string> {
  const env = electronEnv();
  if (env === undefined) throw new SetupError('Electron is not here yet: run npm run setup.');
  return env;
}

/** The `electron` package exports the path of its executable, given where the runtime is. */
function electronPath(extra: Record<string, string>): string {
  Object.assign(process.env, extra);
  const path: unknown = createRequire(import.meta.url)('electron');
  return String(path);
}

/**
 * Chromium's sandbox cannot run as root, or where users may not create namespaces. This affects development
 * machines only: an installed app has a sandbox helper.
 * Without it a command needs no zygotes either, which are two fifths of its start; renderers do.
 */
function launchSwitches(run: Run): string[] {
  if (process.platform !== 'linux') return [];
  const canSandbox =
    process.getuid?.() !== 0 &&
    spawnSync('unshare', ['--user', '--map-root-user', 'true']).status === 0;
  if (canSandbox) return [];
  return run === 'command' ? ['--no-sandbox', '--no-zygote'] : ['--no-sandbox'];
}
