import { everyPage } from './every-page.ts';
import { createOutliers } from './outliers.ts';
import { ascending, quantile } from './quantile.ts';
import type { Receipt } from './receipt.ts';
import type { Receipts } from './receipts.ts';
import type { ResultsFilter } from './filter.ts';
import { plausibleProcessing } from './timing.ts';
import { createTypical, type Typical } from './typical.ts';

/** Milliseconds; null where no receipt has the figure. */
export type Spread = { readonly median: number; readonly p95: number } | null;

/** How long one server took within one hour or day. */
export interface TimingBucket {
  /** Where the hour or day begins in the machine's time zone, in epoch milliseconds. */
  readonly start: number;
  readonly server: string;
  /** Receipts, whether they have times or not. */
  readonly count: number;
  readonly processing: Spread;
  readonly roundTrip: Spread;
}

/** How long servers and network took over time. Durations are milliseconds. */
export interface TimingsOverTime {
  /** The newest receipts that were looked at. */
  readonly count: number;
  /** Whether these are all that the filter leaves in. */
  readonly complete: boolean;
  /** Every server among them, in alphabetical order. */
  readonly servers: string[];
  /** Oldest first, and by server within. */
  readonly buckets: TimingBucket[];
  /** Those that stand out from their server's others by their round trip, slowest first. */
  readonly outliers: Receipt[];
  /** Null where no receipt has a round trip. */
  readonly typical: Typical | null;
}

const COUNT_MOST = 20_000;

/**
 * Reads the newest receipts that the filter leaves in, and sums up how long they took. The work is
 * done in small pieces, so that the process can do other things meanwhile.
 */
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
      const bucket = buckets.get(key) ?? emptyBucket(start, server);
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
      .map(({ start, server, count: inBucket, processing, roundTrip }) => ({
        start,
        server,
        count: inBucket,
        processing: spread(processing),
        roundTrip: spread(roundTrip),
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

function emptyBucket(start: number, server: string): Bucket {
  return { start, server, count: 0, processing: [], roundTrip: [] };
}

function addToBucket(bucket: Bucket, receipt: Receipt): void {
  const processing = plausibleProcessing(receipt);
  bucket.count += 1;
  if (processing !== null) bucket.processing.push(processing);
  if (receipt.roundTripMs !== null) bucket.roundTrip.push(receipt.roundTripMs);
}

/** Not by the machine's calendar fields: an hour that comes twice, as in autumn, is two. */
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
