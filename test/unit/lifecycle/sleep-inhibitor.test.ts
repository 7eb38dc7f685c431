import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createSleepInhibitor } from '../../../main/lifecycle/sleep-inhibitor.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const realPath = process.env['PATH'] ?? '';

/** Waits until what other processes do has come to this. */
const eventually = (check: () => boolean): Promise<boolean> =>
  vi.waitUntil(check, { timeout: 10_000, interval: 5 });

beforeEach(() => () => vi.unstubAllEnvs());

/** An inhibitor over a `systemd-inhibit` that is this shell script, or none. */
function createWorld({ script = null as string | null, platform = 'linux' as NodeJS.Platform }) {
  const folder = tempFolder();
  const log = path.join(folder, 'log');
  if (script !== null) {
    const file = path.join(folder, 'systemd-inhibit');
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }
  vi.stubEnv('LOG', log);
  vi.stubEnv('PATH', script === null ? folder : `${folder}${path.delimiter}${realPath}`);
  const faults: unknown[] = [];
  const inhibitor = createSleepInhibitor(platform, (error) => faults.push(error));
  const lines = (): string[] =>
    existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : [];
  return { inhibitor, faults, lines };
}

/** Says when it starts and when it ends, and in between runs what it is to run, as the real one does. */
const WORKS = `
echo "taken $*" >> "$LOG"
for program in "$@"; do :; done
"$program"
echo released >> "$LOG"`;

describe('without systemd-inhibit', () => {
  test('a fault is told, and nothing else happens', async () => {
    const { inhibitor, faults } = createWorld({});
    inhibitor.take();
    await eventually(() => faults.length > 0);
    expect(faults).toMatchObject([{ code: 'ENOENT', path: 'systemd-inhibit' }]);
  });

  test('there is nothing to release', async () => {
    const { inhibitor, faults } = createWorld({});
    inhibitor.take();
    await eventually(() => faults.length > 0);
    expect(() => inhibitor.release()).not.toThrow();
  });

  test('releasing before the fault is known does no harm', async () => {
    const { inhibitor, faults } = createWorld({});
    inhibitor.take();
    inhibitor.release();
    await eventually(() => faults.length > 0);
    expect(faults).toMatchObject([{ code: 'ENOENT' }]);
  });

  test('it is tried again the next time', async () => {
    const { inhibitor, faults } = createWorld({});
    inhibitor.take();
    await eventually(() => faults.length === 1);
    inhibitor.take();
    await eventually(() => faults.length === 2);
    expect(faults).toHaveLength(2);
  });
});

describe.skipIf(process.platform === 'win32')('with systemd-inhibit', () => {
  test('sleep, and only sleep, is delayed and not forbidden', async () => {
    const { inhibitor, lines } = createWorld({ script: WORKS });
    inhibitor.take();
    await eventually(() => lines().length > 0);
    inhibitor.release();
    expect(lines()[0]).toMatch(/^taken --what=sleep --mode=delay /);
  });

  test('its program lives until it is released', async () => {
    const { inhibitor, lines } = createWorld({ script: WORKS });
    inhibitor.take();
    await eventually(() => lines().length === 1);
    inhibitor.release();
    await eventually(() => lines().length === 2);
    expect(lines()[1]).toBe('released');
  });

  test('its release is no fault', async () => {
    const { inhibitor, faults, lines } = createWorld({ script: WORKS });
    inhibitor.take();
    inhibitor.release();
    await eventually(() => lines().length === 2);
    expect(faults).toEqual([]);
  });

  test('taken twice it is taken once', async () => {
    const { inhibitor, lines } = createWorld({ script: WORKS });
    inhibitor.take();
    inhibitor.take();
    inhibitor.release();
    await eventually(() => lines().includes('released'));
    expect(lines()).toHaveLength(2);
  });

  test('it can be taken again', async () => {
    const { inhibitor, lines } = createWorld({ script: WORKS });
    inhibitor.take();
    inhibitor.release();
    await eventually(() => lines().length === 2);
    inhibitor.take();
    await eventually(() => lines().length === 3);
    inhibitor.release();
    await eventually(() => lines().length === 4);
    expect(lines().map((line) => line.split(' ')[0])).toEqual([
      'taken',
      'released',
      'taken',
      'released',
    ]);
  });

  test('released without having been taken it does nothing', () => {
    const { inhibitor } = createWorld({ script: WORKS });
    expect(() => inhibitor.release()).not.toThrow();
  });

  test('a login manager that refuses is a fault', async () => {
    const { inhibitor, faults } = createWorld({ script: 'exit 1' });
    inhibitor.take();
    await eventually(() => faults.length > 0);
    expect(String(faults[0])).toBe('Error: systemd-inhibit ended by itself (1)');
  });

  test('an inhibitor that is killed is a fault', async () => {
    const { inhibitor, faults } = createWorld({ script: 'kill -TERM $$' });
    inhibitor.take();
    await eventually(() => faults.length > 0);
    expect(String(faults[0])).toBe('Error: systemd-inhibit ended by itself (SIGTERM)');
  });
});

test.each<NodeJS.Platform>(['win32', 'darwin'])('on %s nothing is started', async (platform) => {
  const { inhibitor, faults } = createWorld({ platform });
  inhibitor.take();
  // By the next turn, a program that is not there is known to be missing.
  await nextTurn();
  expect(faults).toEqual([]);
});
