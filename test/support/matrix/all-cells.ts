import { monitorEventLoopDelay } from 'node:perf_hooks';
import { AGENT_CELLS, agentProblems } from './agent-cells.ts';
import { Gate } from './gate.ts';
import { HELD_CELLS, heldProblems } from './held-cells.ts';
import { realWorld } from './world.ts';

/** What came of all cells of both matrices, on real time and real sockets. */
export interface MatrixReport {
  readonly cells: number;
  readonly seconds: number;
  /** How late this process was at the most: where that is much, it is the machine that failed. */
  readonly lateMs: number;
  readonly failures: readonly { readonly cell: string; readonly problems: readonly string[] }[];
}

/** Sessions that may be at work at once, about: what the processor and the budgets can bear. */
const AT_ONCE = 100;
/** What a machine that does nothing else may be late. */
const SLACK_MS = 2_000;

/** The report in words. */
export function matrixInWords({ cells, seconds, lateMs, failures }: MatrixReport): string {
  const summary = `${cells} cells of the matrices on real time: ${seconds.toFixed(0)} s, the process up to ${lateMs.toFixed(0)} ms late.`;
  const verdict = failures.map(({ cell, problems }) => `FAILED ${cell}: ${problems.join('; ')}.`);
  const all = verdict.length === 0 ? ['Every cell is as it should be.'] : verdict;
  return [summary, ...all, ''].join('\n');
}

/** Nearly all that the cells do is wait: they run together, as many as the gate lets in. */
export async function playAllCells(): Promise<MatrixReport> {
  const startedAt = performance.now();
  const delay = monitorEventLoopDelay();
  delay.enable();
  const gate = new Gate(AT_ONCE);
  const world = realWorld(SLACK_MS);
  const runs = [
    ...HELD_CELLS.map((cell) => {
      const weight = cell.held.agents + cell.held.engagements > 2 ? 10 : 1;
      return { cell: cell.name, weight, play: () => heldProblems(cell, world) };
    }),
    ...AGENT_CELLS.map((cell) => ({
      cell: cell.name,
      weight: 1,
      play: () => agentProblems(cell, world),
    })),
  ];
  const results = await Promise.all(
    runs.map(async ({ cell, weight, play }) => ({ cell, problems: await gate.run(weight, play) })),
  );
  return {
    cells: runs.length,
    seconds: (performance.now() - startedAt) / 1000,
    lateMs: delay.max / 1e6,
    failures: results.filter(({ problems }) => problems.length > 0),
  };
}
