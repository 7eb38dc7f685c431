import { describe, expect, test } from 'vitest';
import { createPresenceTracker } from '../../../main/presence/presence-tracker.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

/** The edges of what `presence.test.ts` shows in whole. */
function createWorld() {
  const clock = createFakeClock();
  const limit = { absentAfterMs: 240_000 };
  let changes = 0;
  const tracker = createPresenceTracker({
    clock,
    absentAfterMs: () => limit.absentAfterMs,
    onChange: () => (changes += 1),
  });
  return { clock, limit, tracker, changes: () => changes };
}

describe('a poll that was cut off', () => {
  test.for([
    [6_999, false],
    [7_000, true],
    [45_000, true],
    [45_001, false],
  ] as const)('after %d ms had reached the server: %s', async ([openMs, reached]) => {
    const { clock, tracker } = createWorld();
    tracker.pollSent();
    await clock.advance(openMs);
    expect(tracker.pollFailed('disconnected')).toBe(reached);
  });

  test('has reached the server also after one that was answered', async () => {
    const { clock, tracker } = createWorld();
    tracker.pollSent();
    tracker.pollAnswered();
    tracker.pollSent();
    await clock.advance(10_000);
    expect(tracker.pollFailed('disconnected')).toBe(true);
  });
});

test.for([
  [45_000, 'present'],
  [45_001, 'reconnecting'],
] as const)('a last contact %d ms ago leaves the agent %s', async ([agoMs, state]) => {
  const { clock, tracker } = createWorld();
  await clock.advance(agoMs);
  tracker.checkFreshness();
  expect(tracker.presence().state).toBe(state);
});

describe('a chat that is offered', () => {
  test('is shown, present or not, until two minutes have passed without another offer', async () => {
    const { clock, tracker, changes } = createWorld();
    tracker.chatOffered();
    await clock.advance(60_000);
    const secondAt = clock.now();
    tracker.chatOffered();
    expect(tracker.presence()).toEqual({
      state: 'present',
      dropsAt: null,
      chatOfferedAt: secondAt,
    });
    tracker.pollFailed('error-answer');
    await clock.advance(119_999);
    expect(tracker.presence()).toMatchObject({ state: 'reconnecting', chatOfferedAt: secondAt });
    const before = changes();
    await clock.advance(1);
    expect(tracker.presence()).not.toHaveProperty('chatOfferedAt');
    expect(changes() - before).toBe(1);
  });

  test('is shown no more once polling has stopped', async () => {
    const { clock, tracker, changes } = createWorld();
    tracker.chatOffered();
    tracker.stop();
    await clock.advance(120_000);
    expect(changes()).toBe(1);
    tracker.checkFreshness();
    expect(tracker.presence()).not.toHaveProperty('chatOfferedAt');
  });
});

describe('a change', () => {
  test('is told of once', () => {
    const { tracker, changes } = createWorld();
    tracker.pollFailed('error-answer');
    tracker.pollFailed('error-answer');
    expect(changes()).toBe(1);
  });

  test('of the limit alone is one, while the agent is about to be dropped', () => {
    const { tracker, limit, changes } = createWorld();
    tracker.pollFailed('error-answer');
    limit.absentAfterMs = 120_000;
    tracker.checkFreshness();
    expect(changes()).toBe(2);
  });
});
