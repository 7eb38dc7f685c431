import { type Clock, within } from '../common/clock.ts';
import { isSignOffCause, type Receipt } from '../results/receipt.ts';
import { type Exporter, type FleetRecord, fleetRecord } from './exporter.ts';

/** Exports every sign-off while the settings name an endpoint. */
export interface Fleet {
  /** Reads the endpoint: at the start, and after a change of the setting. */
  changed(): void;
  signedOff(receipt: Receipt, ghostMs: number | null): void;
  /** Sends the queue; resolves after `FLUSH_TIMEOUT_MS` at the latest. Never rejects. */
  flush(): Promise<void>;
}

export const FLUSH_TIMEOUT_MS = 500;
/** Records that are queued while the exporter is being loaded. */
const MAX_WAITING = 500;

export function createFleet(parts: {
  /** Empty if there is none. */
  endpoint: () => string;
  /** Loads the exporter, whose SDK is large and seldom needed. */
  load: (endpoint: string) => Promise<Exporter>;
  clock: Clock;
  onFault: (error: unknown) => void;
}): Fleet {
  const { endpoint, load, clock, onFault } = parts;
  let current = '';
  let loading: Promise<Exporter | null> = Promise.resolve(null);
  let exporter: Exporter | null = null;
  let waiting: FleetRecord[] = [];

  const start = async (url: string): Promise<Exporter | null> => {
    try {
      const loaded = await load(url);
      if (url !== current) {
        await loaded.close();
        return null;
      }
      exporter = loaded;
      for (const record of waiting) loaded.record(record);
      waiting = [];
      return loaded;
    } catch (error) {
      onFault(error);
      return null;
    }
  };

  return {
    changed() {
      const url = endpoint();
      if (url === current) return;
      current = url;
      exporter?.close().catch(onFault);
      exporter = null;
      waiting = [];
      loading = url === '' ? Promise.resolve(null) : start(url);
    },
    signedOff(receipt, ghostMs) {
      if (current === '' || !isSignOffCause(receipt.cause)) return;
      const record = fleetRecord(receipt, ghostMs);
      if (exporter !== null) exporter.record(record);
      else if (waiting.length < MAX_WAITING) waiting.push(record);
    },
    async flush() {
      if (current === '') return;
      const flushed = loading.then((loaded) => loaded?.flush()).catch(onFault);
      await within(clock, FLUSH_TIMEOUT_MS, flushed);
    },
  };
}
