// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { signal } from '@preact/signals';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Reply } from '../../../preload/contract.ts';
import { Results } from '../../../renderer/results/Results.tsx';
import { createResultsStore } from '../../../renderer/stores/results-store.ts';
import { endedByServer } from '../../support/ended-by-server.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { PATIENCE } from '../../support/patience.ts';
import { failedReceipt, receipt } from '../../support/receipts.ts';
import { windowState } from '../../support/window-state.ts';
import { withSpaces } from '../../support/with-spaces.ts';

afterEach(cleanup);

type Receipt = ReturnType<typeof receipt>;

const NOW = Date.parse('2026-07-01T12:00:00.000Z');

/** The results on the screen, with these receipts behind them. */
async function showResults(receipts: readonly Receipt[], more: Partial<Reply<'getResults'>> = {}) {
  const fake = fakeBridge(windowState());
  fake.calls.getResults.mockResolvedValueOnce({ receipts, next: null, unreadable: 0, ...more });
  const store = createResultsStore(fake.bridge);
  render(<Results results={store} now={signal(NOW)} />);
  await store.start();
  return { ...fake, store };
}

const many = (count: number): Receipt[] =>
  Array.from({ length: count }, (_, index) =>
    receipt({ id: `r${index}`, label: `Label ${index}` }),
  );

const rows = (): HTMLElement[] => screen.queryAllByRole('listitem');
const focused = (): string | null | undefined =>
  document.activeElement?.getAttribute('data-receipt');

describe('the list', () => {
  test('names what became of which session', async () => {
    await showResults([receipt({ label: 'Front desk' })]);
    await screen.findByRole('listitem', { name: 'Ended Front desk' });
  });

  test('has only what can be seen in the page, and says how many there are', async () => {
    await showResults(many(5000));
    const row = await screen.findByRole('listitem', { name: 'Ended Label 3' });
    expect(rows().length).toBeLessThan(60);
    expect([row.getAttribute('aria-posinset'), row.getAttribute('aria-setsize')]).toEqual([
      '4',
      '5000',
    ]);
  });

  test('scrolled into, still has one place that the Tab key reaches', async () => {
    const scrolledBy = -56 * 1000;
    vi.spyOn(HTMLUListElement.prototype, 'getBoundingClientRect').mockReturnValue(
      new DOMRect(0, scrolledBy, 400, 56 * 5000),
    );
    await showResults(many(5000));
    await screen.findByRole('listitem', { name: 'Ended Label 1000' });
    const reached = rows().filter((row) => row.querySelector('[tabindex="0"]') !== null);
    expect(reached.map((row) => row.getAttribute('aria-posinset'))).toEqual(['1']);
    vi.restoreAllMocks();
  });

  test('does not say how many there are before it knows', async () => {
    const { calls } = await showResults(many(100), { next: 'more' });
    calls.getResults.mockReturnValue(new Promise(() => undefined));
    const row = await screen.findByRole('listitem', { name: 'Ended Label 3' });
    expect(row.getAttribute('aria-setsize')).toBe('-1');
  });

  test('is gone through by keys', async () => {
    await showResults(many(300));
    const first = await screen.findByRole('button', { name: /^Label 0/ });
    first.focus();
    for (const [key, id] of [
      ['ArrowDown', 'r1'],
      ['End', 'r299'],
      ['ArrowUp', 'r298'],
      ['Home', 'r0'],
    ] as const) {
      fireEvent.keyDown(document.activeElement ?? document, { key });
      await vi.waitFor(() => expect(focused()).toBe(id), PATIENCE);
    }
  });

  test('shows a new receipt at once', async () => {
    const { emitReceipt } = await showResults([receipt({ id: 'old', label: 'Old' })]);
    await screen.findByRole('listitem', { name: 'Ended Old' });
    emitReceipt(receipt({ id: 'new', label: 'New' }));
    await Promise.resolve();
    expect(rows().map((row) => within(row).getByRole('button').dataset['receipt'])).toEqual([
      'new',
      'old',
    ]);
  });

  test('names both times', async () => {
    await showResults([receipt({ label: 'Front desk' })]);
    const row = await screen.findByRole('listitem', { name: 'Ended Front desk' });
    expect(withSpaces(row.querySelector('.result-times')?.textContent ?? '')).toBe(
      'Server 40 ms of 120 ms',
    );
  });

  test('says when there is none yet', async () => {
    await showResults([]);
    await screen.findByText('No results yet');
  });

  test('says when none matches', async () => {
    const { store } = await showResults([receipt()]);
    store.refine({ outcomes: ['refused'] });
    await screen.findByText('No result matches');
  });

  test('says what could not be read', async () => {
    await showResults([receipt()], { unreadable: 2 });
    await screen.findByText('2 stored results could not be read and were skipped.');
  });
});

