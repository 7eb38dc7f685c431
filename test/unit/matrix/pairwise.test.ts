import { expect, test } from 'vitest';
import { SIGN_IN_CELLS, TURN_CELLS } from '../../support/matrix/agent-cells.ts';
import { HELD_CELLS } from '../../support/matrix/held-cells.ts';
import { pairsOf, pairwise } from '../../support/matrix/pairwise.ts';

interface Cell {
  readonly name: string;
  readonly levels: readonly string[];
}

function everyPair(cells: readonly Cell[]): Set<string> {
  return new Set(cells.flatMap(({ levels }) => pairsOf(levels)));
}

test('the pairs of a cell are those of its levels, each in its factor', () => {
  expect(pairsOf(['quit', '403', 'both'])).toEqual([
    '[0,"quit",1,"403"]',
    '[0,"quit",2,"both"]',
    '[1,"403",2,"both"]',
  ]);
});

test.for<readonly [string, readonly Cell[], all: number, most: number]>([
  ['what was handed in', HELD_CELLS, 1_008, 260],
  ['sign-ins', SIGN_IN_CELLS, 690, 130],
  ['what happens to a session later', TURN_CELLS, 138, 72],
])('the cells of %s have every pair, and are few', ([, cells, all, most]) => {
  expect(new Set(cells.map(({ name }) => name)).size).toBe(all);
  const chosen = pairwise(cells, ({ levels }) => levels);
  expect(everyPair(chosen)).toEqual(everyPair(cells));
  expect(chosen.length).toBeLessThanOrEqual(most);
});
