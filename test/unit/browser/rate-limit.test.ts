import { expect, test } from 'vitest';
import { createRateLimit } from '../../../main/browser/rate-limit.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const A = 'https://a.example.com';
const B = 'https://b.example.com';

function limited(each = { burst: 2, everyMs: 1_000 }, all = { burst: 3, everyMs: 500 }) {
  const clock = createFakeClock();
  return { clock, ...createRateLimit({ clock, each, all }) };
}

test('lets a burst pass, then says how long to wait', () => {
  const { take } = limited();
  expect([take(A), take(A), take(A)]).toEqual([0, 0, 1_000]);
});

test('lets one more pass after that time, and not before', async () => {
  const { take, clock } = limited();
  take(A);
  take(A);
  await clock.advance(999);
  expect(take(A)).toBeGreaterThan(0);
  await clock.advance(1);
  expect([take(A), take(A)]).toEqual([0, 1_000]);
});

test('never lets more pass at once than a burst, however long it was quiet', async () => {
  const { take, clock } = limited();
  await clock.advance(3_600_000);
  expect([take(A), take(A), take(A)]).toEqual([0, 0, 1_000]);
});

test('counts each apart, and all of them together', () => {
  const { take } = limited();
  expect([take(A), take(A), take(B)]).toEqual([0, 0, 0]);
  expect(take(B)).toBe(500);
});

test('what was refused to one is not taken from the others', () => {
  const { take } = limited();
  take(A);
  take(A);
  for (let i = 0; i < 50; i += 1) take(A);
  expect(take(B)).toBe(0);
});

test('is not put off by a machine whose clock is set', () => {
  const { take, clock } = limited();
  take(A);
  take(A);
  clock.setWallClock(86_400_000);
  expect(take(A)).toBe(1_000);
});
