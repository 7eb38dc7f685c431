import type { Timings } from '../../../preload/contract.ts';
import type { Receipt } from '../../model/types.ts';

export type Bucket = Timings['buckets'][number];
/** What a chart can be of. */
export type Measure = 'processing' | 'roundTrip';

/** A place in a chart in per cent of it, from its top left corner. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

interface Point {
  readonly bucket: Bucket;
  readonly median: Spot;
  readonly p95: Spot;
}

/** A receipt that stands out. */
export interface Outlier {
  readonly receipt: Receipt;
  /** Milliseconds. */
  readonly tookMs: number;
  readonly spot: Spot;
  /** Whether it is higher than the chart goes and stands at its edge. */
  readonly beyond: boolean;
}

export interface Chart {
  /** Where the grid's lines are, with what they stand for in milliseconds. */
  readonly grid: readonly { readonly y: number; readonly ms: number }[];
  /** Of hours or days that follow each other: between two of them there are some without figures. */
  readonly runs: readonly (readonly Point[])[];
  /** From left to right; none but in the chart of what they stand out by. */
  readonly outliers: readonly Outlier[];
}

/** More names than these do not fit side by side. */
const NAMED_MOST = 3;
const UNIT_MS = { hour: 60 * 60 * 1000, day: 24 * 60 * 60 * 1000 } as const;

/** Lays one server's buckets out; null where none has the measure. Oldest first. */
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
        const spot = { x: x(Date.parse(receipt.finishedAt)), y: y(tookMs) };
        return [{ receipt, tookMs, spot, beyond: tookMs > top }];
      })
      .toSorted((a, b) => a.spot.x - b.spot.x),
  };
}

/** Which hours or days to name below a chart: all of a few, or else the first, the middle and the last. */
export function namedStarts(
  buckets: readonly Pick<Bucket, 'start'>[],
  per: keyof typeof UNIT_MS,
): { readonly starts: readonly number[]; readonly areAll: boolean } {
  const known = buckets.map(({ start }) => start);
  const [first, last] = [Math.min(...known), Math.max(...known)];
  const count = Math.round((last - first) / UNIT_MS[per]) + 1;
  const start = (index: number): number => startAfter(first, index, per);
  if (count > NAMED_MOST)
    return { starts: [0, Math.floor(count / 2), count - 1].map(start), areAll: false };
  return { starts: Array.from({ length: count }, (_, index) => start(index)), areAll: true };
}

/** By the calendar: a day may be an hour longer than another. */
function startAfter(first: number, units: number, per: keyof typeof UNIT_MS): number {
  if (per === 'hour') return first + units * UNIT_MS.hour;
  const day = new Date(first);
  return day.setDate(day.getDate() + units);
}

/** Days are not all equally long, so a little more than one still follows. */
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

/** A round number of milliseconds of which two to four reach up to `highest`. */
function gridStep(highest: number): number {
  const rough = Math.max(highest, 1) / 3;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((step) => step * magnitude >= rough) ?? 10;
  return factor * magnitude;
}

/** A line through the spots, as an SVG path. */
export function lineThrough(spots: readonly Spot[]): string {
  return spots
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`)
    .join('');
}

/** The area between two lines, as an SVG path. */
export function areaBetween(upper: readonly Spot[], lower: readonly Spot[]): string {
  return `${lineThrough([...upper, ...lower.toReversed()])}Z`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function clamp(percent: number): number {
  return Math.min(Math.max(percent, 0), 100);
}
