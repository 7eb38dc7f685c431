import { ascending, quantile } from './quantile.ts';
import type { Receipt } from './receipt.ts';
import { plausibleProcessing } from './timing.ts';

const PHASES = ['wait', 'dns', 'tcp', 'tls', 'request', 'firstByte', 'download'] as const;
type Phase = (typeof PHASES)[number];

/** Medians over receipts, in milliseconds. */
export interface Typical {
  readonly roundTripMs: number;
  /** Null where no server gave a plausible time. */
  readonly processingMs: number | null;
  readonly phases: Record<Phase, number>;
}

/** Aggregates receipts that have a round trip; others are ignored. */
export function createTypical(): {
  add(receipt: Receipt): void;
  /** Null where there was none. */
  summary(): Typical | null;
} {
  const roundTrip: number[] = [];
  const processing: number[] = [];
  const phases = new Map(PHASES.map((phase) => [phase, [] as number[]]));
  const medianOf = (phase: Phase): number => median(phases.get(phase) ?? []) ?? 0;
  return {
    add(receipt) {
      if (receipt.roundTripMs === null) return;
      roundTrip.push(receipt.roundTripMs);
      const took = plausibleProcessing(receipt);
      if (took !== null) processing.push(took);
      // A missing phase took no time.
      for (const [phase, values] of phases) values.push(receipt.phases[phase] ?? 0);
    },
    summary() {
      const roundTripMs = median(roundTrip);
      if (roundTripMs === null) return null;
      return {
        roundTripMs,
        processingMs: median(processing),
        phases: {
          wait: medianOf('wait'),
          dns: medianOf('dns'),
          tcp: medianOf('tcp'),
          tls: medianOf('tls'),
          request: medianOf('request'),
          firstByte: medianOf('firstByte'),
          download: medianOf('download'),
        },
      };
    },
  };
}

function median(values: readonly number[]): number | null {
  return quantile(ascending(values), 0.5);
}
