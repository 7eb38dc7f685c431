import { describe, expect, test } from 'vitest';
import type { SessionSign } from '../../../main/lifecycle/away.ts';
import { createLockCheck, createSessionWatch } from '../../../main/lifecycle/session-watch.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

function lockCheck() {
  const clock = createFakeClock();
  const world = { locked: false };
  const signs: SessionSign[] = [];
  const check = createLockCheck({ isLocked: () => world.locked, clock });
  check.onSign((sign) => signs.push(sign));
  return { clock, world, signs, check };
}

describe('asking Windows', () => {
  test('tells within seconds that the session is found locked, and that it is no more, each once', async () => {
    const { clock, world, signs, check } = lockCheck();
    check.start();
    await clock.advance(60_000);
    expect(signs).toEqual([]);
    world.locked = true;
    await clock.advance(6_000);
    expect(signs).toEqual(['found-locked']);
    await clock.advance(60_000);
    world.locked = false;
    await clock.advance(60_000);
    expect(signs).toEqual(['found-locked', 'found-unlocked']);
  });

  test('leaves Electron time to tell of a lock itself', async () => {
    const { clock, world, signs, check } = lockCheck();
    check.start();
    world.locked = true;
    await clock.advance(5_900);
    expect(signs).toEqual([]);
  });

  test('does not tell of what is over before it is sure', async () => {
    const { clock, world, signs, check } = lockCheck();
    check.start();
    world.locked = true;
    await clock.advance(5_500);
    world.locked = false;
    await clock.advance(60_000);
    expect(signs).toEqual([]);
  });

  test('ends when it is stopped, and begins anew', async () => {
    const { clock, world, signs, check } = lockCheck();
    check.start();
    check.start();
    world.locked = true;
    await clock.advance(10_000);
    check.stop();
    expect(clock.waiting()).toBe(0);
    check.start();
    await clock.advance(10_000);
    expect(signs).toEqual(['found-locked', 'found-locked']);
  });
});

test.each<{ platform: NodeJS.Platform; sessionId: string | null }>([
  { platform: 'darwin', sessionId: null },
  { platform: 'linux', sessionId: null },
])('on $platform without a session of logind, nothing runs', ({ platform, sessionId }) => {
  const clock = createFakeClock();
  const faults: unknown[] = [];
  const watch = createSessionWatch({
    platform,
    isLocked: () => true,
    sessionId,
    clock,
    onFault: (error) => faults.push(error),
  });
  watch.onSign(() => undefined);
  watch.start();
  watch.stop();
  expect([clock.waiting(), faults]).toEqual([0, []]);
});

test('Windows is asked', () => {
  const clock = createFakeClock();
  createSessionWatch({
    platform: 'win32',
    isLocked: () => true,
    sessionId: null,
    clock,
    onFault: () => undefined,
  }).start();
  expect(clock.waiting()).toBe(1);
});
