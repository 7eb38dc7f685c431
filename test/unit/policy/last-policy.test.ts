import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLastPolicy } from '../../../main/settings/policy/last-policy.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function lastPolicy() {
  const file = path.join(tempFolder(), 'data', 'last-policy.json');
  const faults: unknown[] = [];
  const open = () => createLastPolicy({ file, onFault: (error) => faults.push(error) });
  return { file, open, faults };
}

const POLICY = {
  machine: { allowedServers: ['https://*.example.com'], mayQuitHolding: false },
  user: { idleMinutes: 5 },
};

describe('the policy that was read last', () => {
  test('is known after a restart', () => {
    const { open, faults } = lastPolicy();
    open().keep(POLICY);
    expect(open().recall()).toEqual(POLICY);
    expect(faults).toEqual([]);
  });

  test('is not known where there was none, for which there is no file', () => {
    const { file, open } = lastPolicy();
    open().keep({ machine: {}, user: {} });
    expect(open().recall()).toBe(null);
    expect(existsSync(file)).toBe(false);
  });

  test('is none once it was taken away', () => {
    const { open } = lastPolicy();
    open().keep(POLICY);
    open().keep({ machine: {}, user: {} });
    expect(open().recall()).toEqual({ machine: {}, user: {} });
  });

  test('is written only where it is another', () => {
    const { file, open } = lastPolicy();
    open().keep(POLICY);
    const before = statSync(file).ino;
    open().keep(POLICY);
    expect(statSync(file).ino).toBe(before);
  });

  test('holds no secret', () => {
    const { file, open } = lastPolicy();
    const proxy = 'http://ann:s3cret@proxy.example.com:8080';
    open().keep({ machine: { proxy, browserHandInToken: 'not-for-the-eyes' }, user: POLICY.user });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ machine: {}, user: POLICY.user });
  });

  test.skipIf(process.platform === 'win32')('is its owner’s alone', () => {
    const { file, open } = lastPolicy();
    open().keep(POLICY);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test.each(['', '[]', '{"machine": 7', '{"machine": 7, "user": "x"}'])(
    'is nothing where the file is no good (%j)',
    (text) => {
      const { file, open, faults } = lastPolicy();
      mkdirSync(path.dirname(file));
      writeFileSync(file, text);
      const { machine = {}, user = {} } = open().recall() ?? {};
      expect({ machine, user, faults }).toEqual({ machine: {}, user: {}, faults: [] });
    },
  );

  test('that cannot be kept is told of, and changes nothing', () => {
    const { file, open, faults } = lastPolicy();
    mkdirSync(file, { recursive: true });
    open().keep(POLICY);
    expect(faults.length).toBeGreaterThan(0);
  });
});
