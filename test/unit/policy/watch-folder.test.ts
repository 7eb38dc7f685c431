import { EventEmitter } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Watch, watchFolder } from '../../../main/settings/policy/watch-folder.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function watched(folder: string, watch?: Watch) {
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

describe('what the system tells', () => {
  /** A watch that tells what the test says, over time that passes only when it says so. */
  function scripted(folder: string, asItBegins: () => void = () => undefined) {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const watches: { of: string; options: unknown; closed: boolean }[] = [];
    let tell: Parameters<Watch>[2] = () => undefined;
    const failures = new EventEmitter();
    const told = watched(folder, (of, options, listener) => {
      asItBegins();
      const watching = { of, options, closed: false };
      watches.push(watching);
      tell = listener;
      return {
        close: () => (watching.closed = true),
        on: (event, onError) => failures.on(event, onError),
      };
    });
    return {
      told,
      watches,
      tell: (name: string | null) => tell('rename', name),
      fail: (error: Error) => failures.emit('error', error),
    };
  }

  test('is nothing as long as it says nothing', () => {
    const { told, watches } = scripted(tempFolder());
    vi.advanceTimersByTime(3_600_000);
    expect([told, watches.length]).toEqual([{ changes: 0, faults: [] }, 1]);
  });

  test('keeps nobody from quitting', () => {
    const folder = tempFolder();
    const { watches } = scripted(folder);
    expect(watches).toEqual([{ of: folder, options: { persistent: false }, closed: false }]);
  });

  test('several times at once is one change, after which the folder is watched anew', () => {
    const { told, tell, watches } = scripted(tempFolder());
    tell('policy.json');
    tell('policy.json');
    vi.advanceTimersByTime(1_000);
    expect([told.changes, watches.map(({ closed }) => closed)]).toEqual([1, [true, false]]);
  });

  test.for([
    ['signoff', 1],
    [null, 1],
    ['other', 0],
  ] as const)('of the folder above, about %s, is %d changes', ([name, changes]) => {
    const { told, tell } = scripted(path.join(tempFolder(), 'signoff'));
    tell(name);
    vi.advanceTimersByTime(1_000);
    expect(told.changes).toBe(changes);
  });

  test('does not include a folder that came as the watch began, which is a change all the same', () => {
    const folder = path.join(tempFolder(), 'signoff');
    const { told } = scripted(folder, () => mkdirSync(folder, { recursive: true }));
    vi.advanceTimersByTime(1_000);
    expect(told.changes).toBe(1);
  });

  test('may be that it cannot go on, which is told, and the folder looked at', () => {
    const { told, fail } = scripted(tempFolder());
    const gone = new Error('EPERM');
    fail(gone);
    vi.advanceTimersByTime(100);
    expect(told).toEqual({ changes: 1, faults: [gone] });
  });
});

test.for(['before', 'after'] as const)(
  'what the system tells just %s the end of a watch is told to nobody',
  (moment) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let tell: Parameters<Watch>[2] = () => undefined;
    let closed = false;
    let changes = 0;
    const end = watchFolder(
      tempFolder(),
      () => (changes += 1),
      () => undefined,
      (_of, _options, listener) => {
        tell = listener;
        return { close: () => (closed = true), on: () => undefined };
      },
    );
    if (moment === 'before') tell('rename', 'policy.json');
    end();
    if (moment === 'after') tell('rename', 'policy.json');
    vi.advanceTimersByTime(1_000);
    expect([changes, closed]).toEqual([0, true]);
  },
);
