import { ascending, quantile } from './quantile.ts';
import type { Receipt } from './receipt.ts';

/** Finds the receipts whose round trip is an outlier among those of their server. */
export interface Outliers {
  add(receipt: Receipt): void;
  /** At most 50, slowest first. */
  found(): Receipt[];
}

const FOUND_MOST = 50;

interface Server {
  readonly roundTrips: number[];
  /** More than can be outliers, since the limit is known only at the end. */
  slowest: Receipt[];
}

export function createOutliers(): Outliers {
  const servers = new Map<string, Server>();
  return {
    add(receipt) {
      if (receipt.roundTripMs === null) return;
      const { server: name } = receipt.address;
      const server = servers.get(name) ?? { roundTrips: [], slowest: [] };
      servers.set(name, server);
      server.roundTrips.push(receipt.roundTripMs);
      server.slowest.push(receipt);
      // Keeping all of them would take a lot of memory.
      if (server.slowest.length === 4 * FOUND_MOST) server.slowest = slowest(server.slowest);
    },
    found: () => slowest([...servers.values()].flatMap(outliersOf)),
  };
}

function outliersOf({ roundTrips, slowest: candidates }: Server): Receipt[] {
  const limit = limitOf(roundTrips);
  return candidates.filter(({ roundTripMs }) => (roundTripMs ?? 0) > limit);
}

/** Tukey's outer fence, but at least twice the median for when most took nearly the same time. */
function limitOf(roundTrips: readonly number[]): number {
  const sorted = ascending(roundTrips);
  const q1 = quantile(sorted, 0.25) ?? 0;
  const median = quantile(sorted, 0.5) ?? 0;
  const q3 = quantile(sorted, 0.75) ?? 0;
  return Math.max(q3 + 3 * (q3 - q1), 2 * median);
}

function slowest(receipts: readonly Receipt[]): Receipt[] {
  return receipts
    .toSorted((a, b) => (b.roundTripMs ?? 0) - (a.roundTripMs ?? 0))
    .slice(0, FOUND_MOST);
}
