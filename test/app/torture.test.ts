import { expect, test } from 'vitest';
import { planRounds } from '../torture/plan.ts';
import { torture } from '../torture/torture.ts';
import { electronArgs } from './desktop.ts';

/** A shutdown, a kill amid hand-ins, and a quit by the tray with something that cannot be ended. */
const SEED = 296;

test('a short torture', async () => {
  const report = await torture({
    seed: SEED,
    plans: planRounds(SEED, 3),
    desktop: { electronArgs },
  });
  expect(report.failures).toEqual([]);
  expect(report.sessions).toBeGreaterThan(0);
});
