import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type SignOffCause, signOffCauseSchema } from '../../../main/results/receipt.ts';
import { CAUSES, type CauseTraits, traitsOf } from '../../../main/signoff/causes.ts';
import { BUDGET_MS } from '../../support/budgets.ts';

/** The cells of the table of causes, row by row, but for the words on when there is such a cause. */
function documented(): string[][] {
  const page = readFileSync('docs/command-line.md', 'utf8');
  const table = page.slice(page.indexOf('\n### Causes\n'));
  return [...table.matchAll(/^\| (`.*) \|$/gm)].map(([, row = '']) => {
    const [cause = '', _why, ...cells] = row.split('|').map((cell) => cell.trim());
    return [cause, ...cells];
  });
}

function whatFollows({ agent, urgency }: CauseTraits): string {
  if (agent === 'at-work') return 'stays held';
  if (agent === 'leaving') return 'the agent may choose: try again, or leave it to the next start';
  return urgency === null ? 'is tried again every minute' : 'is left to the next start';
}

function rowOf(cause: SignOffCause): string[] {
  const { agent, budget, alwaysForces } = CAUSES[cause];
  return [
    `\`${cause}\``,
    agent.replace('-', ' '),
    `${BUDGET_MS[cause] / 1_000} s, \`${budget}\``,
    alwaysForces ? 'always' : 'where that is asked for',
    whatFollows(CAUSES[cause]),
  ];
}

test('docs/command-line.md says of every cause what it means, and of no other', () => {
  expect(documented()).toEqual(signOffCauseSchema.options.map(rowOf));
});

test("a receipt's cause means what its row says, and nothing where the server ended the session", () => {
  expect([traitsOf('quit'), traitsOf('server')]).toEqual([CAUSES.quit, undefined]);
});
