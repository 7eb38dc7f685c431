/** Numbers in ascending order. */
export type Ascending = Float64Array;

export function ascending(values: readonly number[]): Ascending {
  return Float64Array.from(values).toSorted();
}

/** The quantile for a share (above 0, at most 1) by nearest rank, so always a measured value. Null for no values. */
export function quantile(values: Ascending, share: number): number | null {
  return values[Math.ceil(share * values.length) - 1] ?? null;
}
