// `node scripts/run.mjs NAME [ARGUMENTS]`: sets up what a script needs and runs it on the project's Node.
import { join } from 'node:path';
import { passThrough } from './pass-through.mjs';
import { hasDisplay, nodeForScripts } from './setup/node.mjs';
import { root } from './setup/step.mjs';
import { tryOrReport, setup } from './setup.mjs';

/** @typedef {import('./setup.mjs').Purpose} Purpose */

const [name = '', ...args] = process.argv.slice(2);

/** @type {Record<string, () => Purpose>} */
const purposes = {
  start: () => (args.includes('--unattended') || !hasDisplay() ? 'unattended' : 'app'),
  app: () => 'app',
  test: () => 'tests',
  'test-windows': () => 'windows',
  bench: () => 'unattended',
  torture: () => 'unattended',
  mutate: () => 'tools',
  package: () => 'app',
  build: () => 'tools',
  check: () => 'tools',
  policy: () => 'tools',
  simulator: () => 'tools',
};

const purpose = purposes[name];
if (purpose === undefined) {
  process.stderr.write(
    `Usage: node scripts/run.mjs ${Object.keys(purposes).join('|')} [ARGUMENTS]\n`,
  );
  process.exit(2);
}

const ready = await tryOrReport(() => setup(purpose()));
if (ready === undefined) {
  // The last line of a test run is its count.
  if (name.startsWith('test')) process.stdout.write('0 passed, 1 failed\n');
  process.exit(1);
}
/** @type {Record<string, string>} */
const elsewhere = {
  simulator: 'simulator/main.ts',
  bench: 'test/bench/main.ts',
  torture: 'test/torture/main.ts',
  mutate: 'test/mutation/main.ts',
};
const script = elsewhere[name] ?? join('scripts', `${name}.ts`);
process.exitCode = await passThrough(nodeForScripts(), [join(root, script), ...args], {
  env: { ...process.env, ...ready.env },
});
