import { median } from '../bench/median.ts';
import { markdownTable } from '../support/markdown-table.ts';
import type { Ghost } from './ghosts.ts';
import type { Failure } from './ledger.ts';

/** How long so many sessions stayed ghosts, in milliseconds; null where there were none. */
interface Spread {
  readonly count: number;
  readonly medianMs: number | null;
  readonly maximumMs: number | null;
}

/** How long sessions stayed ghosts after their agent left for one cause, or for any. */
interface GhostRow {
  readonly cause: string;
  readonly all: Spread;
  /** Those that were over when the app had gone. */
  readonly inTime: Spread;
  /** Those that were over only later, mostly after a restart. */
  readonly later: Spread;
  /** Those in whose way no fault was put. */
  readonly faultless: Spread;
}

export interface Report {
  readonly seed: number;
  readonly rounds: number;
  readonly sessions: number;
  /** Those of them that sign-ins created. */
  readonly signedIn: number;
  readonly requests: number;
  readonly seconds: number;
  readonly ghosts: readonly GhostRow[];
  readonly failures: readonly Failure[];
}

/** The table's rows: by cause, and all together. */
export function ghostRows(ghosts: readonly Ghost[]): GhostRow[] {
  const byCause = Map.groupBy(ghosts, ({ cause }) => cause);
  return [...[...byCause].toSorted(([a], [b]) => (a < b ? -1 : 1)), ['all', ghosts] as const].map(
    ([cause, group]) => ({
      cause,
      all: spread(group),
      inTime: spread(group.filter(({ inTime }) => inTime)),
      later: spread(group.filter(({ inTime }) => !inTime)),
      faultless: spread(group.filter(({ faultless }) => faultless)),
    }),
  );
}

const GROUPS = ['sessions', 'over when the app had gone', 'over later', 'met no fault'];

export function ghostTable(rows: readonly GhostRow[]): string {
  return markdownTable([
    ['cause', ...GROUPS.flatMap((group) => [group, 'median (most)'])],
    ...rows.map(({ cause, all, inTime, later, faultless }) => [
      cause,
      ...[all, inTime, later, faultless].flatMap((each) => [String(each.count), times(each)]),
    ]),
  ]);
}

function spread(ghosts: readonly Ghost[]): Spread {
  if (ghosts.length === 0) return { count: 0, medianMs: null, maximumMs: null };
  const ms = ghosts.map((ghost) => ghost.ms);
  return { count: ms.length, medianMs: median(ms), maximumMs: Math.max(...ms) };
}

function times({ medianMs, maximumMs }: Spread): string {
  if (medianMs === null || maximumMs === null) return '';
  return `${seconds(medianMs)} (${seconds(maximumMs)})`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
