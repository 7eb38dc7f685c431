import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { State } from '../../../preload/contract.ts';
import { language } from '../../../renderer/language.ts';
import { createStore } from '../../../renderer/store.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { receipt } from '../../support/receipts.ts';
import { heldView, windowState } from '../../support/window-state.ts';

const held = heldView({ id: 'a', label: 'Front desk' });
const other = heldView({ id: 'b', label: 'Billing' });
const state = windowState({ held: [held, other] });

beforeEach(() => {
  vi.useFakeTimers();
  return () => {
    language.value = 'en';
    vi.useRealTimers();
  };
});

describe('state', () => {
  test('an event that overtook the first reply is kept', async () => {
    const { bridge, emitState } = fakeBridge(state);
    const store = createStore(bridge);
    const started = store.start();
    emitState({ ...state, held: [] });
    await started;
    expect(store.state.value?.held).toEqual([]);
  });

  test('a bridge that does not answer is trouble in words, and can be tried again', async () => {
    const { bridge, calls } = fakeBridge(state);
    calls.getState.mockRejectedValueOnce(new Error('at secret (file.js:1)'));
    const store = createStore(bridge);
    await store.start();
    expect(store.state.value).toBeNull();
    expect(store.trouble.value).toMatch(/^Signoff did not answer/);
    await store.start();
    expect(store.state.value).toEqual(state);
    expect(store.trouble.value).toBeNull();
  });

  test('what was held when leaving began stays listed until leaving is over', async () => {
    const { bridge, emitState } = fakeBridge(state);
    const store = createStore(bridge);
    await store.start();
    const leaving = { phase: 'ending', cause: 'quit', deadline: 5000 } as const;
    emitState({ ...state, leaving });
    emitState({ ...state, held: [other], leaving });
    expect(store.leavingSessions.value.map(({ id }) => id)).toEqual(['a', 'b']);
    emitState({ ...state, held: [other] });
    expect(store.leavingSessions.value).toEqual([]);
  });
});

describe('the question about what a crash left over', () => {
  const NOW = 1_000_000;
  const leftoverQuestion = { ids: ['a', 'b'], deadline: NOW + 60_000 };
  const asking: State = { ...state, leftoverQuestion };
  const spoken =
    'Signoff stopped unexpectedly while 2 sessions were held: Front desk and Billing. ' +
    'Are you still at work? Without an answer they are signed off in 60 seconds.';

  async function asked() {
    vi.setSystemTime(NOW);
    const fake = fakeBridge(state);
    fake.calls.getState.mockResolvedValue(asking);
    const store = createStore(fake.bridge);
    await store.start();
    return { ...fake, store, said: () => store.announcements.value.map(({ text }) => text) };
  }

  test('names its sessions, is said once, and the time runs on', async () => {
    const { store, said, emitState } = await asked();
    emitState({ ...asking, version: '1.0.1' });
    vi.advanceTimersByTime(5000);
    expect(store.leftoverQuestion.value?.sessions).toEqual([held, other]);
    expect(store.now.value).toBe(NOW + 5000);
    expect(said()).toEqual([spoken]);
  });

  test('is about what is still held, and over when none of it is', async () => {
    const { store, emitState } = await asked();
    emitState({ ...asking, held: [other] });
    expect(store.leftoverQuestion.value).toMatchObject({ heldThen: 2, sessions: [other] });
    emitState({ ...asking, held: [{ ...held, id: 'new' }] });
    expect(store.leftoverQuestion.value).toBeNull();
  });

  test('gives way to leaving', async () => {
    const { store, emitState } = await asked();
    emitState({ ...asking, leaving: { phase: 'ending', cause: 'quit', deadline: NOW + 5000 } });
    expect(store.leftoverQuestion.value).toBeNull();
  });

  test('an answer is taken, or it is known that it was not', async () => {
    const { store, calls } = await asked();
    calls.answerLeftover.mockRejectedValueOnce(new Error('no'));
    expect(await store.answerLeftover('keep')).toBe(false);
    expect(await store.answerLeftover('sign-off')).toBe(true);
    expect(calls.answerLeftover.mock.lastCall).toEqual([{ answer: 'sign-off' }]);
  });
});

describe('signing off', () => {
  test('asked twice in a row, a session is signed off once', async () => {
    const { bridge, calls } = fakeBridge(state);
    const store = createStore(bridge);
    await store.start();
    await Promise.all([store.signOff(['a'], false), store.signOff(['a'], false)]);
    expect(calls.signOff.mock.calls).toEqual([[{ ids: ['a'], force: false }]]);
  });

  test('a session counts as asked only until its sign-off has begun', async () => {
    const { bridge, calls, emitState } = fakeBridge(state);
    calls.signOff.mockReturnValue(new Promise(() => undefined));
    const store = createStore(bridge);
    await store.start();
    void store.signOff('all', false);
    expect([...store.asked.value]).toEqual(['a', 'b']);
    const ending = { cause: 'asked', forced: false, attempt: 1, deadline: 10_000 } as const;
    emitState({ ...state, held: [{ ...held, ending }, other] });
    expect([...store.asked.value]).toEqual(['b']);
  });

  test('a call that is refused is trouble, and the session can be asked for again', async () => {
    const { bridge, calls } = fakeBridge(state);
    calls.signOff.mockRejectedValueOnce(new Error('no'));
    const store = createStore(bridge);
    await store.start();
    await store.signOff(['a'], true);
    expect(store.trouble.value).not.toBeNull();
    expect(store.asked.value.size).toBe(0);
  });
});

describe('receipts', () => {
  test('each is announced once, and what is over was ended lately', () => {
    const { bridge, emitReceipt } = fakeBridge(state);
    const store = createStore(bridge);
    emitReceipt(receipt({ id: '1', label: 'Front desk', outcome: 'ended' }));
    emitReceipt(receipt({ id: '2', label: 'Billing', outcome: 'unreachable' }));
    expect(store.announcements.value.map(({ text }) => text)).toEqual([
      'Front desk: Ended',
      'Billing: Server not reached',
    ]);
    expect(store.lately.value.map(({ id }) => id)).toEqual(['1']);
  });

  test('are announced in the agent’s language', async () => {
    const { bridge, emitState, emitReceipt } = fakeBridge(state);
    const store = createStore(bridge);
    emitState({ ...state, language: 'es' });
    emitReceipt(receipt({ id: '1', label: 'Caja', outcome: 'refused' }));
    expect(store.announcements.value.map(({ text }) => text)).toEqual([
      'Caja: Rechazada por el servidor',
    ]);
  });
});

test('a hand-in that gets no answer is a problem of the whole form', async () => {
  const { bridge, calls } = fakeBridge(state);
  calls.hold.mockRejectedValueOnce(new Error('no'));
  const [problem] = await createStore(bridge).hold({ kind: 'agent' });
  expect(problem?.field).toBe('');
});

test('a check of the address that gets no answer is known to have got none', async () => {
  const { bridge, calls } = fakeBridge(state);
  calls.checkAddress.mockRejectedValueOnce(new Error('no'));
  expect(await createStore(bridge).checkAddress({ kind: 'agent' })).toBeNull();
});

test('the network going is known at once, without a word from the main process', async () => {
  const { bridge } = fakeBridge(state);
  const store = createStore(bridge);
  await store.start();
  store.networkChanged(false);
  expect(store.state.value?.online).toBe(false);
});
