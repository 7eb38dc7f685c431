/**
 * As few of these cells, about, as have every pair of levels of two factors that the cells have: always the
 * next that has the most new ones. `levelsOf` names a cell's level of each factor, in the same order for all.
 */
export function pairwise<T>(cells: readonly T[], levelsOf: (cell: T) => readonly string[]): T[] {
  const candidates = cells.map((cell) => ({ cell, pairs: pairsOf(levelsOf(cell)) }));
  const missing = new Set(candidates.flatMap(({ pairs }) => pairs));
  const chosen: T[] = [];
  while (missing.size > 0) {
    const counted = candidates.map(({ cell, pairs }) => ({
      cell,
      pairs,
      gain: pairs.filter((pair) => missing.has(pair)).length,
    }));
    const best = counted.reduce((one, other) => (other.gain > one.gain ? other : one));
    chosen.push(best.cell);
    for (const pair of best.pairs) missing.delete(pair);
  }
  return chosen;
}

/** A name for each pair of a cell's levels. */
export function pairsOf(levels: readonly string[]): string[] {
  return levels.flatMap((one, at) =>
    levels
      .slice(at + 1)
      .map((other, further) => JSON.stringify([at, one, at + 1 + further, other])),
  );
}
