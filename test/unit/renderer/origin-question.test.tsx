// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { openWindow } from '../../support/open-window.tsx';
import { windowState } from '../../support/window-state.ts';

const NOW = 1_000_000;
const originQuestion = { origin: 'https://console.example.com:8443', deadline: NOW + 60_000 };

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  return () => vi.useRealTimers();
});
afterEach(cleanup);

/** The window while it is asked. */
async function asked() {
  const state = windowState({ originQuestion });
  const fake = fakeBridge(state);
  await openWindow(fake.bridge);
  await vi.advanceTimersByTimeAsync(20);
  return { ...fake, state };
}

const button = (name: string): HTMLElement => screen.getByRole('button', { name });
async function press(name: string): Promise<void> {
  fireEvent.click(button(name));
  await vi.advanceTimersByTimeAsync(20);
}
const afterAMoment = (): Promise<unknown> => vi.advanceTimersByTimeAsync(600);

test('the origin is shown exactly, with the time there is to answer', async () => {
  await asked();
  screen.getByText('https://console.example.com:8443');
  screen.getByText('Without an answer it is turned away in 60 s.');
});

test('nothing takes the focus', async () => {
  await asked();
  await afterAMoment();
  expect(document.activeElement).toBe(document.body);
});

test.each([
  ['Allow', 'allow'],
  ['Don’t allow', 'deny'],
] as const)('%s is answered with %s', async (name, answer) => {
  const { calls } = await asked();
  await afterAMoment();
  await press(name);
  expect(calls.answerOrigin.mock.calls).toEqual([[{ origin: originQuestion.origin, answer }]]);
});

test('a click that was meant for what was there before is not taken', async () => {
  const { calls } = await asked();
  await press('Allow');
  expect(calls.answerOrigin).not.toHaveBeenCalled();
});

test('neither is one just after the window has come into sight', async () => {
  const { calls } = await asked();
  await afterAMoment();
  document.dispatchEvent(new Event('visibilitychange'));
  await press('Allow');
  expect(calls.answerOrigin).not.toHaveBeenCalled();
});

test('neither is one on another origin that has just taken its place', async () => {
  const { calls, state, emitState } = await asked();
  await afterAMoment();
  emitState({ ...state, originQuestion: { ...originQuestion, origin: 'https://other.example' } });
  await vi.advanceTimersByTimeAsync(20);
  await press('Allow');
  expect(calls.answerOrigin).not.toHaveBeenCalled();
});

test('it is answered once', async () => {
  const { calls } = await asked();
  await afterAMoment();
  await press('Allow');
  await press('Don’t allow');
  expect(calls.answerOrigin).toHaveBeenCalledOnce();
});

test('an answer that was not taken can be given again', async () => {
  const { calls } = await asked();
  calls.answerOrigin.mockRejectedValueOnce(new Error('no'));
  await afterAMoment();
  await press('Allow');
  screen.getByText(/^Signoff did not answer/);
  await press('Allow');
  expect(calls.answerOrigin).toHaveBeenCalledTimes(2);
});

test('the focus goes on among the sessions once it is answered', async () => {
  const { state, emitState } = await asked();
  await afterAMoment();
  button('Allow').focus();
  emitState({ ...state, originQuestion: null });
  await vi.advanceTimersByTimeAsync(20);
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Held sessions' }));
});
