import type { Timings } from '../../../preload/contract.ts';
import type { Receipt } from '../../model/types.ts';

export type Bucket = Timings['buckets'][number];
/** What a chart shows. */
export type Measure = 'processing' | 'roundTrip';

/** A position in a chart, in per cent from its top left corner. */
export interface Position {
  readonly x: number;
  readonly y: number;
}

interface Point {
  readonly bucket: Bucket;
  readonly median: Position;
  readonly p95: Position;
}

export interface Outlier {
  readonly receipt: Receipt;
  /** Milliseconds. */
  readonly tookMs: number;
  readonly position: Position;
  /** Whether it exceeds the scale and is drawn at the top edge. */
  readonly isClipped: boolean;
}

export interface Chart {
  /** The horizontal grid lines, with their values in milliseconds. */
  readonly grid: readonly { readonly y: number; readonly ms: number }[];
  /** Consecutive hours or days; between two runs there are some without figures. */
  readonly runs: readonly (readonly Point[])[];
  /** From left to right; only in the round trip chart, since they are outliers by that. */
  readonly outliers: readonly Outlier[];
}

/** More labels do not fit side by side. */
const MAX_LABELS = 3;
const UNIT_MS = { hour: 60 * 60 * 1000, day: 24 * 60 * 60 * 1000 } as const;

/** Lays out one server's buckets, the oldest first; null if none has the measure. */
export function chartOf(
  { buckets, outliers }: Pick<Timings, 'buckets' | 'outliers'>,
  measure: Measure,
  per: keyof typeof UNIT_MS,
): Chart | null {
  const measured = buckets
    .filter((bucket) => bucket[measure] !== null)
    .toSorted((a, b) => a.start - b.start);
  const highest = Math.max(...measured.map((bucket) => bucket[measure]?.p95 ?? 0));
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (measured.length === 0 || !first || !last) return null;

  const starts = buckets.map(({ start }) => start);
  const from = Math.min(...starts);
  const until = Math.max(...starts) + UNIT_MS[per];
  const step = gridStep(highest);
  const top = Math.ceil((highest * 1.05) / step) * step;
  const x = (at: number): number => clamp(((at - from) / (until - from)) * 100);
  const y = (ms: number): number => clamp(100 - (ms / top) * 100);

  const points = measured.map((bucket) => {
    const across = x(bucket.start + UNIT_MS[per] / 2);
    return {
      bucket,
      median: { x: across, y: y(bucket[measure]?.median ?? 0) },
      p95: { x: across, y: y(bucket[measure]?.p95 ?? 0) },
    };
  });

  return {
    grid: Array.from({ length: Math.round(top / step) + 1 }, (_, index) => ({
      y: y(index * step),
      ms: index * step,
    })),
    runs: runsOf(points, UNIT_MS[per]),
    outliers: (measure === 'roundTrip' ? outliers : [])
      .flatMap((receipt) => {
        const tookMs = receipt.roundTripMs;
        if (tookMs === null) return [];
        const position = { x: x(Date.parse(receipt.finishedAt)), y: y(tookMs) };
        return [{ receipt, tookMs, position, isClipped: tookMs > top }];
      })
      .toSorted((a, b) => a.position.x - b.position.x),
  };
}

/** The hours or days to label below a chart: all if few, or else the first, the middle and the last. */
export function labelledStarts(
  buckets: readonly Pick<Bucket, 'start'>[],
  per: keyof typeof UNIT_MS,
): { readonly starts: readonly number[]; readonly areAll: boolean } {
  const known = buckets.map(({ start }) => start);
  const [first, last] = [Math.min(...known), Math.max(...known)];
  const count = Math.round((last - first) / UNIT_MS[per]) + 1;
  const start = (index: number): number => startAfter(first, index, per);
  if (count > MAX_LABELS)
    return { starts: [0, Math.floor(count / 2), count - 1].map(start), areAll: false };
  return { starts: Array.from({ length: count }, (_, index) => start(index)), areAll: true };
}

/** By the calendar: days may differ by an hour. */
function startAfter(first: number, units: number, per: keyof typeof UNIT_MS): number {
  if (per === 'hour') return first + units * UNIT_MS.hour;
  const day = new Date(first);
  return day.setDate(day.getDate() + units);
}

/** Days differ in length, so a gap of up to one and a half units is none. */
function runsOf(points: readonly Point[], unitMs: number): Point[][] {
  const runs: Point[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const follows = last && point.bucket.start - last.bucket.start < unitMs * 1.5;
    if (run && follows) run.push(point);
    else runs.push([point]);
  }
  return runs;
}

/** A round step in milliseconds, so that two to four of them reach `highest`. */
function gridStep(highest: number): number {
  const rough = Math.max(highest, 1) / 3;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((step) => step * magnitude >= rough) ?? 10;
  return factor * magnitude;
}

/** A line through the positions, as an SVG path. */
export function lineThrough(positions: readonly Position[]): string {
  return positions
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`)
    .join('');
}

/** The area between two lines, as an SVG path. */
export function areaBetween(upper: readonly Position[], lower: readonly Position[]): string {
  return `${lineThrough([...upper, ...lower.toReversed()])}Z`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function clamp(percent: number): number {
  return Math.min(Math.max(percent, 0), 100);
}
