import { describe, expect, test } from 'vitest';
import { HELD_CELLS, heldProblems } from '../../support/matrix/held-cells.ts';
import { pairwise } from '../../support/matrix/pairwise.ts';
import { virtualWorld } from '../../support/matrix/world.ts';

/** Each cause with each fault and whatever is held; `npm run torture -- --matrix` has all, on real time. */
const CELLS = pairwise(HELD_CELLS, ({ levels }) => levels);

describe('every cause, every fault, whatever is held:', () => {
  test.for(CELLS)('$name', async (cell) => {
    expect(await heldProblems(cell, virtualWorld())).toEqual([]);
  });
});
