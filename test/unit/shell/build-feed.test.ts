import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildNamesFeed } from '../../../main/shell/updates/installation.ts';

function resources(config: string | null): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'signoff-feed-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (config !== null) writeFileSync(path.join(folder, 'app-update.yml'), config);
  return folder;
}

test.each([
  ['provider: generic\nurl: https://updates.example.com/\n', true],
  ['provider: generic\nurl: https://signoff.invalid/\n', false],
  [null, false],
])('a build with %j names a feed: %s', (config, names) => {
  expect(buildNamesFeed(resources(config))).toBe(names);
});
