import { describe, expect, test } from 'vitest';
import {
  isOpenElsewhere,
  retryAsideWhileBusy,
  retryWhileBusy,
} from '../../../main/common/retry-while-busy.ts';

const diskError = (code: string): Error => Object.assign(new Error(code), { code });

/** Refuses so many times, then gives what it is asked for. */
function refusing(code: string, times: number) {
  let calls = 0;
  return {
    calls: () => calls,
    act(): string {
      calls += 1;
      if (calls <= times) throw diskError(code);
      return 'done';
    },
  };
}

test.each(['EBUSY', 'EMFILE', 'ENFILE', 'EAGAIN'])(
  'what is busy is tried again: %s',
  async (code) => {
    expect(retryWhileBusy(refusing(code, 3).act)).toBe('done');
    const { act } = refusing(code, 3);
    expect(await retryAsideWhileBusy(async () => act())).toBe('done');
  },
);

test.each(['ENOENT', 'ENOSPC', 'EISDIR'])(
  'any other fault is none to wait for: %s',
  async (code) => {
    const { act, calls } = refusing(code, 1);
    expect(() => retryWhileBusy(act)).toThrow(code);
    expect(calls()).toBe(1);
    const aside = refusing(code, 1);
    await expect(retryAsideWhileBusy(async () => aside.act())).rejects.toThrow(code);
    expect(aside.calls()).toBe(1);
  },
);

test('what stays busy fails with what the disk says', async () => {
  expect(() => retryWhileBusy(refusing('EBUSY', Infinity).act, 30)).toThrow('EBUSY');
  const { act } = refusing('EBUSY', Infinity);
  await expect(retryAsideWhileBusy(async () => act(), 30)).rejects.toThrow('EBUSY');
});

describe('a file that another program has open', () => {
  test.each(['EPERM', 'EACCES'])('is told by %s on Windows only', (code) => {
    expect(isOpenElsewhere(diskError(code), 'win32')).toBe(true);
    expect(isOpenElsewhere(diskError(code), 'linux')).toBe(false);
  });

  test('is told by EBUSY everywhere', () => {
    expect(isOpenElsewhere(diskError('EBUSY'), 'win32')).toBe(true);
    expect(isOpenElsewhere(diskError('EBUSY'), 'linux')).toBe(true);
  });

  test('is none where there is no such code', () => {
    expect(isOpenElsewhere(diskError('ENOENT'), 'win32')).toBe(false);
    expect(isOpenElsewhere(new Error('EPERM'), 'win32')).toBe(false);
  });
});
