import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, root } from './step.mjs';

const oldest = 20;
/** Runs TypeScript as it is. */
const oldestForScripts = 24;

const major = Number(process.versions.node.split('.')[0]);

/** Set-up runs on an older Node than the project's scripts, within limits. */
export function checkNode() {
  if (major < oldest) {
    throw new SetupError(
      `Node ${process.versions.node} is too old: install Node ${oldest} or newer and try again.`,
    );
  }
}

export const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';

/** The Node of the project's TypeScript scripts: a package, so that it is the same everywhere. */
export function nodeForScripts() {
  const packaged = join(root, 'node_modules', 'node', 'bin', nodeName);
  return existsSync(packaged) ? packaged : process.execPath;
}

/** Without its install script, the package is there but empty. */
export function checkNodeForScripts() {
  if (major >= oldestForScripts || nodeForScripts() !== process.execPath) return;
  throw new SetupError(
    "The package `node` has not been completed by its install script: let npm run it (ignore-scripts in npm's configuration), remove node_modules and try again.",
  );
}

export function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
}
