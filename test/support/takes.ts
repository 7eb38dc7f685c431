import type { Takes } from '../../scripts/vitest-tally.ts';

/** Of a test's options: what it takes that is not everywhere, for the summary where it is skipped. */
export function takes(what: string): { meta: Takes } {
  return { meta: { takes: what } };
}
