/** Numbers in ascending order. */
export type Ascending = Float64Array;

export function ascending(values: readonly number[]): Ascending {
  return Float64Array.from(values).toSorted();
}

/**
 * The smallest of the values that at least this share (above 0, at most 1) of them does not exceed:
 * the nearest rank, so always one that was measured. Null where there is none.
 */
export function quantile(values: Ascending, share: number): number | null {
  return values[Math.ceil(share * values.length) - 1] ?? null;
}
