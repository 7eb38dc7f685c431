import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, root } from './step.mjs';

const oldest = 20;

/** Set-up itself gets by with an older Node than the project's scripts, but not with any. */
export function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < oldest) {
    throw new SetupError(
      `Node ${process.versions.node} is too old: install Node ${oldest} or newer and try again.`,
    );
  }
}

/** The Node that the project's TypeScript scripts run on: a package, so that everybody has the same. */
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
