import type { SignOffCause } from '../../main/results/receipt.ts';

/** What a cause may take, in milliseconds, as the design has it: by hand, so that a changed default is noticed. */
export const PROMISED_MS: Readonly<Record<SignOffCause, number>> = {
  asked: 10_000,
  quit: 5_000,
  shutdown: 4_000,
  signal: 4_000,
  suspend: 4_000,
  lock: 10_000,
  idle: 10_000,
  leftover: 30_000,
};

/** For writing it all down. */
const SLACK_MS = 1_000;

/** How long a piece of work took, and the most that it might have. */
export interface Kept {
  readonly tookMs: number;
  readonly mostMs: number;
}

/** Does work that has a budget beside a plain timer of the same length: on a busy machine both are late. */
export async function withinBudget<T>(
  ms: number,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly kept: Kept }> {
  const startedAt = performance.now();
  const fired = Promise.withResolvers<number>();
  const timer = setTimeout(() => fired.resolve(performance.now() - startedAt), ms);
  const result = await work();
  const tookMs = performance.now() - startedAt;
  if (tookMs >= ms) return { result, kept: { tookMs, mostMs: (await fired.promise) + SLACK_MS } };
  clearTimeout(timer);
  return { result, kept: { tookMs, mostMs: ms + SLACK_MS } };
}
