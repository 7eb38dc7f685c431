// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { EventPayload } from '../../../preload/contract.ts';
import { createResultsStore } from '../../../renderer/stores/results-store.ts';
import type { ResultsStore } from '../../../renderer/stores/results-store.ts';
import { createStore } from '../../../renderer/stores/store.ts';
import { useNotificationTarget } from '../../../renderer/useNotificationTarget.ts';
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
async function goTo(
  place: Place,
  options: { beforeStart?: boolean; before?: (results: ResultsStore) => void } = {},
) {
  const { beforeStart = false, before } = options;
  const fake = fakeBridge(windowState({ held: [heldView({ id: 'a' }), heldView({ id: 'b' })] }));
  fake.calls.getResults.mockResolvedValue({
    receipts: [receipt({ id: 'receipt-1' })],
    next: null,
    unreadable: 0,
  });
  const store = createStore(fake.bridge);
  const results = createResultsStore(fake.bridge);
  const shown: string[] = [];
  const signedIn: string[] = [];
  const Window = () => {
    useNotificationTarget(
      store,
      results,
      (view) => shown.push(view),
      (id) => signedIn.push(id),
    );
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
  before?.(results);
  if (!beforeStart) fake.emitShow(place);
  await vi.runOnlyPendingTimersAsync();
  return { store, results, shown, signedIn };
}

test.each<Place>([
  { view: 'sessions', id: null },
  { view: 'results', receipt: null },
])('a part of the window is shown ($view)', async (place) => {
  expect((await goTo(place)).shown).toEqual([place.view]);
});

test('the place is left behind once it is shown', async () => {
  expect((await goTo({ view: 'sessions', id: null })).store.notificationTarget.value).toBeNull();
});

test('a session is where the keyboard goes on', async () => {
  await goTo({ view: 'sessions', id: 'b' });
  expect(document.activeElement).toBe(screen.getByText('Sign off b'));
});

test('a session that is over by then leaves the sessions', async () => {
  expect((await goTo({ view: 'sessions', id: 'gone' })).shown).toEqual(['sessions']);
});

test('a session that was ended is signed in to again, in front of the sessions', async () => {
  const { shown, signedIn } = await goTo({ view: 'sign-in', id: 'ended' });
  expect([shown, signedIn]).toEqual([['sessions'], ['ended']]);
});

test('a receipt is opened', async () => {
  const { results } = await goTo({ view: 'results', receipt: receipt({ id: 'receipt-1' }) });
  expect(results.opened.value?.id).toBe('receipt-1');
});

test('a receipt is opened that came before the page did', async () => {
  const place: Place = { view: 'results', receipt: receipt({ id: 'receipt-1' }) };
  const { results } = await goTo(place, { beforeStart: true });
  expect(results.opened.value?.id).toBe('receipt-1');
});

test('a receipt is opened that the list does not have, or the filter hides', async () => {
  const place: Place = { view: 'results', receipt: receipt({ id: 'long ago' }) };
  const { results } = await goTo(place, {
    before: (store) => store.refine({ text: 'something else' }),
  });
  expect(results.opened.value?.id).toBe('long ago');
});

test('several receipts are in sight, whatever was shown before', async () => {
  const place: Place = { view: 'results', receipt: null };
  const { results } = await goTo(place, {
    before(store) {
      store.refine({ text: 'something else' });
      store.show('times');
      store.open(receipt());
    },
  });
  expect(results.opened.value).toBeNull();
  expect(results.view.value).toBe('list');
  expect(results.list.value.receipts.map(({ id }) => id)).toEqual(['receipt-1']);
});

describe('a dialog', () => {
  async function withDialog(html: string): Promise<HTMLDialogElement> {
    const place = document.createElement('div');
    place.innerHTML = html;
    document.body.append(place);
    onTestFinished(() => place.remove());
    await goTo({ view: 'results', receipt: null });
    const dialog = place.querySelector('dialog');
    if (dialog === null) throw new Error('There is no dialog.');
    return dialog;
  }

  test('in front of the place is closed', async () => {
    expect((await withDialog('<dialog open></dialog>')).open).toBe(false);
  });

  test.each([
    ['asks before the app goes', '<dialog open class="dialog leaving"></dialog>'],
    ['has something under way', '<dialog open aria-busy="true"></dialog>'],
  ])('that %s stays', async (_, html) => {
    expect((await withDialog(html)).open).toBe(true);
  });
});
