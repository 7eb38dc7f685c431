import { expect, test } from 'vitest';
import { planRounds } from '../torture/plan.ts';
import { torture } from '../torture/torture.ts';
import { electronArgs } from './desktop.ts';

/**
 * A kill after which nobody but the supervisor starts the app, a quit by the tray with something that cannot be ended,
 * a kill amid hand-ins, and a shutdown with an agent who signed in and whose session was moved to another pool.
 */
const SEED = 542_949;

test('a short torture', async () => {
  const report = await torture({
    seed: SEED,
    plans: planRounds(SEED, 4),
    desktop: { electronArgs },
  });
  expect(report.failures).toEqual([]);
  expect(report.sessions).toBeGreaterThan(report.signedIn);
  expect(report.signedIn).toBeGreaterThan(0);
  const supervised = report.ghosts.find(({ cause }) => cause === 'killed, and nobody starts it');
  expect(supervised?.later.count).toBe(2);
  // Some 15 s where nothing else runs.
}, 240_000);
