/**
 * Milliseconds to wait after the n-th attempt, counted from 1: doubles from `firstMs` up to `mostMs`, with
 * jitter so that not all come at once. `random` is 0 to 1.
 */
export function backoff(
  attempt: number,
  random: number,
  { firstMs, mostMs }: { firstMs: number; mostMs: number },
): number {
  const full = Math.min(mostMs, firstMs * 2 ** (attempt - 1));
  return full * (0.5 + random / 2);
}
