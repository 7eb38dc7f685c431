// Runs the real app through rounds of faults and of every way to leave.
// `npm run torture [-- --rounds N] [--seed S] [--round K] [--json]`: with `--round`, only that one.
// Each day has a seed of its own. Before the rounds it tries the tests' properties on this seed; `--matrix` also
// plays every cell of the fault matrices, on real time.
import { parseArgs } from 'node:util';
import { build, isBuilt } from '../../scripts/build.ts';
import { openPrivateDesktop } from '../../scripts/private-desktop.ts';
import { matrixInWords, playAllCells } from '../support/matrix/all-cells.ts';
import { propertiesInWords, tryProperties } from '../support/try-properties.ts';
import { planRounds, type RoundPlan } from './plan.ts';
import { ghostTable, type Report } from './report.ts';
import { torture } from './torture.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: seedOf(new Date()) },
    round: { type: 'string' },
    matrix: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const seed = wholeNumber('seed', values.seed, 0);
const rounds = wholeNumber('rounds', values.rounds, 1);
const only = values.round === undefined ? null : wholeNumber('round', values.round, 1);

if (!isBuilt() && !(await build())) process.exit(1);
say(`Seed ${seed}.`);
const properties = only === null ? await tryProperties(seed) : null;
const matrix = values.matrix ? await playAllCells() : null;
const desktop = process.platform === 'linux' ? await openPrivateDesktop() : null;
try {
  const report = await torture({
    seed,
    plans: only === null ? planRounds(seed, rounds) : planRounds(seed, only).slice(-1),
    desktop: desktop ?? {},
    onRound: (plan) => say(`Round ${plan.number}: ${describe(plan)}`),
  });
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ ...report, properties, matrix }, null, 2)}\n`
      : [
          inWords(report),
          ...(properties === null ? [] : [propertiesInWords(properties)]),
          ...(matrix === null ? [] : [matrixInWords(matrix)]),
        ].join(''),
  );
  const failed = report.failures.length + (matrix?.failures.length ?? 0);
  if (failed > 0 || properties?.ok === false) process.exitCode = 1;
} finally {
  await desktop?.close();
}

/** Progress, beside the report. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function describe({ handIns, signIn, faults, ending }: RoundPlan): string {
  const amid = ending.cause === 'SIGKILL' ? ` amid ${ending.amid}` : '';
  const wrong = faults.map(({ fault }) => fault.kind).join(', ') || 'no fault';
  const then = signIn?.thenServer ?? null;
  const agent =
    signIn === null ? '' : `, an agent signed in${then === null ? '' : `, server ${then}`}`;
  return `${handIns.length} handed in${agent}; ${wrong}; ${ending.cause}${amid}`;
}

function inWords(report: Report): string {
  const { ghosts, failures, sessions, signedIn, requests, seconds } = report;
  const summary = `${report.rounds} rounds with seed ${seed}: ${sessions} sessions, ${signedIn} of them by sign-ins, ${requests} requests, ${seconds.toFixed(0)} s.`;
  const verdict =
    failures.length === 0
      ? 'Every session is over, and nothing happened that must not.'
      : failures
          .map(({ round, what }) =>
            round === null
              ? `FAILED in the end: ${what}.`
              : `FAILED in round ${round}: ${what}.\n  Again: npm run torture -- --seed ${seed} --round ${round}; with all before it: --rounds ${round}`,
          )
          .join('\n');
  return `${summary}\nHow long sessions stayed after their agent had left:\n\n${ghostTable(ghosts)}\n${verdict}\n`;
}

/** The day as one number, the same wherever it is run. */
function seedOf(now: Date): string {
  return now.toISOString().slice(0, 10).replaceAll('-', '');
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value < 2 ** 31) return value;
  say(`--${name} must be a whole number, ${least} or more.`);
  process.exit(2);
}
