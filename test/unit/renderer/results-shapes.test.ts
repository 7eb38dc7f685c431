import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { rowsAndGaps, visibleRange } from '../../../renderer/results/list/visible-rows.ts';
import { chartOf, labelledStarts } from '../../../renderer/results/over-time/chart-layout.ts';
import { waterfallOf } from '../../../renderer/results/receipt/waterfall-layout.ts';
import { summarise } from '../../../renderer/results/summary.ts';
import { receipt } from '../../support/receipts.ts';
import { withSpaces } from '../../support/with-spaces.ts';

const { phases, server } = receipt();

describe('the waterfall', () => {
  test('has the phases one after the other', () => {
    const bars = waterfallOf(receipt())?.bars.map(({ phase, startMs }) => [phase, startMs]);
    expect(bars).toEqual([
      ['wait', 0],
      ['dns', 0],
      ['tcp', 1],
      ['tls', 3],
      ['request', 6],
      ['firstByte', 6],
      ['download', 116],
    ]);
  });

  test('has the server’s processing in the middle of the wait for it', () => {
    const shape = waterfallOf(receipt());
    const [within] = shape?.bars.flatMap((bar) => bar.server ?? []) ?? [];
    // 6 ms until it was sent, and half of what the wait had beside the server's 40 ms.
    expect(within).toEqual({ startMs: 41, lengthMs: 40 });
  });

  test.each([
    ['negative', -5, null],
    ['longer than the wait', 900, { startMs: 6, lengthMs: 110 }],
  ])(
    'draws a processing time that is %s no further than there is room',
    (_, processingMs, drawn) => {
      const shape = waterfallOf(receipt({ server: { ...server, processingMs } }));
      expect(shape?.bars.find(({ phase }) => phase === 'firstByte')?.server).toEqual(drawn);
    },
  );

  test('leaves out what there was none of', () => {
    const shape = waterfallOf(receipt({ phases: { ...phases, tls: null } }));
    expect(shape?.bars.map(({ phase }) => phase)).not.toContain('tls');
  });
});

describe('the summary', () => {
  const none = { wait: 0, dns: 0, tcp: 0, tls: 0, request: 0, firstByte: 0, download: 0 };

  test.each([
    [
      40,
      { tls: 200, firstByte: 100 },
      'The server took 40 ms of 310 ms; most of the wait was TLS.',
    ],
    [40, { tls: 90, dns: 80 }, 'The server took 40 ms of 310 ms; the longest wait was TLS.'],
    [250, { firstByte: 300 }, 'The server took 250 ms of 310 ms: most of the time.'],
    [null, { firstByte: 300 }, 'It took 310 ms; most of it was waiting for the answer.'],
    [-40, { firstByte: 300 }, 'It took 310 ms; most of it was waiting for the answer.'],
    [-40, { dns: 100, tls: 90 }, 'It took 310 ms; the longest part was DNS.'],
    [40, {}, 'The server took 40 ms of 310 ms.'],
    [null, {}, 'It took 310 ms.'],
  ])('of %o ms by the server and %o', (processingMs, some, said) => {
    const sentence = summarise({ roundTripMs: 310, processingMs, phases: { ...none, ...some } });
    expect(withSpaces(sentence)).toBe(said);
  });

  test('is none where nothing came back', () => {
    expect(summarise({ roundTripMs: null, processingMs: null, phases: none })).toBeNull();
  });
});

describe('the rows of a long list', () => {
  test('are those in view and some to spare', () => {
    const place = { count: 100_000, rowHeight: 50, scrollTop: 50_000, viewHeight: 500 };
    expect(visibleRange(place)).toEqual({ first: 992, end: 1018 });
  });

  test('are none beyond its ends', () => {
    const place = { count: 3, rowHeight: 50, scrollTop: 0, viewHeight: 500 };
    expect(visibleRange(place)).toEqual({ first: 0, end: 3 });
  });

  test.each([
    [-1, [{ gapBefore: 4, rows: 4 }, { row: 4 }, { row: 5 }, { gapBefore: 10, rows: 4 }]],
    [
      1,
      [
        { gapBefore: 1, rows: 1 },
        { row: 1 },
        { gapBefore: 4, rows: 2 },
        { row: 4 },
        { row: 5 },
        { gapBefore: 10, rows: 4 },
      ],
    ],
    [9, [{ gapBefore: 4, rows: 4 }, { row: 4 }, { row: 5 }, { gapBefore: 9, rows: 3 }, { row: 9 }]],
  ])('keep the one with the focus, %i, wherever it is', (focused, pieces) => {
    expect(rowsAndGaps({ first: 4, end: 6 }, focused, 10)).toEqual(pieces);
  });
});

