import { describe, expect, test } from 'vitest';
import { agentProblems, SIGN_IN_CELLS, TURN_CELLS } from '../../support/matrix/agent-cells.ts';
import { pairwise } from '../../support/matrix/pairwise.ts';
import { virtualWorld } from '../../support/matrix/world.ts';

/** Each pair of what makes a cell; `npm run torture -- --matrix` plays all of them, on real time. */
const CELLS = [SIGN_IN_CELLS, TURN_CELLS].flatMap((cells) =>
  pairwise(cells, ({ levels }) => levels),
);

describe('an agent who leaves, whatever call of the session’s life meets a fault:', () => {
  // As a tuple: a `$name` would be cut short.
  test.for(CELLS.map((cell) => [cell.name, cell] as const))('%s', async ([, cell]) => {
    expect(await agentProblems(cell, virtualWorld())).toEqual([]);
  });
});
