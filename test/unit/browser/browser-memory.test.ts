import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { BROWSER_MEMORY_FILE, createBrowserMemory } from '../../../main/browser/browser-memory.ts';
import type { Cipher } from '../../../main/common/sealed.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { toyCipher } from '../../support/toy-cipher.ts';

const A = 'https://a.example.com';
const B = 'https://b.example.com';
/** As on Linux and macOS: what is damaged decrypts to something else. */
const weak: Cipher = { encrypt: Buffer.from, decrypt: (sealed) => sealed.toString() };

/** One data folder, and starts of the app on it. */
function onDisk() {
  const file = path.join(tempFolder(), BROWSER_MEMORY_FILE);
  const faults: unknown[] = [];
  const start = (cipher: Cipher | null = toyCipher()) =>
    createBrowserMemory({ file, cipher, onWriteFault: (error) => faults.push(error) });
  return { file, faults, start };
}

describe('the token', () => {
  test('is of 256 bits, fit for a header, and another one for everybody', () => {
    const token = onDisk().start().token();
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(onDisk().start().token()).not.toBe(token);
  });

  test('is made only once it is asked for, and stays the same over starts', () => {
    const { start, file } = onDisk();
    const memory = start();
    expect(existsSync(file)).toBe(false);
    const token = memory.token();
    expect(memory.token()).toBe(token);
    expect(start().token()).toBe(token);
  });

  test('and who is approved cannot be read in the file, which is its owner’s alone', () => {
    const { start, file } = onDisk();
    const memory = start();
    memory.approve(A);
    const sealed = Buffer.from(readFileSync(file, 'utf8'), 'base64');
    for (const text of [memory.token(), A]) expect(sealed.includes(text)).toBe(false);
    expect(statSync(file).mode & 0o077).toBe(0);
  });
});

describe('an approval', () => {
  test('lasts over starts, for exactly that origin', () => {
    const { start } = onDisk();
    start().approve(A);
    expect(start().isApproved(A)).toBe(true);
    for (const other of [B, `${A}:8443`, 'http://a.example.com', 'https://a.example.co']) {
      expect(start().isApproved(other)).toBe(false);
    }
  });

  test('is forgotten once its origin leaves the list, for good; the token stays', () => {
    const { start } = onDisk();
    const memory = start();
    const token = memory.token();
    memory.approve(A);
    memory.approve(B);
    memory.retain((origin) => origin === B);
    for (const one of [memory, start()]) {
      expect([one.isApproved(A), one.isApproved(B), one.token()]).toEqual([false, true, token]);
    }
  });
});

test('without encryption all of it lasts until the app ends, and nothing is written', () => {
  const { start, file } = onDisk();
  const memory = start(null);
  memory.approve(A);
  expect(memory.isApproved(A)).toBe(true);
  expect(memory.token()).toBe(memory.token());
  expect(existsSync(file)).toBe(false);
  expect(start(null).isApproved(A)).toBe(false);
  expect(start(null).token()).not.toBe(memory.token());
});

describe('a file that cannot be used means a new token and nobody approved', () => {
  test.each([
    ['empty', ''],
    ['not ours', 'junk'],
    ['something else', toyCipher().encrypt('{}').toString('base64')],
  ])('because it is %s; it is replaced', (_why, text) => {
    const { start, file } = onDisk();
    writeFileSync(file, text);
    const memory = start();
    expect(memory.isApproved(A)).toBe(false);
    const token = memory.token();
    expect(start().token()).toBe(token);
  });

  test('because it was sealed for another person', () => {
    const { start } = onDisk();
    const memory = start();
    memory.approve(A);
    const other = start(toyCipher('Bob'));
    expect(other.isApproved(A)).toBe(false);
    expect(other.token()).not.toBe(memory.token());
  });

  test.each([
    ['turns damage down', toyCipher()],
    ['decrypts damage to something else', weak],
  ])('wherever in it a bit was turned, with an encryption that %s', (_what, cipher) => {
    const { start, file } = onDisk();
    const memory = start(cipher);
    memory.approve(A);
    const sealed = Buffer.from(readFileSync(file, 'utf8'), 'base64');
    for (let at = 0; at < sealed.length; at += 1) {
      const damaged = Buffer.from(sealed);
      damaged.writeUInt8(sealed.readUInt8(at) ^ 1, at);
      writeFileSync(file, damaged.toString('base64'));
      const next = start(cipher);
      expect(next.isApproved(A), `byte ${at}`).toBe(false);
      expect(next.token(), `byte ${at}`).not.toBe(memory.token());
    }
  });

  test('wherever it was cut off', () => {
    const { start, file } = onDisk();
    const memory = start(weak);
    memory.approve(A);
    const sealed = Buffer.from(readFileSync(file, 'utf8'), 'base64');
    for (let length = 0; length < sealed.length; length += 1) {
      writeFileSync(file, sealed.subarray(0, length).toString('base64'));
      expect(start(weak).isApproved(A), `${length} bytes`).toBe(false);
    }
  });
});

test('what the disk does not take lasts until the app ends, and is told', () => {
  const { start, file, faults } = onDisk();
  mkdirSync(file);
  const memory = start();
  memory.approve(A);
  expect(memory.isApproved(A)).toBe(true);
  expect(memory.token()).toBe(memory.token());
  expect(faults).toHaveLength(2);
});