describe('the filters', () => {
  test('are chosen in their panel, shown, and taken away one by one', async () => {
    const { store } = await showResults([receipt()]);
    fireEvent.click(screen.getByRole('button', { name: 'Filters' }));
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Refused by the server' }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Engagement' }));
    expect(store.filter.value).toMatchObject({ outcomes: ['refused'], kinds: ['engagement'] });
    fireEvent.click(await screen.findByRole('button', { name: 'Remove filter: Engagement' }));
    expect(store.filter.value).toMatchObject({ outcomes: ['refused'], kinds: [] });
  });

  test('reach from the beginning of one day to the end of another', async () => {
    const { store } = await showResults([receipt()]);
    fireEvent.click(screen.getByRole('button', { name: 'Filters' }));
    const day = '2026-07-01';
    fireEvent.change(await screen.findByLabelText('From'), { target: { value: day } });
    fireEvent.change(screen.getByLabelText('To'), { target: { value: day } });
    const { from, to } = store.filter.value;
    expect(from).toBe(new Date(2026, 6, 1).getTime());
    expect(to).toBe(new Date(2026, 6, 2).getTime() - 1);
  });

  test('are all cleared at once', async () => {
    const { store } = await showResults([receipt()]);
    store.refine({ text: 'front', causes: ['quit'] });
    fireEvent.click(await screen.findByRole('button', { name: 'Clear all' }));
    expect(store.filter.value).toMatchObject({ text: '', causes: [] });
  });
});

