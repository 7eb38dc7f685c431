import type { Receipt } from '../results/receipt.ts';

/** What the fleet view is told of one sign-off: no label, no id, and none of the server's words. */
export interface FleetRecord {
  /** Epoch milliseconds. */
  readonly finishedAt: number;
  readonly cause: Receipt['cause'];
  readonly outcome: Receipt['outcome'];
  readonly kind: Receipt['kind'];
  readonly forced: boolean;
  readonly attempts: number;
  /** The chat server's origin. */
  readonly server: string;
  /** From the cause to the confirmed end, in milliseconds; null where there was none, or it is not known. */
  readonly ghostMs: number | null;
  /** What the server says it took, in milliseconds; null where it did not say. */
  readonly processingMs: number | null;
}

/** Sends records to an engine, in the background. */
export interface Exporter {
  /** Takes it and returns at once; drops it where too many wait already. */
  record(record: FleetRecord): void;
  /** Sends what waits; resolves when that was taken, or could not be. */
  flush(): Promise<void>;
  /** The same, and stops. */
  close(): Promise<void>;
}

export function fleetRecord(receipt: Receipt, ghostMs: number | null): FleetRecord {
  const { cause, outcome, kind, forced, attempts, finishedAt, address, server } = receipt;
  return {
    finishedAt: Date.parse(finishedAt),
    cause,
    outcome,
    kind,
    forced,
    attempts,
    server: address.server,
    ghostMs,
    // A clock that was set in between can make it negative, which is no duration.
    processingMs:
      server.processingMs !== null && server.processingMs >= 0 ? server.processingMs : null,
  };
}
