// Changes the code in one small place at a time and lists the changes that no test notices; survivors.md tells
// which of them are no fault.
// `npm run mutate [-- ROOM… --concurrency N --anew]`
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { markdownTable } from '../support/markdown-table.ts';
import {
  LEAST_PERCENT,
  lineOf,
  type Mutants,
  rowOf,
  type Score,
  scoreOf,
  titles,
} from './report.ts';
import { rooms, testsVariable } from './rooms.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    concurrency: { type: 'string', default: '2' },
    // Otherwise what a change of code and tests does not touch is taken from the last run.
    anew: { type: 'boolean', default: false },
  },
});
const chosen = positionals.length === 0 ? Object.keys(rooms) : positionals;
const unknown = chosen.filter((room) => !(room in rooms));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no room ${unknown.join(', ')}; there are ${Object.keys(rooms).join(', ')}.\n`,
  );
  process.exit(2);
}

const scores: Score[] = [];
for (const room of chosen) {
  // One after the other, as each has the machine's cores.
  const score = scoreOf(room, await mutate(room, rooms[room] ?? []));
  for (const mutant of score.unnoticed) process.stdout.write(`${lineOf(mutant)}\n`);
  scores.push(score);
}
process.stdout.write(markdownTable([titles, ...scores.map(rowOf)]));
if (scores.some(({ percent }) => percent < LEAST_PERCENT)) process.exitCode = 1;

function mutate(room: string, tests: readonly string[]): Promise<Mutants> {
  const report = `.cache/mutation/${room.replaceAll('/', '-')}`;
  // Stryker's workers take it from here.
  process.env[testsVariable] = JSON.stringify(tests);
  const stryker = new Stryker({
    configFile: 'test/mutation/stryker.config.ts',
    mutate: [`main/${room}/*.ts`],
    concurrency: Number(values.concurrency),
    force: values.anew,
    incrementalFile: `${report}.json`,
    htmlReporter: { fileName: `${report}.html` },
  });
  return stryker.runMutationTest();
}