describe('the focus', () => {
  const text = (): unknown => document.activeElement?.getAttribute('aria-label');

  test('goes on to the next filter when one is taken away, and from the last to the search', async () => {
    const { store } = await showResults([receipt()]);
    store.refine({ kinds: ['agent'], causes: ['quit'] });
    const first = await screen.findByRole('button', { name: 'Remove filter: Quit' });
    first.focus();
    fireEvent.click(first);
    await vi.waitFor(() => expect(first.isConnected).toBe(false), PATIENCE);
    expect(text()).toBe('Remove filter: Agent session');
    fireEvent.click(document.activeElement ?? document.body);
    await vi.waitFor(
      () => expect(document.activeElement).toBe(screen.getByRole('searchbox')),
      PATIENCE,
    );
  });

  test('goes to the search when all are cleared', async () => {
    const { store } = await showResults([receipt()]);
    store.refine({ kinds: ['agent'] });
    const clear = await screen.findByRole('button', { name: 'Clear all' });
    clear.focus();
    fireEvent.click(clear);
    await vi.waitFor(
      () => expect(document.activeElement).toBe(screen.getByRole('searchbox')),
      PATIENCE,
    );
  });

  test.each(['Cancel', 'Dismiss'])('goes back to the export after %s', async (name) => {
    const { calls } = await showResults([receipt()]);
    const end = Promise.withResolvers<Reply<'exportResults'>>();
    calls.exportResults.mockReturnValueOnce(end.promise);
    calls.cancelExport.mockImplementationOnce(async () => end.resolve({ end: 'cancelled' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Export as CSV' }));
    if (name === 'Dismiss') end.resolve({ end: 'saved', count: 1, fileName: 'a.csv' });
    const pressed = await screen.findByRole('button', { name });
    pressed.focus();
    fireEvent.click(pressed);
    await vi.waitFor(() => expect(text()).toBe('Export as CSV'), PATIENCE);
  });
});

describe('one receipt', () => {
  async function open(differences: Partial<Receipt> = {}) {
    const shown = await showResults([
      receipt({ id: 'other' }),
      failedReceipt({ id: 'r', label: 'Front desk', ...differences }),
    ]);
    fireEvent.click(await screen.findByRole('button', { name: /^Front desk/ }));
    await screen.findByRole('article', { name: 'Front desk' });
    return shown;
  }

  test('says what happened, with the code and words of the server', async () => {
    await open();
    screen.getByText('The server would not end the session. It stays held.');
    screen.getByText('There are chats.');
    screen.getByText('BUSY · HTTP 200');
  });

  test('says in a sentence where the time went', async () => {
    await open();
    screen.getByText('The server took 40 ms of 120 ms; most of the wait was the network.');
  });

  test('has the waterfall as a table', async () => {
    await open();
    const table = screen.getByRole('table', { hidden: true });
    const cells = within(table)
      .getAllByRole('row', { hidden: true })
      .map((row) => [...row.children].map((cell) => withSpaces(cell.textContent)));
    expect(cells).toContainEqual(['Wait for the answer', '6 ms', '110 ms']);
    expect(cells).toContainEqual(['Server’s processing', '–', '40 ms']);
  });

  test('shows a server’s time that cannot be, and marks it', async () => {
    const { server } = receipt();
    await open({
      server: { ...server, processingMs: -1200 },
      implausible: ['The server says that it finished before it started.'],
    });
    screen.getByText('The server says that it finished before it started.');
    screen.getByText('−1.2 s (Implausible)');
  });

  test('says that no times were measured', async () => {
    const { phases } = receipt();
    const none = Object.fromEntries(Object.keys(phases).map((phase) => [phase, null]));
    await open({ phases: { ...phases, ...none }, roundTripMs: null });
    screen.getByText(/^No times were measured/);
  });

  test('shows the raw reply, and that it was cut off', async () => {
    await open({ reply: { status: 200, body: '{"a":', cut: true } });
    screen.getByText('HTTP 200 · Only the beginning was kept.');
    expect(screen.getByRole('region', { name: 'Raw reply', hidden: true }).textContent).toBe(
      '{"a":',
    );
  });

  test.each(['Escape', 'Back'])('%s leads back to where it was opened', async (way) => {
    await open();
    if (way === 'Back') fireEvent.click(screen.getByRole('button', { name: 'Back' }));
    else fireEvent.keyDown(document.activeElement ?? document, { key: 'Escape' });
    await vi.waitFor(() => expect(focused()).toBe('r'), PATIENCE);
  });

  test.each([
    ['Copy as JSON', /"code": "BUSY"/],
    ['Copy as text', /^Label: Front desk\nOutcome: Refused by the server\n/],
  ])('%s', async (button, content) => {
    await open();
    const copied: string[] = [];
    document.execCommand = () => {
      copied.push(document.querySelector('textarea')?.value ?? '');
      return true;
    };
    fireEvent.click(screen.getByRole('button', { name: button }));
    await screen.findByText('Copied.');
    expect(copied).toEqual([expect.stringMatching(content)]);
    expect(document.querySelector('textarea')).toBeNull();
  });

  test('a second copy is said again: the words come anew', async () => {
    await open();
    document.execCommand = () => true;
    const copy = screen.getByRole('button', { name: 'Copy as JSON' });
    fireEvent.click(copy);
    const first = await screen.findByText('Copied.');
    fireEvent.click(copy);
    await vi.waitFor(() => expect(screen.getByText('Copied.')).not.toBe(first), PATIENCE);
  });
});

describe('an export', () => {
  /** What a screen reader reads out of it. */
  const heard = (): unknown =>
    document.querySelector('.export-progress [role="status"]')?.textContent;

  test('shows how far it is, and can be cancelled', async () => {
    const { calls, emitExport } = await showResults([receipt()]);
    const end = Promise.withResolvers<Reply<'exportResults'>>();
    calls.exportResults.mockReturnValueOnce(end.promise);
    calls.cancelExport.mockImplementationOnce(async () => end.resolve({ end: 'cancelled' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Export as CSV' }));
    emitExport({ written: 12_000 });
    await screen.findByText('Exporting… 12,000 results so far', { ignore: '[role=status]' });
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await vi.waitFor(() => expect(heard()).toBe('Export cancelled. Nothing was saved.'), PATIENCE);
  });

  test('is read out at its beginning, at its end, and in between only every few seconds', async () => {
    const { calls, emitExport } = await showResults([receipt()]);
    const end = Promise.withResolvers<Reply<'exportResults'>>();
    calls.exportResults.mockReturnValueOnce(end.promise);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    fireEvent.click(await screen.findByRole('button', { name: 'Export as CSV' }));
    await vi.waitFor(() => expect(heard()).toBe('Exporting… 0 results so far'), PATIENCE);
    emitExport({ written: 500 });
    await screen.findByText('Exporting… 500 results so far');
    vi.advanceTimersByTime(4_000);
    expect(heard()).toBe('Exporting… 0 results so far');
    vi.advanceTimersByTime(1_000);
    await vi.waitFor(() => expect(heard()).toBe('Exporting… 500 results so far'), PATIENCE);
    end.resolve({ end: 'saved', count: 1_300, fileName: 'a.csv' });
    await vi.waitFor(() => expect(heard()).toBe('1,300 results saved as a.csv.'), PATIENCE);
  });

  test.each<[Reply<'exportResults'>, string | undefined]>([
    [{ end: 'saved', count: 1, fileName: 'a.json' }, 'icon icon-done'],
    [{ end: 'failed', why: 'disk-full', code: 'ENOSPC' }, 'icon icon-warning'],
    [{ end: 'cancelled' }, undefined],
  ])('has a shape for how it ended: %o', async (end, shape) => {
    const { calls } = await showResults([receipt()]);
    calls.exportResults.mockResolvedValueOnce(end);
    fireEvent.click(await screen.findByRole('button', { name: 'Export as JSON' }));
    await screen.findByRole('button', { name: 'Dismiss' });
    const mark = document.querySelector('.export-progress > .icon');
    expect(mark?.getAttribute('class') ?? undefined).toBe(shape);
  });

  test.each<[Reply<'exportResults'>, string]>([
    [{ end: 'saved', count: 1, fileName: 'a.json' }, '1 result saved as a.json.'],
    [
      { end: 'failed', why: 'disk-full', code: 'ENOSPC' },
      'The export failed: The disk is full. Make room, or choose another place.',
    ],
    [
      { end: 'failed', why: 'other', code: 'EIO' },
      'The export failed: The file could not be written (EIO).',
    ],
  ])('says how it ended: %o', async (end, said) => {
    const { calls } = await showResults([receipt()]);
    calls.exportResults.mockResolvedValueOnce(end);
    fireEvent.click(await screen.findByRole('button', { name: 'Export as JSON' }));
    await vi.waitFor(() => expect(heard()).toBe(said), PATIENCE);
  });
});

describe('a session that the server ended by itself', () => {
  const showIt = async (): Promise<void> => {
    await showResults([endedByServer({ label: 'Front desk' })]);
    const row = await screen.findByRole('listitem', { name: 'Ended by the server Front desk' });
    fireEvent.click(within(row).getByRole('button'));
    await screen.findByText(/^The server ended the session by itself/);
  };

  test('is said to have been, once', async () => {
    await showResults([endedByServer({ label: 'Front desk' })]);
    const row = await screen.findByRole('listitem', { name: 'Ended by the server Front desk' });
    expect(row.textContent).not.toContain('·');
  });

  test('has no times where nothing was asked', async () => {
    await showIt();
    expect(screen.queryByText('Where the time went')).toBeNull();
  });

  test('has no attempts among its details', async () => {
    await showIt();
    const terms = screen.getAllByRole('term').map(({ textContent }) => textContent);
    expect(terms).toContain('Cause');
    expect(terms).not.toContain('Attempts');
  });
});
