import { expect, test } from 'vitest';
import { planRounds } from '../torture/plan.ts';
import { torture } from '../torture/torture.ts';
import { electronArgs } from './desktop.ts';

/**
 * A quit by the tray with something that cannot be ended, a shutdown with an agent who signed in and whose
 * session was moved to another pool, and a kill amid hand-ins.
 */
const SEED = 146_394;

test('a short torture', async () => {
  const report = await torture({
    seed: SEED,
    plans: planRounds(SEED, 3),
    desktop: { electronArgs },
  });
  expect(report.failures).toEqual([]);
  expect(report.sessions).toBeGreaterThan(report.signedIn);
  expect(report.signedIn).toBeGreaterThan(0);
  // Some 15 s where nothing else runs.
}, 240_000);
