import { describe, expect, onTestFinished, test } from 'vitest';
import type { Receipt } from '../../../main/results/receipt.ts';
import type { Receipts } from '../../../main/results/receipts.ts';
import { ALL_RESULTS, matcherOf } from '../../../main/results/filter.ts';
import { readTimings, type TimingsOverTime } from '../../../main/results/over-time.ts';
import fc from '../../support/property.ts';
import { receipt } from '../../support/receipts.ts';

const HOUR_MS = 60 * 60 * 1000;
const NOON = '2026-07-01T12:00:00.000Z';

/** A store of these, newest first, whose pages are this small. */
function storeOf(made: readonly Receipt[], pageSize = 100): Pick<Receipts, 'page'> {
  return {
    page({ after, limit, filter }) {
      const matching = made.filter(matcherOf(filter));
      const start = Number(after ?? 0);
      const end = start + Math.min(limit, pageSize);
      return Promise.resolve({
        receipts: matching.slice(start, end),
        next: end < matching.length ? `${end}` : null,
        unreadable: 0,
      });
    },
  };
}

function timings(made: readonly Receipt[], per: 'hour' | 'day' = 'hour'): Promise<TimingsOverTime> {
  return readTimings(storeOf(made), { filter: ALL_RESULTS, per });
}

interface Timed {
  readonly id?: string;
  readonly at?: string | number;
  readonly server?: string;
  readonly roundTripMs?: number | null;
  readonly processingMs?: number | null;
  readonly phases?: Partial<Receipt['phases']>;
}

function timed({ id = 'a', at = NOON, server, roundTripMs = 100, ...said }: Timed): Receipt {
  const base = receipt();
  const { processingMs = 40, phases } = said;
  return receipt({
    id,
    finishedAt: new Date(at).toISOString(),
    address: { ...base.address, server: server ?? base.address.server },
    roundTripMs,
    phases: { ...base.phases, ...phases },
    server: { ...base.server, processingMs },
  });
}

function inTimeZone(name: string): void {
  const before = process.env['TZ'];
  process.env['TZ'] = name;
  onTestFinished(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });
}

test('of no receipts are none', async () => {
  expect(await timings([])).toEqual({
    count: 0,
    complete: true,
    servers: [],
    buckets: [],
    outliers: [],
    typical: null,
  });
});

test('are of what the filter leaves in', async () => {
  const made = [timed({}), { ...timed({}), outcome: 'refused' } as const];
  const filter = { ...ALL_RESULTS, outcomes: ['refused' as const] };
  expect(await readTimings(storeOf(made), { filter, per: 'day' })).toMatchObject({ count: 1 });
});

test('name every server once, in order', async () => {
  const made = ['https://b', 'https://a', 'https://b'].map((server) => timed({ server }));
  expect((await timings(made)).servers).toEqual(['https://a', 'https://b']);
});

describe('the newest 20,000', () => {
  const many = (count: number): Receipt[] => Array.from({ length: count }, () => timed({}));

  test('are all, where there are no more', async () => {
    expect(
      await readTimings(storeOf(many(20_000), 300), { filter: ALL_RESULTS, per: 'day' }),
    ).toMatchObject({
      count: 20_000,
      complete: true,
    });
  });

  test('are not all, where there is one more', async () => {
    const made = [...many(20_000), timed({ server: 'https://oldest' })];
    expect(
      await readTimings(storeOf(made, 300), { filter: ALL_RESULTS, per: 'day' }),
    ).toMatchObject({
      count: 20_000,
      complete: false,
      servers: ['https://chat.example.com'],
    });
  });
});

