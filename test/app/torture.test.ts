import { expect, test } from 'vitest';
import { planRounds } from '../torture/plan.ts';
import { torture } from '../torture/torture.ts';
import { electronArgs } from './desktop.ts';

/**
 * A kill amid hand-ins, a shutdown with an agent who signed in and whose session was moved to another
 * pool, and a quit by the tray with something that cannot be ended.
 */
const SEED = 10_911;

test('a short torture', async () => {
  const report = await torture({
    seed: SEED,
    plans: planRounds(SEED, 3),
    desktop: { electronArgs },
  });
  expect(report.failures).toEqual([]);
  expect(report.sessions).toBeGreaterThan(report.signedIn);
  expect(report.signedIn).toBeGreaterThan(0);
});