describe('the chart', () => {
  const HOUR_MS = 60 * 60 * 1000;
  const bucketAt = (hour: number) => ({
    start: hour * HOUR_MS,
    server: 'https://chat.example.com',
    count: 1,
    processing: null,
    roundTrip: { median: 100, p95: 280 },
  });
  const buckets = [0, 1, 3].map(bucketAt);
  const at = (hour: number): string => new Date(hour * HOUR_MS).toISOString();

  test('stands in time, and breaks where there is a gap in it', () => {
    const chart = chartOf({ buckets, outliers: [] }, 'roundTrip', 'hour');
    expect(chart?.runs.map((run) => run.map(({ median }) => median.x))).toEqual([
      [12.5, 37.5],
      [87.5],
    ]);
  });

  test('has a grid of round numbers up to above the highest', () => {
    const chart = chartOf({ buckets, outliers: [] }, 'roundTrip', 'hour');
    expect(chart?.grid.map(({ ms }) => ms)).toEqual([0, 100, 200, 300]);
  });

  test('shows what is higher than it goes at its edge', () => {
    const slow = receipt({ roundTripMs: 9000, finishedAt: at(2) });
    const chart = chartOf({ buckets, outliers: [slow] }, 'roundTrip', 'hour');
    expect(chart?.outliers).toMatchObject([{ position: { x: 50, y: 0 }, isClipped: true }]);
  });

  test('has what stands out only where that is what it stands out by', () => {
    const processed = buckets.map((one) => ({ ...one, processing: { median: 40, p95: 60 } }));
    const slow = receipt({ roundTripMs: 9000, finishedAt: at(2) });
    const chart = chartOf({ buckets: processed, outliers: [slow] }, 'processing', 'hour');
    expect(chart?.outliers).toEqual([]);
  });

  test.each([
    [[0], [0], true],
    [[0, 2], [0, 1, 2], true],
    [[0, 3, 4], [0, 2, 4], false],
    [[0, 5], [0, 3, 5], false],
  ])('names of the hours %j these: %j', (hours, named, areAll) => {
    const starts = named.map((hour) => hour * HOUR_MS);
    expect(labelledStarts(hours.map(bucketAt), 'hour')).toEqual({ starts, areAll });
  });

  test('names days by the calendar, also where one is an hour longer', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    onTestFinished(() => void vi.unstubAllEnvs());
    const days = [24, 25, 26].map((day) => ({ start: new Date(2026, 9, day).getTime() }));
    const { starts } = labelledStarts(
      [days[0], days[2]].flatMap((day) => day ?? []),
      'day',
    );
    expect(starts).toEqual(days.map(({ start }) => start));
  });

  test('goes on over days of which one is an hour longer', () => {
    const days = [0, 24, 49].map(bucketAt);
    const chart = chartOf({ buckets: days, outliers: [] }, 'roundTrip', 'day');
    expect(chart?.runs).toHaveLength(1);
  });

  test('has what stands out from left to right', () => {
    const slow = [3, 1].map((hour) => receipt({ id: `${hour}`, finishedAt: at(hour) }));
    const chart = chartOf({ buckets, outliers: slow }, 'roundTrip', 'hour');
    expect(chart?.outliers.map((outlier) => outlier.receipt.id)).toEqual(['1', '3']);
  });

  test('is none where nothing has the measure', () => {
    expect(chartOf({ buckets, outliers: [] }, 'processing', 'hour')).toBeNull();
  });
});
