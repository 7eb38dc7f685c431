// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventPayload } from '../../../preload/contract.ts';
import { useArrival } from '../../../renderer/components/useArrival.ts';
import { createResultsStore } from '../../../renderer/results-store.ts';
import { createStore } from '../../../renderer/store.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { receipt } from '../../support/receipts.ts';
import { heldView, windowState } from '../../support/window-state.ts';

type Place = EventPayload<'show'>;

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});
afterEach(cleanup);

/** A window that holds two sessions and has one receipt, told to go to a place. */
async function goTo(place: Place, { beforeStart = false } = {}) {
  const fake = fakeBridge(windowState({ held: [heldView({ id: 'a' }), heldView({ id: 'b' })] }));
  fake.calls.getResults.mockResolvedValue({
    receipts: [receipt({ id: 'receipt-1' })],
    next: null,
    unreadable: 0,
  });
  const store = createStore(fake.bridge);
  const results = createResultsStore(fake.bridge);
  const shown: string[] = [];
  const Window = () => {
    useArrival(store, results, (view) => shown.push(view));
    return (
      <ul>
        <li id="held-a">
          <button type="button">Sign off a</button>
        </li>
        <li id="held-b">
          <button type="button">Sign off b</button>
        </li>
      </ul>
    );
  };
  render(<Window />);
  if (beforeStart) fake.emitShow(place);
  await Promise.all([store.start(), results.start()]);
  if (!beforeStart) fake.emitShow(place);
  await vi.runOnlyPendingTimersAsync();
  return { store, results, shown };
}

test.each(['sessions', 'results'] as const)('a part of the window is shown (%s)', async (view) => {
  expect((await goTo({ view, id: null })).shown).toEqual([view]);
});

test('the place is left behind once it is shown', async () => {
  expect((await goTo({ view: 'sessions', id: null })).store.place.value).toBeNull();
});

test('a session is where the keyboard goes on', async () => {
  await goTo({ view: 'sessions', id: 'b' });
  expect(document.activeElement).toBe(screen.getByText('Sign off b'));
});

test('a session that is over by then leaves the sessions', async () => {
  expect((await goTo({ view: 'sessions', id: 'gone' })).shown).toEqual(['sessions']);
});

test('a receipt is opened', async () => {
  const { results } = await goTo({ view: 'results', id: 'receipt-1' });
  expect(results.opened.value?.id).toBe('receipt-1');
});

test('a receipt is opened once it is there', async () => {
  const { results } = await goTo({ view: 'results', id: 'receipt-1' }, { beforeStart: true });
  expect(results.opened.value?.id).toBe('receipt-1');
});

test('a receipt that is not found leaves the results', async () => {
  expect((await goTo({ view: 'results', id: 'gone' })).shown).toEqual(['results']);
});
