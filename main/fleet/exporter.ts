import type { Receipt } from '../results/receipt.ts';

/** One sign-off as it is exported: without label, ids and the server's messages. */
export interface FleetRecord extends Pick<
  Receipt,
  'cause' | 'outcome' | 'kind' | 'forced' | 'attempts'
> {
  /** Epoch milliseconds. */
  readonly finishedAt: number;
  /** The chat server's origin. */
  readonly server: string;
  /** Milliseconds from the cause to the confirmed end; null if there was none, or it is not known. */
  readonly ghostMs: number | null;
  /** The server's own processing time in milliseconds; null if it did not report one. */
  readonly processingMs: number | null;
}

/** Sends records to a collector in the background. */
export interface Exporter {
  /** Queues the record; drops it if the queue is full. */
  record(record: FleetRecord): void;
  /** Sends the queue; resolves when that has succeeded or failed. */
  flush(): Promise<void>;
  /** Flushes, and stops. */
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
    // Negative if the server's clock was set in between.
    processingMs:
      server.processingMs !== null && server.processingMs >= 0 ? server.processingMs : null,
  };
}
