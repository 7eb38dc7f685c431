import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { coalesce } from '../../../main/common/coalesce.ts';

const AFTER_MS = 100;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function counted() {
  let shown = 0;
  const show = coalesce(() => {
    shown += 1;
  }, AFTER_MS);
  return { show, shown: () => shown };
}

test('nothing is shown before its time', () => {
  const { show, shown } = counted();
  show();
  vi.advanceTimersByTime(AFTER_MS - 1);
  expect(shown()).toBe(0);
});

test('all calls until then are shown once', () => {
  const { show, shown } = counted();
  show();
  vi.advanceTimersByTime(AFTER_MS - 1);
  show();
  vi.advanceTimersByTime(AFTER_MS);
  expect(shown()).toBe(1);
});

test('a later call is shown again', () => {
  const { show, shown } = counted();
  show();
  vi.advanceTimersByTime(AFTER_MS);
  show();
  vi.advanceTimersByTime(AFTER_MS);
  expect(shown()).toBe(2);
});

test('a call that showing itself makes is shown next', () => {
  let shown = 0;
  const show = coalesce(() => {
    shown += 1;
    if (shown === 1) show();
  }, AFTER_MS);
  show();
  vi.advanceTimersByTime(2 * AFTER_MS);
  expect(shown).toBe(2);
});
