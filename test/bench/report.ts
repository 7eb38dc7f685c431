import { markdownTable } from '../support/markdown-table.ts';
import type { Aim, Row } from './figure.ts';
import { median } from './median.ts';

/** A row with its figures worked out. */
export interface Result {
  readonly figure: string;
  readonly baseline: string | null;
  readonly unit: string;
  readonly rounds: number;
  readonly median: number;
  readonly slowest: number;
  readonly baselineMedian: number | null;
  readonly baselineSlowest: number | null;
  readonly ratio: number | null;
  readonly aim: string | null;
  readonly met: boolean | null;
}

export function resultOf(row: Row): Result {
  const { figure, baseline, unit, measured, baselineMeasured, aim } = row;
  const middle = median(measured);
  const beside =
    baseline === null
      ? null
      : { median: median(baselineMeasured), slowest: Math.max(...baselineMeasured) };
  const ratio = beside === null ? null : middle / beside.median;
  return {
    figure,
    baseline,
    unit,
    rounds: measured.length,
    median: middle,
    slowest: Math.max(...measured),
    baselineMedian: beside?.median ?? null,
    baselineSlowest: beside?.slowest ?? null,
    ratio,
    ...judged(aim, aim?.kind === 'ratio' ? ratio : middle, unit),
  };
}

function judged(aim: Aim | null, figure: number | null, unit: string): Pick<Result, 'aim' | 'met'> {
  if (aim === null) return { aim: null, met: null };
  return {
    aim: aim.kind === 'ratio' ? `≤ ${aim.most} ×` : `≤ ${aim.most} ${unit}`,
    met: figure !== null && figure <= aim.most,
  };
}

/** The results as a table, in Markdown so that it can be kept as it is. */
export function table(results: readonly Result[]): string {
  const header = ['figure', 'median (most)', 'baseline', 'median (most)', 'ratio', 'aim', 'met'];
  const rows = results.map((result) => [
    result.figure,
    amount(result.median, result.slowest, result.unit),
    result.baseline ?? '',
    amount(result.baselineMedian, result.baselineSlowest, result.unit),
    result.ratio === null ? '' : `${result.ratio.toFixed(2)} ×`,
    result.aim ?? '',
    result.met === null ? '' : result.met ? 'yes' : 'NO',
  ]);
  return markdownTable([header, ...rows]);
}

function amount(middle: number | null, most: number | null, unit: string): string {
  if (middle === null || most === null) return '';
  return middle === most ? `${short(middle)} ${unit}` : `${short(middle)} ${unit} (${short(most)})`;
}

/** Three digits that count. */
function short(value: number): string {
  if (value >= 100 || value === 0) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
