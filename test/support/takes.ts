import type {} from '../../scripts/vitest-tally.ts';

/** Of a test's options: what it takes that is not everywhere, for the summary where it is skipped. */
export function takes(what: string) {
  return { meta: { takes: what } };
}
