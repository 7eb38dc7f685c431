import { createOutliers } from './outliers.ts';
import { ascending, quantile } from './quantile.ts';
import type { Receipt } from './receipt.ts';
import { everyPage, type Receipts } from './receipts.ts';
import type { ResultsFilter } from './filter.ts';
import { plausibleProcessing } from './timing.ts';
import { createTypical, type Typical } from './typical.ts';

/** Milliseconds; null where no receipt has the value. */
export type Spread = { readonly median: number; readonly p95: number } | null;

/** The times of one server within one hour or day. */
export interface TimingBucket {
  /** The beginning of the hour or day in the machine's time zone, in epoch milliseconds. */
  readonly start: number;
  readonly server: string;
  /** All receipts, with times or without. */
  readonly count: number;
  readonly processing: Spread;
  readonly roundTrip: Spread;
}

/** The times of servers and network over time. Durations are milliseconds. */
export interface TimingsOverTime {
  /** The number of receipts read. */
  readonly count: number;
  /** Whether these are all that match. */
  readonly complete: boolean;
  /** In alphabetical order. */
  readonly servers: string[];
  /** Oldest first, then by server. */
  readonly buckets: TimingBucket[];
  /** By their round trip, slowest first. */
  readonly outliers: Receipt[];
  /** Null where no receipt has a round trip. */
  readonly typical: Typical | null;
}

const COUNT_MOST = 20_000;

/** Aggregates the times of the newest receipts that match, page by page, so as not to block the process. */
export async function readTimings(
  receipts: Pick<Receipts, 'page'>,
  { filter, per }: { filter: ResultsFilter; per: 'hour' | 'day' },
): Promise<TimingsOverTime> {
  const startOf = per === 'hour' ? startOfHour : startOfDay;
  const buckets = new Map<string, Bucket>();
  const servers = new Set<string>();
  const outliers = createOutliers();
  const typical = createTypical();
  let count = 0;
  let complete = true;
  for await (const page of everyPage(receipts, filter)) {
    const taken = page.slice(0, COUNT_MOST - count);
    complete = taken.length === page.length;
    count += taken.length;
    for (const receipt of taken) {
      const { server } = receipt.address;
      const start = startOf(Date.parse(receipt.finishedAt));
      const key = `${start} ${server}`;
      const bucket = buckets.get(key) ?? { start, server, count: 0, processing: [], roundTrip: [] };
      buckets.set(key, bucket);
      addToBucket(bucket, receipt);
      servers.add(server);
      outliers.add(receipt);
      typical.add(receipt);
    }
    if (!complete) break;
  }
  return {
    count,
    complete,
    servers: [...servers].toSorted(),
    buckets: [...buckets.values()]
      .toSorted((a, b) => a.start - b.start || (a.server < b.server ? -1 : 1))
      .map((bucket) => ({
        ...bucket,
        processing: spread(bucket.processing),
        roundTrip: spread(bucket.roundTrip),
      })),
    outliers: outliers.found(),
    typical: typical.summary(),
  };
}

interface Bucket {
  readonly start: number;
  readonly server: string;
  count: number;
  readonly processing: number[];
  readonly roundTrip: number[];
}

function addToBucket(bucket: Bucket, receipt: Receipt): void {
  const processing = plausibleProcessing(receipt);
  bucket.count += 1;
  if (processing !== null) bucket.processing.push(processing);
  if (receipt.roundTripMs !== null) bucket.roundTrip.push(receipt.roundTripMs);
}

/** Not by calendar fields: the hour that comes twice in autumn is two hours. */
function startOfHour(time: number): number {
  const date = new Date(time);
  return time - ((date.getMinutes() * 60 + date.getSeconds()) * 1000 + date.getMilliseconds());
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

function spread(values: readonly number[]): Spread {
  const sorted = ascending(values);
  const median = quantile(sorted, 0.5);
  const p95 = quantile(sorted, 0.95);
  return median === null || p95 === null ? null : { median, p95 };
}
