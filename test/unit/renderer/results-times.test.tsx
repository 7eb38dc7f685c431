// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { signal } from '@preact/signals';
import { afterEach, expect, test, vi } from 'vitest';
import type { Timings } from '../../../preload/contract.ts';
import { Results } from '../../../renderer/results/Results.tsx';
import { createResultsStore } from '../../../renderer/stores/results-store.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { PATIENCE } from '../../support/patience.ts';
import { receipt } from '../../support/receipts.ts';
import { windowState } from '../../support/window-state.ts';
import { withSpaces } from '../../support/with-spaces.ts';

afterEach(cleanup);

const SERVERS = ['https://a.example.com', 'https://b.example.com'] as const;
const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = Date.parse('2026-07-05T12:00:00.000Z');

const slow = receipt({ id: 'slow', label: 'Slow one', roundTripMs: 4000 });

const TIMINGS: Timings = {
  count: 9,
  complete: true,
  servers: [SERVERS[0]],
  buckets: [0, 1, 2].map((day) => ({
    start: new Date(2026, 6, 1).getTime() + day * DAY_MS,
    server: SERVERS[0],
    count: 3,
    processing: { median: 40 + day, p95: 90 },
    roundTrip: { median: 300 + day, p95: 450 },
  })),
  outliers: [slow],
  typical: {
    roundTripMs: 310,
    processingMs: 40,
    phases: { wait: 0, dns: 5, tcp: 15, tls: 180, request: 0, firstByte: 105, download: 5 },
  },
};

/** The results over time on the screen. */
function showTimes(timings: Partial<Timings> = {}) {
  const fake = fakeBridge(windowState());
  fake.calls.getTimings.mockResolvedValue({ ...TIMINGS, ...timings });
  const store = createResultsStore(fake.bridge);
  render(<Results results={store} now={signal(NOW)} />);
  fireEvent.click(screen.getByRole('button', { name: 'Over time' }));
  return { ...fake, store };
}

test('one sentence says where the time goes', async () => {
  showTimes();
  await screen.findByText('The server took 40 ms of 310 ms; most of the wait was TLS.', {
    exact: false,
  });
});

test('the charts are named by what they are of', async () => {
  showTimes();
  const names = (await screen.findAllByRole('group', { name: /medians/ })).map((chart) =>
    withSpaces(chart.getAttribute('aria-label')),
  );
  expect(names).toEqual([
    'Round trip: medians from 300 ms to 302 ms',
    'Server’s processing: medians from 40 ms to 42 ms',
  ]);
});

test('the table behind the charts has every figure, the newest first', async () => {
  showTimes();
  const [table] = await screen.findAllByRole('table', { hidden: true });
  const cells = within(table ?? document.body)
    .getAllByRole('row', { hidden: true })
    .map((row) => [...row.children].map((cell) => withSpaces(cell.textContent)));
  expect(cells[1]).toEqual(['Jul 3', '3', '42 ms', '90 ms', '302 ms', '450 ms']);
  expect(cells).toHaveLength(4);
});

test('many results are counted as the language counts', async () => {
  const [first] = TIMINGS.buckets;
  showTimes({ buckets: first ? [{ ...first, count: 12_345 }] : [] });
  const [table] = await screen.findAllByRole('table', { hidden: true });
  within(table ?? document.body).getByText('12,345');
});

test('what stands out opens its receipt by the keyboard, and Escape leads back to it', async () => {
  showTimes();
  const [point] = await screen.findAllByRole('button', { name: /^4\ss, Slow one, / });
  expect(point?.getAttribute('tabindex')).toBe('0');
  fireEvent.keyDown(point ?? document, { key: 'Enter' });
  await screen.findByRole('article', { name: 'Slow one' });
  fireEvent.keyDown(document, { key: 'Escape' });
  await vi.waitFor(
    () => expect(document.activeElement?.getAttribute('data-receipt')).toBe('slow'),
    PATIENCE,
  );
});

test('what stands out in a chart is one stop of the Tab key, and the arrow keys lead along it', async () => {
  const hour = (n: number): string => new Date(2026, 6, 2, n).toISOString();
  const outliers = [3, 1, 2].map((n) => ({ ...slow, id: `at ${n}`, finishedAt: hour(n) }));
  showTimes({ outliers });
  await screen.findAllByRole('button', { name: /^4\ss, Slow one, / });
  const focused = (): unknown => document.activeElement?.getAttribute('data-receipt');
  const stops = (): unknown[] =>
    [...document.querySelectorAll('.outlier[tabindex="0"]')].map((point) =>
      point.getAttribute('data-receipt'),
    );
  expect(stops()).toEqual(['at 1']);
  document.querySelector<SVGElement>('.outlier')?.focus();
  fireEvent.keyDown(document.activeElement ?? document, { key: 'ArrowRight' });
  expect(focused()).toBe('at 2');
  fireEvent.keyDown(document.activeElement ?? document, { key: 'End' });
  expect(focused()).toBe('at 3');
  await vi.waitFor(() => expect(stops()).toEqual(['at 3']), PATIENCE);
});

test('a server’s time that cannot be is marked in the table of what stands out', async () => {
  showTimes({ outliers: [{ ...slow, server: { ...slow.server, processingMs: -2_400 } }] });
  await screen.findByText('−2.4 s (Implausible)');
});

test('another server and another unit can be chosen', async () => {
  const { calls } = showTimes({ servers: [...SERVERS] });
  fireEvent.change(await screen.findByLabelText('Server'), { target: { value: SERVERS[1] } });
  fireEvent.click(screen.getByRole('button', { name: 'Hour' }));
  await vi.waitFor(
    () =>
      expect(calls.getTimings.mock.lastCall?.[0]).toMatchObject({
        per: 'hour',
        filter: { servers: [SERVERS[1]] },
      }),
    PATIENCE,
  );
});

test('without any result it says what will stand there', async () => {
  showTimes({ count: 0, servers: [], buckets: [], outliers: [], typical: null });
  await screen.findByText('No times yet');
});

test('times that cannot be read can be read again', async () => {
  const { calls } = showTimes();
  calls.getTimings.mockRejectedValueOnce(new Error('no'));
  fireEvent.click(await screen.findByRole('button', { name: 'Hour' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Read again' }));
  await screen.findByRole('group', { name: /^Round trip/ });
});
