import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Cipher } from '../../../main/common/sealed.ts';
import { createRemembered } from '../../../main/signin/remembered.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { toyCipher } from '../../support/toy-cipher.ts';

const SITE = 'https://support.example.com';
const ANN = { site: SITE, userName: 'ann', accountId: '12', password: 'pä:ss word' };
const NOBODY = { site: '', userName: '', accountId: '', hasPassword: false };

/** One data folder, and starts of the app on it. */
function onDisk() {
  const file = path.join(tempFolder(), 'sign-in.sealed');
  const faults: unknown[] = [];
  const start = ({
    cipher = toyCipher(),
    site = '',
    mayRemember = true,
  }: { cipher?: Cipher | null; site?: string; mayRemember?: boolean } = {}) => {
    const rules = { site, mayRemember };
    const remembered = createRemembered({
      file,
      cipher,
      rules: () => rules,
      onWriteFault: (error) => faults.push(error),
    });
    return { ...remembered, rules };
  };
  return { file, faults, start };
}

describe('who signed in last', () => {
  test('is nobody at first', () => {
    expect(onDisk().start().defaults()).toEqual(NOBODY);
  });

  test('is known to the next start, password and all', () => {
    const { start } = onDisk();
    start().keep(ANN);
    const next = start();
    const { password, ...who } = ANN;
    expect(next.defaults()).toEqual({ ...who, hasPassword: true });
    expect(next.password(SITE, 'ann')).toBe(password);
  });

  test('is known without a password where that was not to be remembered', () => {
    const { start } = onDisk();
    start().keep(ANN);
    start().keep({ ...ANN, password: null });
    expect(start().defaults()).toMatchObject({ userName: 'ann', hasPassword: false });
    expect(start().password(SITE, 'ann')).toBeNull();
  });

  test('has a password for that site and user name only', () => {
    const { start } = onDisk();
    const remembered = start();
    remembered.keep(ANN);
    expect(remembered.password(SITE, 'bob')).toBeNull();
    expect(remembered.password('https://other.example.com', 'ann')).toBeNull();
  });

  test('comes before the site that IT has laid down', () => {
    const { start } = onDisk();
    const remembered = start({ site: 'https://it.example.com' });
    expect(remembered.defaults().site).toBe('https://it.example.com');
    remembered.keep(ANN);
    expect(remembered.defaults().site).toBe(SITE);
  });
});

describe('a session to sign in to again', () => {
  const remembering = (login = ANN) => {
    const remembered = onDisk().start();
    remembered.keep(login);
    return remembered;
  };

  test('of who signed in last is known whole', () => {
    const { password: _, ...who } = ANN;
    expect(remembering().defaultsFor({ label: 'ann', accountId: '12' })).toEqual({
      ...who,
      hasPassword: true,
    });
  });

  test('of a user name longer than a label is known by what there is of it', () => {
    const userName = 'a'.repeat(120);
    expect(
      remembering({ ...ANN, userName }).defaultsFor({ label: 'a'.repeat(100), accountId: '12' }),
    ).toMatchObject({ userName, hasPassword: true });
  });

  test.each([
    { label: 'bob', accountId: '12' },
    { label: 'ann', accountId: '13' },
  ])('of somebody else gets no password: %o', ({ label, accountId }) => {
    expect(remembering().defaultsFor({ label, accountId })).toEqual({
      site: SITE,
      userName: label,
      accountId,
      hasPassword: false,
    });
  });
});

