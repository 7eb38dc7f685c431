import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runVitest } from '../../../scripts/run-vitest.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const CONFIG = "export default { test: { include: ['*.test.mjs'] } };";
const IMPORTS = "import { afterAll, beforeAll, describe, expect, test } from 'vitest';";
const PASSES = "test('passes', () => {});";

/** What comes of a run of these tests, each of which stands in a file of its own. */
function tallyOf(tests: readonly string[], config = CONFIG) {
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'vitest.config.mjs'), config);
  for (const [index, text] of tests.entries())
    writeFileSync(path.join(folder, `${index}.test.mjs`), `${IMPORTS}\n${text}`);
  return runVitest([], { cwd: folder, stdio: 'ignore' });
}

describe('of a test run', () => {
  test('every test of every file is counted, and why it is skipped', async () => {
    const counts = await tallyOf([
      PASSES,
      `${PASSES}
       test('fails', () => expect(1).toBe(2));
       test('steps aside', ({ skip }) => skip('the moon is full'));
       describe.skip('below', { meta: { takes: 'a tool' } }, () => test('one', () => {}));`,
    ]);
    expect(counts).toEqual({
      passed: 2,
      failed: 1,
      skipped: [
        { name: 'steps aside', why: 'the moon is full' },
        { name: 'below > one', why: 'it takes a tool' },
      ],
    });
  });

  test.for([
    ['a file that cannot be loaded', "import './nowhere.mjs';", 1],
    [
      'a hook that fails, and the test that it keeps from running',
      "beforeAll(() => { throw new Error('no'); }); test('never runs', () => {});",
      2,
    ],
    [
      'a hook that fails after the tests',
      `afterAll(() => { throw new Error('no'); }); ${PASSES}`,
      1,
    ],
    [
      'an error outside of any test',
      "test('leaves a promise', () => { void Promise.reject(new Error('lost')); });",
      1,
    ],
    [
      'a process that dies, and the test that it dies in',
      "test('dies', () => process.kill(process.pid, 'SIGKILL'));",
      2,
    ],
  ] as const)('%s has failed', async ([, planted, failed]) => {
    expect((await tallyOf([PASSES, planted])).failed).toBe(failed);
  });

  test.for([
    ['a configuration that cannot be read', 'export default {'],
    ['a set-up that fails', "export default { test: { globalSetup: './nowhere.mjs' } };"],
    ['vitest itself, killed', "process.kill(process.pid, 'SIGKILL');"],
    ['vitest itself, gone as if all were well', 'process.exit(0);'],
  ] as const)('%s has failed', async ([, config]) => {
    expect(await tallyOf([PASSES], config)).toEqual({ passed: 0, failed: 1, skipped: [] });
  });
});
