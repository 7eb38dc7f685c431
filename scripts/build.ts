// The bundles in out/, made again only when something they are made of has changed.
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as buildBundles } from 'electron-vite';
import { cache, root, say } from './setup/step.mjs';

const sources = [
  'main',
  'preload',
  'renderer',
  'words',
  join('scripts', 'vite'),
  join('scripts', 'package', 'icons.ts'),
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];
const bundles = [
  join('main', 'main.js'),
  join('preload', 'preload.cjs'),
  join('renderer', 'index.html'),
];
const stamp = join(cache, 'built');

/** Whether the bundles are there and newer than all they are made of. */
export function isBuilt(): boolean {
  const builtAt = modifiedAt(stamp);
  return (
    builtAt !== undefined &&
    bundles.every((bundle) => modifiedAt(join(root, 'out', bundle)) !== undefined) &&
    sources.every((source) => newest(join(root, source)) <= builtAt)
  );
}

/**
 * Makes the bundles, and says something only when that fails.
 * @returns whether they could be made
 */
export async function build(): Promise<boolean> {
  const startedAt = new Date();
  try {
    await buildBundles({ root, logLevel: 'warn' });
  } catch (error) {
    say(`The build failed: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
  mkdirSync(cache, { recursive: true });
  writeFileSync(stamp, '');
  // What was changed while building is not in the bundles.
  utimesSync(stamp, startedAt, startedAt);
  return true;
}

/** When the newest file in a folder was changed; the folders count too, as they tell what was deleted. */
function newest(path: string): number {
  const own = statSync(path, { throwIfNoEntry: false });
  if (own === undefined) return 0;
  if (!own.isDirectory()) return own.mtimeMs;
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function modifiedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

if (import.meta.main && !(await build())) process.exitCode = 1;
