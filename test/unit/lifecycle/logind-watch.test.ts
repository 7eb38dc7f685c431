import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  createLogindWatch,
  createSignReader,
  sessionPath,
} from '../../../main/lifecycle/logind-watch.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const AT = '/org/freedesktop/login1/session/_32: org.freedesktop';
const LOCK = `${AT}.login1.Session.Lock ()`;
const UNLOCK = `${AT}.login1.Session.Unlock ()`;
const changed = (what: string): string =>
  `${AT}.DBus.Properties.PropertiesChanged ('org.freedesktop.login1.Session', {${what}}, @as [])`;
const HINT = changed("'LockedHint': <true>");
const NO_HINT = changed("'LockedHint': <false>");

/** What these lines come to. */
const read = (...lines: string[]): string[] => {
  const signs = createSignReader();
  return lines.flatMap((line) => signs(line));
};

describe('the lines of gdbus', () => {
  test.each<{ name: string; lines: string[]; signs: string[] }>([
    { name: 'a desktop that locks', lines: [HINT, NO_HINT], signs: ['locked', 'unlocked'] },
    {
      name: 'a lock that is asked for, and set',
      lines: [LOCK, HINT, NO_HINT],
      signs: ['locked', 'unlocked'],
    },
    { name: 'a lock that is asked for once it is set', lines: [HINT, LOCK], signs: ['locked'] },
    {
      name: 'a desktop that says nothing of its locks',
      lines: [LOCK, LOCK, UNLOCK],
      signs: ['locked', 'locked', 'unlocked'],
    },
    {
      name: 'one lock after the other',
      lines: [LOCK, HINT, UNLOCK, NO_HINT, HINT],
      signs: ['locked', 'unlocked', 'unlocked', 'locked'],
    },
    {
      name: 'another session on the screen, and back',
      lines: [changed("'Active': <false>"), changed("'Active': <true>")],
      signs: ['disconnected', 'reconnected'],
    },
    {
      name: 'both at once',
      lines: [changed("'Active': <false>, 'IdleHint': <true>, 'LockedHint': <true>")],
      signs: ['locked', 'disconnected'],
    },
    {
      name: 'what is none of it',
      lines: [
        'Monitoring signals on object /org/freedesktop/login1/session/_32',
        'The name org.freedesktop.login1 is owned by :1.2',
        changed("'IdleHint': <true>"),
        changed("'Desktop': <'LockedHint'>"),
        `${AT}.login1.Session.PauseDevice (uint32 1, 2, 'Lock ()')`,
        '',
      ],
      signs: [],
    },
  ])('$name', ({ lines, signs }) => {
    expect(read(...lines)).toEqual(signs);
  });
});

test.each([
  ['2', '_32'],
  ['c1', 'c1'],
  ['10', '_310'],
  ['a-b_c', 'a_2db_5fc'],
])('the session %s is at …/%s', (id, name) => {
  expect(sessionPath(id)).toBe(`/org/freedesktop/login1/session/${name}`);
});

describe.runIf(process.platform === 'linux')('watching', () => {
  const realPath = process.env['PATH'] ?? '';
  beforeEach(() => () => vi.unstubAllEnvs());

  /** A watch over a `gdbus` that is this shell script; none where it is null. */
  function watchOver(script: string | null) {
    const folder = tempFolder();
    if (script !== null) {
      const file = path.join(folder, 'gdbus');
      writeFileSync(file, `#!/bin/sh\n${script}\n`);
      chmodSync(file, 0o755);
    }
    vi.stubEnv('PATH', script === null ? folder : `${folder}${path.delimiter}${realPath}`);
    const faults: unknown[] = [];
    const signs: string[] = [];
    const watch = createLogindWatch('2', (error) => faults.push(error));
    watch.onSign((sign) => signs.push(sign));
    return { watch, faults, signs };
  }
  const eventually = (check: () => boolean): Promise<boolean> =>
    vi.waitUntil(check, { timeout: 10_000, interval: 5 });

  test('tells what the program says, until it is stopped', async () => {
    const { watch, faults, signs } = watchOver(`echo "${HINT}"; exec sleep 600`);
    watch.start();
    watch.start();
    await eventually(() => signs.length > 0);
    watch.stop();
    watch.start();
    await eventually(() => signs.length > 1);
    watch.stop();
    watch.stop();
    expect([signs, faults]).toEqual([['locked', 'locked'], []]);
  });

  test('asks for this session’s signals', async () => {
    const { watch, signs } = watchOver(
      `[ "$*" = "monitor --system --dest org.freedesktop.login1 --object-path ${sessionPath('2')}" ] && echo "${HINT}"
      exec sleep 600`,
    );
    watch.start();
    await eventually(() => signs.length > 0);
    watch.stop();
    expect(signs).toEqual(['locked']);
  });

  test('tells of a program that is not there, and tries again the next time', async () => {
    const { watch, faults } = watchOver(null);
    watch.start();
    await eventually(() => faults.length === 1);
    watch.start();
    await eventually(() => faults.length === 2);
    expect(faults).toMatchObject([{ code: 'ENOENT' }, { code: 'ENOENT' }]);
  });

  test('tells of a program that ends by itself', async () => {
    const { watch, faults } = watchOver('exit 1');
    watch.start();
    await eventually(() => faults.length > 0);
    expect(String(faults[0])).toBe('Error: gdbus monitor ended by itself (1)');
  });
});
