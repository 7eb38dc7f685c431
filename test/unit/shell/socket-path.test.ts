import { lstatSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { controlSocketPath, knownControlSocketPath } from '../../../main/shell/cli/socket-path.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** What every system can listen at: 104 bytes on macOS, with the NUL that ends it. */
const LIMIT = 103;

describe.skipIf(process.platform === 'win32')('where the running app listens', () => {
  test('is in the data folder', () => {
    expect(controlSocketPath('/home/ann/.config/Signoff')).toBe(
      '/home/ann/.config/Signoff/control.sock',
    );
  });

  const fits = `/${'d'.repeat(LIMIT - '/control.sock'.length - 1)}`;
  test('is in the data folder as long as its path fits', () => {
    const socket = controlSocketPath(fits);
    expect(socket).toBe(path.join(fits, 'control.sock'));
    expect(Buffer.byteLength(socket)).toBe(LIMIT);
  });

  const tooLong = [
    { what: 'a byte too long', folder: `${fits}d` },
    { what: 'very long', folder: `/${'deep/'.repeat(100)}` },
    // 40 characters, but 3 bytes each.
    { what: 'short in characters but not in bytes', folder: `/${'署'.repeat(40)}` },
  ];

  test.each(tooLong)('is elsewhere and fits where the data folder is $what', ({ folder }) => {
    const socket = controlSocketPath(folder);
    expect(socket.startsWith(folder)).toBe(false);
    expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(LIMIT);
  });

  test.each(tooLong)('is the same at both ends where the data folder is $what', ({ folder }) => {
    expect(controlSocketPath(folder)).toBe(controlSocketPath(folder));
  });

  test('differs for each long data folder', () => {
    const sockets = tooLong.map(({ folder }) => controlSocketPath(folder));
    expect(new Set(sockets).size).toBe(tooLong.length);
  });

  test('is in a folder that only this user can enter, where it is not in the data folder', () => {
    const folder = lstatSync(path.dirname(controlSocketPath(`${fits}d`)));
    expect({ owner: folder.uid, others: folder.mode & 0o077 }).toEqual({
      owner: userInfo().uid,
      others: 0,
    });
  });
});

describe('on Windows the pipe', () => {
  test('has another name at each start, which nobody can guess', () => {
    const folder = tempFolder();
    const pipes = [controlSocketPath(folder, 'win32'), controlSocketPath(folder, 'win32')];
    expect(new Set(pipes).size).toBe(2);
    for (const pipe of pipes) expect(pipe).toMatch(/^\\\\\.\\pipe\\signoff-[0-9a-f]{32}$/);
  });

  test('is found by whoever may read the data folder', () => {
    const folder = tempFolder();
    expect(knownControlSocketPath(folder, 'win32')).toBeNull();
    const pipe = controlSocketPath(folder, 'win32');
    expect(knownControlSocketPath(folder, 'win32')).toBe(pipe);
  });

  test.for(['', 'signoff', '\\\\server\\pipe\\signoff-0123456789abcdef0123456789abcdef'])(
    'is not looked for under a name that is none of ours: %s',
    (written) => {
      const folder = tempFolder();
      writeFileSync(path.join(folder, 'control.pipe'), written);
      expect(knownControlSocketPath(folder, 'win32')).toBeNull();
    },
  );
});
