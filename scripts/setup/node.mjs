import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, root } from './step.mjs';

const oldest = 20;

/** Set-up runs on an older Node than the project's scripts, within limits. */
export function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < oldest) {
    throw new SetupError(
      `Node ${process.versions.node} is too old: install Node ${oldest} or newer and try again.`,
    );
  }
}

/** The Node of the project's TypeScript scripts: a package, so that it is the same everywhere. */
export function nodeForScripts() {
  const packaged = join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return existsSync(packaged) ? packaged : process.execPath;
}

export function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
}
