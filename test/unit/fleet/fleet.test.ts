import { describe, expect, test } from 'vitest';
import type { Exporter, FleetRecord } from '../../../main/fleet/exporter.ts';
import { createFleet, FLUSH_TIMEOUT_MS } from '../../../main/fleet/fleet.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { receipt } from '../../support/receipts.ts';

/** A fleet view whose exporters remember what they were told. */
function newFleet(options: { load?: (url: string) => Promise<Exporter> } = {}) {
  const clock = createFakeClock();
  const setting = { endpoint: '' };
  const loaded: string[] = [];
  const closed: string[] = [];
  const records: (FleetRecord & { to: string })[] = [];
  const faults: unknown[] = [];
  const load = async (to: string): Promise<Exporter> => {
    loaded.push(to);
    return {
      record: (record) => void records.push({ ...record, to }),
      flush: async () => undefined,
      close: async () => void closed.push(to),
    };
  };
  const fleet = createFleet({
    endpoint: () => setting.endpoint,
    load: options.load ?? load,
    clock,
    onFault: (error) => faults.push(error),
  });
  const set = (endpoint: string): void => {
    setting.endpoint = endpoint;
    fleet.changed();
  };
  return { fleet, clock, set, loaded, closed, records, faults };
}

describe('without an endpoint', () => {
  test('nothing is loaded and nothing is kept', async () => {
    const { fleet, set, loaded, records, clock } = newFleet();
    fleet.changed();
    fleet.signedOff(receipt(), 1);
    await fleet.flush();
    set('http://one');
    await clock.settle();
    expect(loaded).toEqual(['http://one']);
    expect(records).toEqual([]);
  });
});

describe('with an endpoint', () => {
  test('what ends while the exporter is being loaded is told too', async () => {
    const { fleet, set, records, clock } = newFleet();
    set('http://one');
    fleet.signedOff(receipt({ cause: 'lock' }), 5);
    await clock.settle();
    fleet.signedOff(receipt({ cause: 'idle' }), 6);
    expect(records.map(({ cause, ghostMs }) => [cause, ghostMs])).toEqual([
      ['lock', 5],
      ['idle', 6],
    ]);
  });

  test('a session that the server ended by itself is no sign-off', async () => {
    const { fleet, set, records, clock } = newFleet();
    set('http://one');
    await clock.settle();
    fleet.signedOff(receipt({ cause: 'server', outcome: 'already-over', attempts: 0 }), null);
    expect(records).toEqual([]);
  });

  test('another endpoint takes over at once', async () => {
    const { fleet, set, records, closed, clock } = newFleet();
    set('http://one');
    await clock.settle();
    set('http://two');
    await clock.settle();
    fleet.signedOff(receipt(), 1);
    expect(closed).toEqual(['http://one']);
    expect(records.map(({ to }) => to)).toEqual(['http://two']);
  });

  test('an endpoint that was taken away while it was loaded gets nothing', async () => {
    const { fleet, set, records, closed, clock } = newFleet();
    set('http://one');
    set('');
    await clock.settle();
    fleet.signedOff(receipt(), 1);
    expect([closed, records]).toEqual([['http://one'], []]);
  });

  test('an exporter that cannot be loaded is told of, and a flush returns', async () => {
    const { fleet, set, faults } = newFleet({ load: () => Promise.reject(new Error('gone')) });
    set('http://one');
    await fleet.flush();
    expect(faults).toEqual([new Error('gone')]);
  });

  test('a flush that hangs is given up', async () => {
    const { fleet, set, clock } = newFleet({ load: () => new Promise(() => undefined) });
    set('http://one');
    await clock.until(fleet.flush(), FLUSH_TIMEOUT_MS);
    expect(clock.monotonic()).toBe(FLUSH_TIMEOUT_MS);
  });
});
