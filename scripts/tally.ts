import * as z from 'zod';

/** The results of checks or tests. */
export const tally = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.array(z.object({ name: z.string(), why: z.string() })),
});

export type Tally = z.infer<typeof tally>;

export const noTally: Tally = { passed: 0, failed: 0, skipped: [] };

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    skipped: tallies.flatMap(({ skipped }) => skipped),
  };
}

/** The last lines of a test run: one for each reason to skip, then the count. */
export function summary({ passed, failed, skipped }: Tally): string[] {
  const byReason = Map.groupBy(skipped, ({ why }) => why);
  const reasons = [...byReason].map(([why, [first, ...more]]) => {
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return `skipped: ${first?.name}${others}: ${why}`;
  });
  return [...reasons, `${passed} passed, ${failed} failed`];
}
