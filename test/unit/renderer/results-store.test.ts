import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Reply, Timings } from '../../../preload/contract.ts';
import { createResultsStore } from '../../../renderer/stores/results-store.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { failedReceipt, receipt } from '../../support/receipts.ts';
import { windowState } from '../../support/window-state.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

type Page = Reply<'getResults'>;

const ANOTHER = 'https://eu.chat.example.com';
const SERVER = 'https://chat.example.com';

function page(ids: readonly string[], next: string | null = null): Page {
  return { receipts: ids.map((id) => receipt({ id })), next, unreadable: 0 };
}

function bucket(server: string, count: number, start = 0): Timings['buckets'][number] {
  return { start, server, count, processing: null, roundTrip: null };
}

function timings(buckets: Timings['buckets']): Timings {
  return {
    count: buckets.reduce((sum, { count }) => sum + count, 0),
    complete: true,
    servers: [...new Set(buckets.map(({ server }) => server))],
    buckets,
    outliers: [],
    typical: null,
  };
}

function newStore() {
  const fake = fakeBridge(windowState());
  const store = createResultsStore(fake.bridge);
  return { ...fake, store, ids: () => store.list.value.receipts.map(({ id }) => id) };
}

/** Lets everything that is on its way arrive. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('the list', () => {
  test('a new receipt comes first, once, even if it overtook the first page', async () => {
    const { store, calls, emitReceipt, ids } = newStore();
    calls.getResults.mockResolvedValueOnce(page(['new', 'old'], 'more'));
    const started = store.start();
    emitReceipt(receipt({ id: 'new' }));
    await started;
    emitReceipt(receipt({ id: 'newest' }));
    emitReceipt(receipt({ id: 'newest' }));
    expect(ids()).toEqual(['newest', 'new', 'old']);
  });

  test('pages follow each other to the end, and what could not be read adds up', async () => {
    const { store, calls, ids } = newStore();
    calls.getResults
      .mockResolvedValueOnce({ ...page(['1'], 'p2'), unreadable: 1 })
      .mockResolvedValueOnce({ ...page(['2']), unreadable: 1 });
    await store.start();
    await store.showMore();
    await store.showMore();
    expect(calls.getResults.mock.calls.map(([{ after }]) => after)).toEqual([null, 'p2']);
    expect(ids()).toEqual(['1', '2']);
    expect(store.list.value.unreadable).toBe(2);
  });

  test('a page on which nothing matched is not taken for the end', async () => {
    const { store, calls, ids } = newStore();
    calls.getResults.mockResolvedValueOnce(page([], 'p2')).mockResolvedValueOnce(page(['1'], 'p3'));
    await store.start();
    expect(ids()).toEqual(['1']);
    expect(store.list.value.next).toBe('p3');
  });

  test('a page that cannot be read can be read again', async () => {
    const { store, calls, ids } = newStore();
    calls.getResults.mockRejectedValueOnce(new Error('no')).mockResolvedValueOnce(page(['1']));
    await store.start();
    expect(store.list.value.status).toBe('failed');
    await store.showMore();
    expect(ids()).toEqual(['1']);
  });
});

describe('the filter', () => {
  test('what is known to match shows at once, before the answer', async () => {
    const { store, calls, ids } = newStore();
    calls.getResults.mockResolvedValueOnce({
      ...page([]),
      receipts: [receipt({ id: 'ended' }), failedReceipt({ id: 'refused' })],
    });
    await store.start();
    calls.getResults.mockReturnValue(new Promise(() => undefined));
    store.refine({ outcomes: ['refused'] });
    expect(ids()).toEqual(['refused']);
  });

  test('a late answer to an older question is dropped', async () => {
    const { store, calls, ids } = newStore();
    const older = Promise.withResolvers<Page>();
    calls.getResults.mockReturnValueOnce(older.promise).mockResolvedValueOnce(page(['newer']));
    store.refine({ outcomes: ['refused'] });
    store.refine({ outcomes: ['ended'] });
    await settle();
    older.resolve(page(['older']));
    await settle();
    expect(ids()).toEqual(['newer']);
  });

  test('typing is searched for once it pauses', async () => {
    const { store, calls } = newStore();
    store.refine({ text: 'f' });
    store.refine({ text: 'fr' });
    store.refine({ text: 'front' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls.getResults.mock.calls.map(([{ filter }]) => filter.text)).toEqual(['front']);
  });

  test('a new receipt shows only if the filter leaves it in', async () => {
    const { store, emitReceipt, ids } = newStore();
    store.refine({ outcomes: ['refused'], text: 'BUSY chats' });
    await settle();
    emitReceipt(receipt({ id: 'ended' }));
    emitReceipt(failedReceipt({ id: 'refused' }));
    expect(ids()).toEqual(['refused']);
  });

  test('every server that a receipt named can be chosen', async () => {
    const { store, calls, emitReceipt } = newStore();
    calls.getResults.mockResolvedValueOnce(page(['1']));
    await store.start();
    emitReceipt(receipt({ id: '2', address: { server: ANOTHER, fqSiteName: 'site' } }));
    expect(store.servers.value).toEqual([SERVER, ANOTHER]);
  });
});

describe('times', () => {
  test('are those of the server with the most receipts, of several', async () => {
    const { store, calls } = newStore();
    calls.getTimings.mockImplementation(async ({ filter: { servers } }) =>
      timings(
        [0, 1, 2]
          .flatMap((start) => [bucket(SERVER, 1, start), bucket(ANOTHER, 5, start)])
          .filter(({ server }) => servers.length === 0 || servers.includes(server)),
      ),
    );
    store.show('times');
    await settle();
    const { server, timings: shown } = store.times.value;
    expect(server).toBe(ANOTHER);
    expect(shown?.servers).toEqual([ANOTHER]);
  });

  test('are by the hour where there are too few days for a line', async () => {
    const { store, calls } = newStore();
    calls.getTimings.mockResolvedValue(timings([bucket(SERVER, 3)]));
    store.show('times');
    await settle();
    expect(store.times.value.per).toBe('hour');
  });

  test('stay by the day when that was chosen', async () => {
    const { store, calls } = newStore();
    calls.getTimings.mockResolvedValue(timings([bucket(SERVER, 3)]));
    store.show('times');
    store.choosePer('day');
    await settle();
    expect(store.times.value.per).toBe('day');
  });

  test('are read once more after all that came while they were read', async () => {
    const { store, calls, emitReceipt } = newStore();
    store.show('times');
    for (const id of ['1', '2', '3']) emitReceipt(receipt({ id }));
    await settle();
    expect(calls.getTimings).toHaveBeenCalledTimes(2);
  });

  test('that cannot be read can be read again', async () => {
    const { store, calls } = newStore();
    calls.getTimings.mockRejectedValueOnce(new Error('no'));
    store.show('times');
    await settle();
    expect(store.times.value.status).toBe('failed');
    await store.readTimes();
    expect(store.times.value.status).toBe('idle');
  });
});

describe('an export', () => {
  test('is of what the filter leaves in, shows how far it is, and how it ended', async () => {
    const { store, calls, emitExport } = newStore();
    const end = Promise.withResolvers<Reply<'exportResults'>>();
    calls.exportResults.mockReturnValueOnce(end.promise);
    store.refine({ kinds: ['agent'] });
    const exported = store.exportAs('csv');
    emitExport({ written: 500 });
    expect(store.exporting.value).toEqual({ phase: 'running', written: 500 });
    end.resolve({ end: 'saved', count: 900, fileName: 'results.csv' });
    await exported;
    expect(store.exporting.value).toMatchObject({ phase: 'over', result: { count: 900 } });
    expect(calls.exportResults.mock.calls[0]?.[0]).toMatchObject({
      format: 'csv',
      filter: { kinds: ['agent'] },
    });
  });

  test('runs alone', async () => {
    const { store, calls } = newStore();
    await Promise.all([store.exportAs('csv'), store.exportAs('json')]);
    expect(calls.exportResults).toHaveBeenCalledTimes(1);
  });

  test('that gets no answer is over', async () => {
    const { store, calls } = newStore();
    calls.exportResults.mockRejectedValueOnce(new Error('no'));
    await store.exportAs('csv');
    expect(store.exporting.value).toEqual({ phase: 'over', result: null });
  });
});