describe('the buckets', () => {
  test('are the hours of the machine, oldest first', async () => {
    inTimeZone('Asia/Kolkata');
    const made = ['12:29:59.999', '11:30:00.000', '11:29:59.999'].map((time) =>
      timed({ at: `2026-07-01T${time}Z` }),
    );
    const { buckets } = await timings(made);
    expect(buckets.map(({ start, count }) => [new Date(start).toISOString(), count])).toEqual([
      ['2026-07-01T10:30:00.000Z', 1],
      ['2026-07-01T11:30:00.000Z', 2],
    ]);
  });

  test('are the days of the machine', async () => {
    inTimeZone('America/New_York');
    const made = ['2026-07-02T03:59:59Z', '2026-07-01T04:00:00Z', '2026-07-01T03:59:59Z'].map(
      (at) => timed({ at }),
    );
    const { buckets } = await timings(made, 'day');
    expect(buckets.map(({ start, count }) => [new Date(start).toISOString(), count])).toEqual([
      ['2026-06-30T04:00:00.000Z', 1],
      ['2026-07-01T04:00:00.000Z', 2],
    ]);
  });

  test('are two for an hour that comes twice', async () => {
    inTimeZone('Europe/Berlin');
    const made = ['2026-10-25T01:30:00Z', '2026-10-25T00:30:00Z'].map((at) => timed({ at }));
    const { buckets } = await timings(made);
    expect(buckets.map(({ start }) => new Date(start).toISOString())).toEqual([
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T01:00:00.000Z',
    ]);
  });

  test('are one for a day of 25 hours', async () => {
    inTimeZone('Europe/Berlin');
    const made = ['2026-10-25T22:59:59Z', '2026-10-24T22:00:00Z'].map((at) => timed({ at }));
    expect((await timings(made, 'day')).buckets).toHaveLength(1);
  });

  test('are of one server each', async () => {
    const made = ['https://b', 'https://a'].map((server) => timed({ server }));
    expect((await timings(made)).buckets.map(({ server }) => server)).toEqual([
      'https://a',
      'https://b',
    ]);
  });

  test('have the median and the 95th percentile by the nearest rank', async () => {
    const made = Array.from({ length: 20 }, (_, n) =>
      timed({ roundTripMs: 1000 + n + 1, processingMs: n + 1 }),
    );
    expect((await timings(made)).buckets[0]).toMatchObject({
      count: 20,
      processing: { median: 10, p95: 19 },
      roundTrip: { median: 1010, p95: 1019 },
    });
  });

  test.for<[string, Timed, processing: boolean, roundTrip: boolean]>([
    ['there was no reply', { roundTripMs: null, processingMs: null }, false, false],
    ['the server says nothing of it', { processingMs: null }, false, true],
    ['it finished before it started', { processingMs: -1 }, false, true],
    ['it worked for longer than the round trip', { processingMs: 100.1 }, false, true],
    ['it worked for the whole round trip', { processingMs: 100 }, true, true],
    ['it took no time', { processingMs: 0 }, true, true],
  ])('have only figures that can be: %s', async ([, said, processing, roundTrip]) => {
    const [bucket] = (await timings([timed(said)])).buckets;
    expect([bucket?.count, bucket?.processing !== null, bucket?.roundTrip !== null]).toEqual([
      1,
      processing,
      roundTrip,
    ]);
  });

  test('hold every receipt exactly once', async () => {
    const some = fc.record({
      at: fc.integer({ min: 0, max: 200 * HOUR_MS }),
      server: fc.constantFrom('https://a', 'https://b'),
      roundTripMs: fc.option(fc.nat(1000)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(some), fc.constantFrom('hour', 'day'), async (made, per) => {
        const { count, buckets } = await timings(made.map(timed), per);
        expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(count);
        expect(new Set(buckets.map(({ start, server }) => `${start} ${server}`)).size).toBe(
          buckets.length,
        );
      }),
    );
  });
});

describe('an outlier', () => {
  /** By their quartiles, 144 ms is far out; but twice the median is 218 ms. */
  const usual = Array.from({ length: 20 }, (_, n) => timed({ id: `u${n}`, roundTripMs: 100 + n }));
  const outlierIds = async (made: readonly Receipt[]): Promise<string[]> =>
    (await timings(made)).outliers.map(({ id }) => id);

  test('is more than twice as slow as usual', async () => {
    const made = [...usual, timed({ id: 'slow', roundTripMs: 240 })];
    expect(await outlierIds(made)).toEqual(['slow']);
  });

  test('is not one that is less than twice as slow', async () => {
    expect(await outlierIds([...usual, timed({ roundTripMs: 200 })])).toEqual([]);
  });

  test('is not one among round trips that differ much anyway', async () => {
    const wide = Array.from({ length: 20 }, (_, n) => timed({ roundTripMs: 10 + 50 * n }));
    expect(await outlierIds([...wide, timed({ roundTripMs: 1_500 })])).toEqual([]);
  });

  test('is one by what its own server usually takes', async () => {
    const far = Array.from({ length: 20 }, () =>
      timed({ server: 'https://far', roundTripMs: 900 }),
    );
    const made = [...usual, ...far, timed({ id: 'slow', roundTripMs: 900 })];
    expect(await outlierIds(made)).toEqual(['slow']);
  });

  test('comes whole', async () => {
    const slow = timed({ id: 'slow', roundTripMs: 5_000 });
    expect((await timings([...usual, slow])).outliers).toEqual([slow]);
  });

  test('comes with at most 49 others, the slowest of all servers first', async () => {
    const slow = Array.from({ length: 300 }, (_, n) =>
      timed({ id: `${n}`, server: `https://${n % 2}`, roundTripMs: 10_000 + ((n * 7) % 300) }),
    );
    const fast = Array.from({ length: 2_000 }, (_, n) => timed({ server: `https://${n % 2}` }));
    const { outliers } = await timings([...slow, ...fast]);
    expect(outliers.map(({ roundTripMs }) => roundTripMs)).toEqual(
      Array.from({ length: 50 }, (_, n) => 10_299 - n),
    );
  });
});

describe('what is typical', () => {
  test('are the medians over all', async () => {
    const made = [1, 2, 3].map((n) =>
      timed({
        roundTripMs: 100 * n,
        processingMs: 10 * n,
        phases: { wait: n, dns: 2 * n, tcp: 3 * n, tls: 4 * n, request: 5 * n, firstByte: 6 * n },
      }),
    );
    expect((await timings(made)).typical).toEqual({
      roundTripMs: 200,
      processingMs: 20,
      phases: { wait: 2, dns: 4, tcp: 6, tls: 8, request: 10, firstByte: 12, download: 4 },
    });
  });

  test('counts a phase that there was none of as no time', async () => {
    const made = [null, null, 30].map((tls) => timed({ phases: { tls } }));
    expect((await timings(made)).typical?.phases.tls).toBe(0);
  });

  test('leaves out requests that were never answered', async () => {
    const made = [
      timed({ roundTripMs: null, phases: { dns: 5_000 } }),
      timed({ phases: { dns: 1 } }),
    ];
    expect((await timings(made)).typical?.phases.dns).toBe(1);
  });

  test('is not known of the server where it says only what cannot be', async () => {
    expect((await timings([timed({ processingMs: -5 })])).typical?.processingMs).toBeNull();
  });

  test('is nothing where no request was answered', async () => {
    expect((await timings([timed({ roundTripMs: null })])).typical).toBeNull();
  });
});
