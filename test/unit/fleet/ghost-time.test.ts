import { expect, test } from 'vitest';
import { createGhostTime } from '../../../main/fleet/ghost-time.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { failedReceipt, receipt } from '../../support/receipts.ts';

function newGhostTime() {
  const clock = createFakeClock();
  const ghostTime = createGhostTime(clock);
  const began = (): void => ghostTime.progressed(['held-1'], () => true);
  return { clock, ghostTime, began };
}

test('it goes from the cause to the confirmed end', async () => {
  const { clock, ghostTime, began } = newGhostTime();
  began();
  await clock.advance(300);
  began();
  await clock.advance(200);
  expect(ghostTime.ended(receipt())).toBe(500);
});

test('it spans sign-offs that failed', async () => {
  const { clock, ghostTime, began } = newGhostTime();
  began();
  await clock.advance(4000);
  expect(ghostTime.ended(failedReceipt({ outcome: 'unreachable' }))).toBeNull();
  await clock.advance(60_000);
  began();
  await clock.advance(100);
  expect(ghostTime.ended(receipt({ cause: 'leftover' }))).toBe(64_100);
});

test('an agent who asked in vain is still there: it begins anew with the next cause', async () => {
  const { clock, ghostTime, began } = newGhostTime();
  began();
  await clock.advance(1000);
  ghostTime.ended(failedReceipt({ cause: 'asked' }));
  await clock.advance(3_600_000);
  began();
  await clock.advance(70);
  expect(ghostTime.ended(receipt())).toBe(70);
});

test('it is not known for a session whose sign-off was not seen', () => {
  const { ghostTime } = newGhostTime();
  ghostTime.progressed(['held-1'], () => false);
  expect(ghostTime.ended(receipt())).toBeNull();
});
