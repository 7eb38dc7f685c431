import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createPolicyCache } from '../../../main/settings/policy/policy-cache.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function lastPolicy() {
  const file = path.join(tempFolder(), 'data', 'last-policy.json');
  const faults: unknown[] = [];
  const open = () => createPolicyCache({ file, onFault: (error) => faults.push(error) });
  return { file, open, faults };
}

const POLICY = {
  machine: { allowedServers: ['https://*.example.com'], mayQuitHolding: false },
  user: { idleMinutes: 5 },
};

describe('the policy that was read last', () => {
  test('is known after a restart', () => {
    const { open, faults } = lastPolicy();
    open().save(POLICY);
    expect(open().load()).toEqual(POLICY);
    expect(faults).toEqual([]);
  });

  test('is not known where there was none, for which there is no file', () => {
    const { file, open, faults } = lastPolicy();
    open().save({ machine: {}, user: {} });
    expect(open().load()).toBe(null);
    expect([existsSync(file), faults]).toEqual([false, []]);
  });

  test('is none once it was taken away', () => {
    const { open } = lastPolicy();
    open().save(POLICY);
    open().save({ machine: {}, user: {} });
    expect(open().load()).toEqual({ machine: {}, user: {} });
  });

  test('is written only where it is another', () => {
    const { file, open } = lastPolicy();
    open().save(POLICY);
    const before = statSync(file).ino;
    open().save(POLICY);
    expect(statSync(file).ino).toBe(before);
  });

  test('holds no secret', () => {
    const { file, open } = lastPolicy();
    const proxy = 'http://ann:s3cret@proxy.example.com:8080';
    open().save({ machine: { proxy, browserHandInToken: 'not-for-the-eyes' }, user: POLICY.user });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ machine: {}, user: POLICY.user });
  });

  test.skipIf(process.platform === 'win32')('is its owner’s alone', () => {
    const { file, open } = lastPolicy();
    open().save(POLICY);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test.each(['', '[]', '{"machine": 7', '{"machine": 7, "user": "x"}'])(
    'is nothing where the file is no good (%j)',
    (text) => {
      const { file, open, faults } = lastPolicy();
      mkdirSync(path.dirname(file));
      writeFileSync(file, text);
      const { machine = {}, user = {} } = open().load() ?? {};
      expect({ machine, user, faults }).toEqual({ machine: {}, user: {}, faults: [] });
    },
  );

  test('is none where the file is no list of settings', () => {
    const { file, open } = lastPolicy();
    mkdirSync(path.dirname(file));
    writeFileSync(file, '[]');
    expect(open().load()).toBeNull();
  });

  test('that cannot be read is told of, and none', () => {
    const { file, open, faults } = lastPolicy();
    mkdirSync(file, { recursive: true });
    expect(open().load()).toBeNull();
    expect(faults).toMatchObject([{ code: 'EISDIR' }]);
  });

  test('that cannot be kept is told of, and changes nothing', () => {
    const { file, open, faults } = lastPolicy();
    // A file stands where the folder is to be made.
    writeFileSync(path.dirname(file), '');
    open().save(POLICY);
    const notAFolder = { code: expect.stringMatching(/ENOTDIR|EEXIST/) };
    // To Windows, what would be below a file is only missing when it is read.
    const ofReading = process.platform === 'win32' ? [] : [notAFolder];
    expect(faults, 'of reading and of writing').toMatchObject([...ofReading, notAFolder]);
  });
});
