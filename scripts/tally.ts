import * as z from 'zod';

/** How tests ended, in a form that can be added up and written to a file. */
export const tally = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.array(z.object({ name: z.string(), why: z.string() })),
});

export type Tally = z.infer<typeof tally>;

/** The sum as the one line that ends a test run. */
export function summary({ passed, failed, skipped }: Tally): string {
  const counts = `${passed} passed, ${failed} failed`;
  return skipped.length === 0 ? counts : `${counts}, ${skipped.length} skipped`;
}