describe('the password', () => {
  test('is forgotten alone', () => {
    const { start } = onDisk();
    const remembered = start();
    remembered.keep(ANN);
    remembered.forgetPassword();
    for (const one of [remembered, start()]) {
      expect(one.defaults()).toMatchObject({ userName: 'ann', hasPassword: false });
      expect(one.password(SITE, 'ann')).toBeNull();
    }
  });

  test('is not kept where IT forbids it', () => {
    const { start } = onDisk();
    start({ mayRemember: false }).keep(ANN);
    expect(start().password(SITE, 'ann')).toBeNull();
  });

  test('counts no more once IT forbids it', () => {
    const { start } = onDisk();
    const remembered = start();
    remembered.keep(ANN);
    remembered.rules.mayRemember = false;
    expect(remembered.defaults().hasPassword).toBe(false);
    expect(remembered.password(SITE, 'ann')).toBeNull();
  });

  test('is erased where IT forbids it, and does not come back with a permission', () => {
    const { start } = onDisk();
    const remembered = start();
    remembered.keep(ANN);
    remembered.changed();
    expect(remembered.password(SITE, 'ann')).toBe(ANN.password);
    remembered.rules.mayRemember = false;
    remembered.changed();
    remembered.rules.mayRemember = true;
    for (const one of [remembered, start()]) {
      expect(one.defaults()).toMatchObject({ userName: 'ann', hasPassword: false });
      expect(one.password(SITE, 'ann')).toBeNull();
    }
  });

  test('of an earlier start is erased too where IT forbids it', () => {
    const { start } = onDisk();
    start().keep(ANN);
    start({ mayRemember: false }).changed();
    expect(start().password(SITE, 'ann')).toBeNull();
  });

  test('that there is not is nothing to write for', () => {
    const { start, file } = onDisk();
    start({ mayRemember: false }).changed();
    expect(existsSync(file)).toBe(false);
  });

  test('and all else is not readable in the file, which is its owner’s alone', () => {
    const { start, file } = onDisk();
    start().keep(ANN);
    const bytes = Buffer.from(readFileSync(file, 'utf8'), 'base64');
    for (const text of [ANN.password, ANN.userName, SITE]) {
      expect(bytes.includes(text)).toBe(false);
    }
    expect(statSync(file).mode & 0o077).toBe(0);
  });
});

describe('without encryption', () => {
  test('nothing is written, and no password is remembered', () => {
    const { start, file } = onDisk();
    const remembered = start({ cipher: null });
    remembered.keep(ANN);
    expect(existsSync(file)).toBe(false);
    expect(remembered.defaults()).toMatchObject({ userName: 'ann', hasPassword: false });
    expect(remembered.password(SITE, 'ann')).toBeNull();
  });
});

describe('a file that cannot be used', () => {
  test.each([
    ['is empty', ''],
    ['is not ours', 'junk'],
    ['holds something else', toyCipher().encrypt('{}').toString('base64')],
  ])('because it %s is taken for none, and replaced', (_why, text) => {
    const { start, file } = onDisk();
    writeFileSync(file, text);
    const remembered = start();
    expect(remembered.defaults()).toEqual(NOBODY);
    remembered.keep(ANN);
    expect(start().defaults()).toMatchObject({ userName: 'ann' });
  });

  test('because it was changed is taken for none, also where it decrypts', () => {
    const { start, file } = onDisk();
    // As on Linux and macOS: what is damaged decrypts to something else.
    const cipher: Cipher = { encrypt: Buffer.from, decrypt: (sealed) => sealed.toString() };
    start({ cipher }).keep(ANN);
    const plain = Buffer.from(readFileSync(file, 'utf8'), 'base64').toString();
    const changed = plain.replace('support.example', 'sapport.example');
    writeFileSync(file, Buffer.from(changed).toString('base64'));
    expect(start({ cipher }).defaults()).toEqual(NOBODY);
  });

  test('because another person’s encryption sealed it is taken for none', () => {
    const { start } = onDisk();
    start().keep(ANN);
    expect(start({ cipher: toyCipher('Bob') }).defaults()).toEqual(NOBODY);
  });
});

test('what the disk does not take lasts until the app ends, and is told', () => {
  const { start, file, faults } = onDisk();
  mkdirSync(file);
  const remembered = start();
  remembered.keep(ANN);
  expect(remembered.password(SITE, 'ann')).toBe(ANN.password);
  expect(faults).toHaveLength(1);
});
