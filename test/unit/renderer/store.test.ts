import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Bridge, EventPayload, HeldView, State } from '../../../preload/contract.ts';
import { createStore } from '../../../renderer/store.ts';

type Receipt = EventPayload<'receipt'>;

const held: HeldView = {
  id: 'a',
  kind: 'agent',
  server: 'https://chat.example',
  fqSiteName: 'site',
  pool: null,
  accountId: '12',
  maskedSessionId: 'node…',
  label: 'Front desk',
  heldSince: 0,
  ending: null,
  lastFailure: null,
};

const other: HeldView = { ...held, id: 'b', label: 'Billing' };

const state: State = {
  version: '1.0.0',
  held: [held, other],
  vault: { durable: true, setAside: null },
  leftoverQuestion: null,
  leaving: null,
};

const receipt = (id: string): Receipt => ({
  id,
  heldId: 'a',
  kind: 'agent',
  label: 'Front desk',
  address: { server: 'https://chat.example', fqSiteName: 'site' },
  cause: 'asked',
  forced: false,
  outcome: 'ended',
  attempts: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:00.040Z',
  roundTripMs: 40,
  phases: {
    wait: null,
    dns: null,
    tcp: null,
    tls: null,
    request: null,
    firstByte: null,
    download: null,
    total: 40,
  },
  server: {
    serviceStartTime: null,
    serviceFinishTime: null,
    processingMs: null,
    clientId: null,
    sequenceNumber: null,
  },
  networkMs: null,
  clockOffsetMs: null,
  clockUncertaintyMs: null,
  implausible: [],
  error: null,
});

/** A main process in miniature: what it answers can be set, what it says can be emitted. */
function fakeBridge() {
  const listeners = {
    state: new Set<(payload: State) => void>(),
    receipt: new Set<(payload: Receipt) => void>(),
  };
  const calls = {
    getState: vi.fn<Bridge['getState']>(async () => state),
    hold: vi.fn<Bridge['hold']>(async () => ({ ok: true, id: 'a' })),
    signOff: vi.fn<Bridge['signOff']>(async () => []),
    getResults: vi.fn<Bridge['getResults']>(async () => ({
      receipts: [],
      next: null,
      unreadable: 0,
    })),
    answerLeftover: vi.fn<Bridge['answerLeftover']>(async () => undefined),
    answerLeaving: vi.fn<Bridge['answerLeaving']>(async () => undefined),
  };
  const bridge: Bridge = {
    ...calls,
    on(name, listener) {
      const set: Set<typeof listener> = listeners[name] as never;
      set.add(listener);
      return () => set.delete(listener);
    },
  };
  return {
    bridge,
    calls,
    emitState: (next: State) => listeners.state.forEach((listen) => listen(next)),
    emitReceipt: (next: Receipt) => listeners.receipt.forEach((listen) => listen(next)),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => {
    vi.useRealTimers();
  };
});

describe('state', () => {
  test('an event that overtook the first reply is kept', async () => {
    const { bridge, emitState } = fakeBridge();
    const store = createStore(bridge);
    const started = store.start();
    emitState({ ...state, held: [] });
    await started;
    expect(store.state.value?.held).toEqual([]);
  });

  test('a bridge that does not answer is trouble in words, and can be tried again', async () => {
    const { bridge, calls } = fakeBridge();
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
    const { bridge, emitState } = fakeBridge();
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
    const fake = fakeBridge();
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
    const { bridge, calls } = fakeBridge();
    const store = createStore(bridge);
    await store.start();
    await Promise.all([store.signOff(['a'], false), store.signOff(['a'], false)]);
    expect(calls.signOff.mock.calls).toEqual([[{ ids: ['a'], force: false }]]);
  });

  test('a session counts as asked only until its sign-off has begun', async () => {
    const { bridge, calls, emitState } = fakeBridge();
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
    const { bridge, calls } = fakeBridge();
    calls.signOff.mockRejectedValueOnce(new Error('no'));
    const store = createStore(bridge);
    await store.start();
    await store.signOff(['a'], true);
    expect(store.trouble.value).not.toBeNull();
    expect(store.asked.value.size).toBe(0);
  });
});

describe('results', () => {
  test('a receipt comes first, once, and is announced once', async () => {
    const { bridge, calls, emitReceipt } = fakeBridge();
    calls.getResults.mockResolvedValueOnce({
      receipts: [receipt('new'), receipt('old')],
      next: 'more',
      unreadable: 0,
    });
    const store = createStore(bridge);
    const started = store.start();
    emitReceipt(receipt('new'));
    await started;
    emitReceipt(receipt('newest'));
    emitReceipt(receipt('newest'));
    expect(store.results.value.receipts.map(({ id }) => id)).toEqual(['newest', 'new', 'old']);
    expect(store.announcements.value.map(({ text }) => text)).toEqual([
      'Front desk: Ended',
      'Front desk: Ended',
    ]);
  });

  test('pages follow each other to the end', async () => {
    const { bridge, calls } = fakeBridge();
    calls.getResults
      .mockResolvedValueOnce({ receipts: [receipt('1')], next: 'p2', unreadable: 1 })
      .mockResolvedValueOnce({ receipts: [receipt('2')], next: null, unreadable: 1 });
    const store = createStore(bridge);
    await store.start();
    await store.showMoreResults();
    await store.showMoreResults();
    expect(calls.getResults.mock.calls.map(([request]) => request.after)).toEqual([null, 'p2']);
    expect(store.results.value.receipts.map(({ id }) => id)).toEqual(['1', '2']);
    expect(store.results.value.unreadable).toBe(2);
  });
});

test('a hand-in that gets no answer is a problem of the whole form', async () => {
  const { bridge, calls } = fakeBridge();
  calls.hold.mockRejectedValueOnce(new Error('no'));
  const [problem] = await createStore(bridge).hold({ kind: 'agent' });
  expect(problem?.field).toBe('');
});
