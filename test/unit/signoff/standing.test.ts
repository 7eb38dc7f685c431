import { describe, expect, test } from 'vitest';
import { createStanding } from '../../../main/signoff/standing.ts';
import type { Receipt } from '../../../main/results/receipt.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { receipt } from '../../support/receipts.ts';

const ABSENT_MS = 360_000;

const UNCONFIRMED = receipt({
  outcome: 'unconfirmed',
  error: { code: 'NOT_CONFIRMED', message: 'Forbidden', status: 403 },
  answeredBy: { kind: 'gateway', name: null },
});

function createWorld() {
  const clock = createFakeClock();
  const standing = createStanding({ clock, absentAfterMs: () => ABSENT_MS });
  return { clock, standing, hear: (made: Receipt) => standing.isOutlived(made) };
}

describe('an answer that confirms nothing', () => {
  test('is outlived once it has stood for longer than an absent agent is kept', async () => {
    const { clock, hear } = createWorld();
    expect(hear(UNCONFIRMED)).toBe(false);
    await clock.advance(ABSENT_MS);
    expect(hear(UNCONFIRMED)).toBe(false);
    await clock.advance(1);
    expect(hear({ ...UNCONFIRMED, cause: 'leftover' })).toBe(true);
  });

  test('of one session says nothing of another', async () => {
    const { clock, hear } = createWorld();
    hear(UNCONFIRMED);
    await clock.advance(ABSENT_MS + 1);
    expect(hear({ ...UNCONFIRMED, heldId: 'held-2' })).toBe(false);
  });

  test.for<[what: string, other: Receipt]>([
    ['another status', { ...UNCONFIRMED, error: { code: '', message: '', status: 200 } }],
    ['another answerer', { ...UNCONFIRMED, answeredBy: { kind: 'sign-in', name: null } }],
    ['a refusal', receipt({ outcome: 'refused' })],
    ['an error in the server', receipt({ outcome: 'server-error' })],
    ['another address’s answer', receipt({ outcome: 'not-found' })],
  ])('begins anew after %s', async ([, other]) => {
    const { clock, hear } = createWorld();
    hear(UNCONFIRMED);
    await clock.advance(ABSENT_MS);
    expect(hear(other)).toBe(false);
    await clock.advance(1);
    expect(hear(UNCONFIRMED)).toBe(false);
  });

  test.for(['unreachable', 'timed-out'] as const)(
    'stands while nobody answers: %s',
    async (outcome) => {
      const { clock, hear } = createWorld();
      hear(UNCONFIRMED);
      await clock.advance(ABSENT_MS);
      expect(hear(receipt({ outcome }))).toBe(false);
      await clock.advance(1);
      expect(
        hear({ ...UNCONFIRMED, error: { code: 'NOT_CONFIRMED', message: 'Again', status: 403 } }),
      ).toBe(true);
    },
  );

  test('begins anew where somebody is at work in the session again', async () => {
    const { clock, standing, hear } = createWorld();
    hear(UNCONFIRMED);
    await clock.advance(ABSENT_MS + 1);
    standing.forget('held-1');
    expect(hear(UNCONFIRMED)).toBe(false);
  });
});
