import { expect, test } from 'vitest';
import { createRestartAnnouncement } from '../../../main/lifecycle/restart-announcement.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

test('a restart is announced for a minute, and only once somebody has', async () => {
  const clock = createFakeClock();
  const announcement = createRestartAnnouncement(clock);
  expect(announcement.isAnnounced()).toBe(false);
  announcement.announce();
  await clock.advance(59_999);
  expect(announcement.isAnnounced()).toBe(true);
  await clock.advance(1);
  expect(announcement.isAnnounced()).toBe(false);
});

test('a later announcement counts for a minute of its own', async () => {
  const clock = createFakeClock();
  const announcement = createRestartAnnouncement(clock);
  announcement.announce();
  await clock.advance(40_000);
  announcement.announce();
  await clock.advance(40_000);
  expect(announcement.isAnnounced()).toBe(true);
});
