import { once } from 'node:events';
import { lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { firstLine } from '../../../main/common/socket-line.ts';
import {
  type ControlEndpoint,
  isProof,
  knownControlEndpoint,
  openControlEndpoint,
  proofOf,
  removeControlEndpoint,
} from '../../../main/shell/cli/control-endpoint.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** What every system can listen at: 104 bytes on macOS, with the NUL that ends it. */
const LIMIT = 103;

const socketPath = (folder: string): string => openControlEndpoint(folder, 'darwin').path;

describe.skipIf(process.platform === 'win32')('where the running app listens', () => {
  test('is in the data folder', () => {
    expect(socketPath('/home/ann/.config/Signoff')).toBe('/home/ann/.config/Signoff/control.sock');
  });

  const fits = `/${'d'.repeat(LIMIT - '/app-1234567-12345678.sock'.length - 1)}`;
  test('is in the data folder as long as its path fits', () => {
    const socket = socketPath(fits);
    expect(socket).toBe(path.join(fits, 'control.sock'));
  });

  const tooLong = [
    { what: 'a byte too long', folder: `${fits}d` },
    { what: 'very long', folder: `/${'deep/'.repeat(100)}` },
    // 40 characters, but 3 bytes each.
    { what: 'short in characters but not in bytes', folder: `/${'署'.repeat(40)}` },
  ];

  test.each(tooLong)('is elsewhere and fits where the data folder is $what', ({ folder }) => {
    const socket = socketPath(folder);
    expect(socket.startsWith(folder)).toBe(false);
    expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(LIMIT);
  });

  test.each(tooLong)('is the same at both ends where the data folder is $what', ({ folder }) => {
    expect(socketPath(folder)).toBe(socketPath(folder));
  });

  test.runIf(process.platform === 'linux')(
    'is in the data folder however long its path is, and is found there',
    async () => {
      const folder = path.join(tempFolder(), ...Array.from({ length: 10 }, () => 'deep-folder'));
      expect(knownControlEndpoint(folder)).toBeNull();
      mkdirSync(folder, { recursive: true });
      const server = createServer((socket) => socket.end('heard\n'));
      server.listen(openControlEndpoint(folder).path);
      await once(server, 'listening');
      expect(readdirSync(folder)).toEqual(['control.sock']);
      const socket = connect(knownControlEndpoint(folder)?.path ?? '');
      expect(await firstLine(socket)).toBe('heard');
      server.close();
    },
  );

  test('differs for each long data folder', () => {
    const sockets = tooLong.map(({ folder }) => socketPath(folder));
    expect(new Set(sockets).size).toBe(tooLong.length);
  });

  test('is in a folder that only this user can enter, where it is not in the data folder', () => {
    const folder = lstatSync(path.dirname(socketPath(`${fits}d`)));
    expect({ owner: folder.uid, others: folder.mode & 0o077 }).toEqual({
      owner: userInfo().uid,
      others: 0,
    });
  });
});

describe('on Windows the pipe', () => {
  const open = (folder: string): ControlEndpoint => openControlEndpoint(folder, 'win32');

  test('has another name and another secret at each start, which nobody can guess', () => {
    const folder = tempFolder();
    const endpoints = [open(folder), open(folder)];
    expect(new Set(endpoints.map((endpoint) => endpoint.path)).size).toBe(2);
    expect(new Set(endpoints.map(({ secret }) => secret)).size).toBe(2);
    for (const endpoint of endpoints) {
      expect(endpoint.path).toMatch(/^\\\\\.\\pipe\\signoff-[0-9a-f]{32}$/);
      expect(endpoint.secret).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test('is found by whoever may read the machine’s folder, until the app has gone', () => {
    const folder = tempFolder();
    expect(knownControlEndpoint(folder, 'win32')).toBeNull();
    const endpoint = open(folder);
    expect(knownControlEndpoint(folder, 'win32')).toEqual(endpoint);
    removeControlEndpoint(folder, 'win32');
    expect(knownControlEndpoint(folder, 'win32')).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
    // As the next one to go finds it.
    removeControlEndpoint(folder, 'win32');
  });

  const name = '\\\\.\\pipe\\signoff-0123456789abcdef0123456789abcdef';
  test.for([
    '',
    'signoff',
    name,
    `${name}\nsecret`,
    `\\\\server\\pipe\\signoff-0123456789abcdef0123456789abcdef\n${'0'.repeat(64)}`,
  ])('is not looked for by what is none of ours: %s', (written) => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'control.pipe'), written);
    expect(knownControlEndpoint(folder, 'win32')).toBeNull();
  });

  test('is proved by its secret alone, and for one number alone', () => {
    expect(isProof('secret', '17', proofOf('secret', '17'))).toBe(true);
    for (const other of [proofOf('other', '17'), proofOf('secret', '18'), '', 'secret']) {
      expect(isProof('secret', '17', other)).toBe(false);
    }
  });
});
