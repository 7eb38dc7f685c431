import { describe, expect, test, vi } from 'vitest';
import { agentProblems, SIGN_IN_CELLS, TURN_CELLS } from '../support/matrix/agent-cells.ts';
import { HELD_CELLS, heldProblems } from '../support/matrix/held-cells.ts';
import { realWorld } from '../support/matrix/world.ts';

// Some of them do little but wait.
vi.setConfig({ testTimeout: 60_000, maxConcurrency: 20 });

/** Bounds so far off that no machine comes near them. */
const SLACK_MS = 20_000;

/** By name; throws where there is none. */
function cellNamed<T extends { readonly name: string }>(cells: readonly T[], name: string): T {
  const found = cells.find((cell) => cell.name === name);
  if (found === undefined) throw new Error(`there is no cell ${name}`);
  return found;
}

/** Some cells of the matrices in `test/unit/matrix` over real HTTP, in causes that leave ample time. */
describe('end to end, on real sockets and real time:', () => {
  test.concurrent.for([
    'leftover, no fault, 50 mixed',
    'leftover, a delay of 100 ms, both',
    'leftover, a reset after, both',
    'leftover, 403, 1 agent',
    'leftover, 403 with HTML, both',
    'leftover, an oversized reply, 1 engagement',
    'leftover, a redirect to another host, both',
    'leftover, a server back after 2 s, 1 agent',
    'shutdown, a wrong certificate, both',
    'signal, no such name, both',
    'quit, 500, 1 agent',
    'suspend, no answer at all, 1 engagement',
  ])('%s', async (name) => {
    expect(await heldProblems(cellNamed(HELD_CELLS, name), realWorld(SLACK_MS))).toEqual([]);
  });

  test.concurrent.for([
    'quit a while after, getMessages: no fault',
    'shutdown amid, setActivityStatus: no answer at all',
    'signal a while after, createAutomatedAgentSession: 409',
    'signal amid, agentTokens: 500',
  ])('%s', async (name) => {
    expect(await agentProblems(cellNamed(SIGN_IN_CELLS, name), realWorld(SLACK_MS))).toEqual([]);
  });

  test.concurrent.for([
    'a pool change, signal amid: no fault',
    'away and back, signal a while after: a reset after',
  ])('%s', async (name) => {
    expect(await agentProblems(cellNamed(TURN_CELLS, name), realWorld(SLACK_MS))).toEqual([]);
  });
});
