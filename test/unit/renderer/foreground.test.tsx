// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { openWindow } from '../../support/open-window.tsx';
import { receipt } from '../../support/receipts.ts';
import { heldView, windowState } from '../../support/window-state.ts';

const NOW = 1_000_000;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  return () => vi.useRealTimers();
});
afterEach(cleanup);

/** Also what is done after the next frame. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(200);

/** The window with one session. */
async function open() {
  const state = windowState({ held: [heldView()] });
  const fake = fakeBridge(state);
  await openWindow(fake.bridge);
  await settle();
  return { ...fake, state };
}

async function press(name: string): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}
const settings = (): HTMLElement => screen.getByRole('dialog', { name: 'Settings' });

describe('an outcome', () => {
  const said = 'Front desk: Ended';
  const whereSaid = (): (Element | null)[] =>
    screen
      .getAllByText(said)
      .map((one) => (one.closest('[role="log"]') === null ? one : one.closest('dialog')));

  test('is said in the window where nothing stands in front of it', async () => {
    const { emitReceipt } = await open();
    emitReceipt(receipt({ id: 'new', label: 'Front desk' }));
    await settle();
    expect(whereSaid()).toEqual([null]);
  });

  test('is said in the dialog in front: nothing behind it is heard', async () => {
    const { emitReceipt } = await open();
    await press('Settings');
    emitReceipt(receipt({ id: 'new', label: 'Front desk' }));
    await settle();
    expect(whereSaid()).toEqual([settings()]);
  });

  test('is said in the one further in front where two are open', async () => {
    const { emitReceipt } = await open();
    await press('Settings');
    await press('Keyboard shortcuts');
    emitReceipt(receipt({ id: 'new', label: 'Front desk' }));
    await settle();
    expect(whereSaid()).toEqual([screen.getByRole('dialog', { name: 'Keyboard shortcuts' })]);
  });

  test('is said while the app leaves', async () => {
    const { state, emitState, emitReceipt } = await open();
    const leaving = {
      phase: 'ending',
      cause: 'quit',
      deadline: NOW + 5000,
      budgetMs: 5000,
    } as const;
    emitState({ ...state, leaving });
    emitReceipt(receipt({ id: 'new', label: 'Front desk' }));
    await settle();
    expect(whereSaid()).toEqual([screen.getByRole('dialog')]);
  });

  test('is not said again once the dialog is closed', async () => {
    const { emitReceipt } = await open();
    await press('Settings');
    emitReceipt(receipt({ id: 'new', label: 'Front desk' }));
    await settle();
    await press('Close');
    expect(screen.queryByText(said)).toBeNull();
  });
});

describe('a question that comes while the settings are open', () => {
  const leftoverQuestion = { ids: ['a'], deadline: NOW + 60_000 };

  test('is asked in front of them', async () => {
    const { state, calls, emitState } = await open();
    await press('Settings');
    emitState({ ...state, leftoverQuestion });
    await settle();
    fireEvent.click(within(settings()).getByRole('button', { name: 'Keep holding' }));
    expect(calls.answerLeftover.mock.calls).toEqual([[{ answer: 'keep' }]]);
  });

  test('is asked once', async () => {
    const { state, emitState } = await open();
    await press('Settings');
    const originQuestion = { origin: 'https://console.example.com', deadline: NOW + 60_000 };
    emitState({ ...state, originQuestion });
    await settle();
    expect(screen.getByRole('button', { name: 'Allow' }).closest('dialog')).toBe(settings());
    await press('Close');
    expect(screen.getByRole('button', { name: 'Allow' }).closest('dialog')).toBeNull();
  });

  test('leaves the focus in them once it is answered', async () => {
    const { state, emitState } = await open();
    await press('Settings');
    emitState({ ...state, leftoverQuestion });
    await settle();
    expect(document.activeElement?.textContent).toBe('Keep holding');
    emitState(state);
    await settle();
    expect(settings().contains(document.activeElement)).toBe(true);
  });
});
