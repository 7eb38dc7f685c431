import { expect, test } from 'vitest';
import { systemRoot } from '../../../main/common/system-root.ts';

const ASIDE = String.raw`D:\WINNT`;
const USUAL = String.raw`C:\Windows`;

test('Windows is where it usually is, whatever the variable says', () => {
  expect(systemRoot({ SystemRoot: ASIDE }, () => true)).toBe(USUAL);
});

test('Windows is where the variable says, if it is not there', () => {
  expect(systemRoot({ SystemRoot: ASIDE }, () => false)).toBe(ASIDE);
});

test.each([undefined, '', '.', String.raw`.\Windows`, String.raw`\Windows`, 'D:', 'D:Windows'])(
  'a variable that names the current folder, or one below it, does not count (%j)',
  (named) => {
    expect(systemRoot({ SystemRoot: named }, () => false)).toBe(USUAL);
  },
);
