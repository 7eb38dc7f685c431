import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('`npm start -- --unattended` signs an agent in and leaves neither a session nor a ghost', async () => {
  // It rejects where the run does not end with 0.
  const { stdout } = await promisify(execFile)(process.execPath, [
    path.join(import.meta.dirname, '../../scripts/run.mjs'),
    'start',
    '--unattended',
  ]);
  expect(stdout).toContain('All 2 sessions are over on the practice server.');
  expect(stdout).toMatch(/^[1-9]\d* practice chats were routed, and 0 of them reached a ghost\.$/m);
  expect(stdout).toMatch(/agent\.demo +quit +forced +ended/);
});
