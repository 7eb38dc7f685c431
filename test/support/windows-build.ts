import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/setup/step.mjs';

/** What keeps `listenOnWindows` of `electron-events.ts` from other systems, as it is built. */
const GUARD = /if\(process\.platform!==`win32`\)return;(?=let \w+=new \w+\(\{show:!1,skipTaskbar)/;

/**
 * Makes a copy of the built app in this folder, with one change: it listens to Windows' events on this system as
 * well, so that they can be made to happen.
 */
export function makeWindowsBuild(folder: string): void {
  const built = path.join(root, 'out');
  cpSync(path.join(built, 'main'), path.join(folder, 'out', 'main'), { recursive: true });
  for (const part of ['preload', 'renderer']) {
    symlinkSync(path.join(built, part), path.join(folder, 'out', part));
  }
  const main = path.join(folder, 'out', 'main', 'main.js');
  const code = readFileSync(main, 'utf8');
  if (!GUARD.test(code)) throw new Error('The guard is not as it was.');
  writeFileSync(main, code.replace(GUARD, ''));
  const manifest = { name: 'signoff', productName: 'Signoff', version: '0.1.0', type: 'module' };
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ ...manifest, main: 'out/main/main.js' }),
  );
}
