import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { watchFolder } from '../../../main/settings/policy/watch-folder.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function watched(folder: string, watch?: Parameters<typeof watchFolder>[3]) {
  const told = { changes: 0, faults: [] as unknown[] };
  const end = watchFolder(
    folder,
    () => (told.changes += 1),
    (error) => told.faults.push(error),
    watch,
  );
  onTestFinished(end);
  return told;
}

/** Waits until one more change is told of. */
async function tells(told: { readonly changes: number }, doing: () => void): Promise<void> {
  const before = told.changes;
  doing();
  await expect.poll(() => told.changes).toBeGreaterThan(before);
}

test('a folder that is made later, and those above it, are heard of', async () => {
  const root = tempFolder();
  const folder = path.join(root, 'etc', 'signoff');
  const told = watched(folder);
  await tells(told, () => mkdirSync(path.dirname(folder)));
  await tells(told, () => mkdirSync(folder));
  await tells(told, () => writeFileSync(path.join(folder, 'policy.json'), '{}'));
  await tells(told, () => rmSync(path.dirname(folder), { recursive: true }));
  await tells(told, () => mkdirSync(folder, { recursive: true }));
  expect(told.faults).toEqual([]);
});

test('where the system tells of no changes they are looked for, and that is said once', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const noWatchesLeft = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
  const told = watched(tempFolder(), () => {
    throw noWatchesLeft;
  });
  vi.advanceTimersByTime(100 + 3 * 60_000);
  expect(told).toEqual({ changes: 4, faults: [noWatchesLeft] });
});
