// Builds the bundles in out/ if their sources have changed.
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

/** Whether the bundles exist and are newer than their sources. */
export function isBuilt(): boolean {
  const builtAt = modifiedAt(stamp);
  return (
    builtAt !== undefined &&
    bundles.every((bundle) => modifiedAt(join(root, 'out', bundle)) !== undefined) &&
    sources.every((source) => newest(join(root, source)) <= builtAt)
  );
}

/** Builds the bundles. Prints only a failure, and returns false then. */
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
  // Changes during the build are not in the bundles.
  utimesSync(stamp, startedAt, startedAt);
  return true;
}

/** The newest modification time in a folder; folders count too, because of deletions. */
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
