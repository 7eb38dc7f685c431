import { expect, test } from 'vitest';
import { survive, survived } from '../../../main/common/survive.ts';
import { collectUncaught } from '../../support/uncaught.ts';

const BROKEN = new Error('broken');

test('what goes well is handed on, and nothing is reported', async () => {
  const { errors } = collectUncaught();
  expect(survive(() => 1, 2)).toBe(1);
  expect(await survived(async () => 1, 2)).toBe(1);
  expect(errors()).toEqual([]);
});

test('what throws or rejects has its other value, and is reported as uncaught', async () => {
  const { errors } = collectUncaught();
  const throws = (): never => {
    throw BROKEN;
  };
  expect(survive(throws, 2)).toBe(2);
  expect(await survived(throws, 2)).toBe(2);
  expect(await survived(() => Promise.reject(BROKEN), 2)).toBe(2);
  expect(errors()).toEqual([BROKEN, BROKEN, BROKEN]);
});
