import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { State } from '../../../preload/contract.ts';
import { createStore } from '../../../renderer/stores/store.ts';
import { language } from '../../../renderer/text/language.ts';
import { endedByServer } from '../../support/ended-by-server.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { receipt } from '../../support/receipts.ts';
import { endedView, heldView, windowState } from '../../support/window-state.ts';

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
    expect(store.error.value).toMatch(/^Signoff did not answer/);
    await store.start();
    expect(store.state.value).toEqual(state);
    expect(store.error.value).toBeNull();
  });

  test('what was held when leaving began stays listed until leaving is over', async () => {
    const { bridge, emitState } = fakeBridge(state);
    const store = createStore(bridge);
    await store.start();
    const leaving = { phase: 'ending', cause: 'quit', deadline: 5000, budgetMs: 5_000 } as const;
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
    expect(store.leftoverQuestion.value).toMatchObject({ heldBefore: 2, sessions: [other] });
    emitState({ ...asking, held: [{ ...held, id: 'new' }] });
    expect(store.leftoverQuestion.value).toBeNull();
  });

  test('gives way to leaving', async () => {
    const { store, emitState } = await asked();
    emitState({
      ...asking,
      leaving: { phase: 'ending', cause: 'quit', deadline: NOW + 5000, budgetMs: 5_000 },
    });
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
    expect([...store.requested.value]).toEqual(['a', 'b']);
    const ending = {
      cause: 'asked',
      forced: false,
      attempt: 1,
      deadline: 10_000,
      budgetMs: 10_000,
    } as const;
    emitState({ ...state, held: [{ ...held, ending }, other] });
    expect([...store.requested.value]).toEqual(['b']);
  });

  test('a call that is refused is trouble, and the session can be asked for again', async () => {
    const { bridge, calls } = fakeBridge(state);
    calls.signOff.mockRejectedValueOnce(new Error('no'));
    const store = createStore(bridge);
    await store.start();
    await store.signOff(['a'], true);
    expect(store.error.value).not.toBeNull();
    expect(store.requested.value.size).toBe(0);
  });
});

describe('the question about a browser console', () => {
  const NOW = 1_000_000;
  const originQuestion = { origin: 'https://console.example.com:8443', deadline: NOW + 60_000 };
  const asking: State = { ...state, originQuestion };

  async function asked() {
    vi.setSystemTime(NOW);
    const fake = fakeBridge(state);
    fake.calls.getState.mockResolvedValue(asking);
    const store = createStore(fake.bridge);
    await store.start();
    return { ...fake, store, said: () => store.announcements.value.map(({ text }) => text) };
  }

  test('names its origin exactly, is said once, and the time runs on', async () => {
    const { store, said, emitState } = await asked();
    emitState({ ...asking, version: '1.0.1' });
    vi.advanceTimersByTime(5000);
    expect(store.now.value).toBe(NOW + 5000);
    expect(said()).toHaveLength(1);
    expect(said()[0]).toMatch(
      /^console\.example\.com:8443 wants .*: https:\/\/console\.example\.com:8443\./,
    );
  });

  test('is said again of another console', async () => {
    const { said, emitState } = await asked();
    emitState({
      ...asking,
      originQuestion: { ...originQuestion, origin: 'https://other.example' },
    });
    expect(said()).toHaveLength(2);
  });

  test('gives way to leaving', async () => {
    const { store, emitState } = await asked();
    emitState({
      ...asking,
      leaving: { phase: 'ending', cause: 'quit', deadline: NOW + 5000, budgetMs: 5_000 },
    });
    expect(store.originQuestion.value).toBeNull();
  });

  test('an answer is taken, or it is known that it was not', async () => {
    const { store, calls } = await asked();
    calls.answerOrigin.mockRejectedValueOnce(new Error('no'));
    expect(await store.answerOrigin(originQuestion.origin, 'deny')).toBe(false);
    expect(await store.answerOrigin(originQuestion.origin, 'allow')).toBe(true);
  });
});

describe('presence', () => {
  const presence = (of: 'present' | 'reconnecting' | 'dropped', dropsAt: number | null = null) => ({
    ...state,
    held: [{ ...held, presence: { state: of, dropsAt } }],
  });

  test('is said aloud when it changes, and only then', () => {
    const { bridge, emitState } = fakeBridge(state);
    const store = createStore(bridge);
    for (const of of ['present', 'present', 'reconnecting', 'reconnecting', 'dropped'] as const) {
      emitState(presence(of));
    }
    expect(store.announcements.value.map(({ text }) => text)).toEqual([
      'Front desk: Reconnecting',
      'Front desk: Dropped by the server',
    ]);
  });

  test.each([
    ['reconnecting', 1000],
    ['present', 0],
    ['dropped', 0],
  ] as const)('while it is %s, the time shown goes on by %d ms in a second', (of, ms) => {
    const { bridge, emitState } = fakeBridge(state);
    const store = createStore(bridge);
    emitState(presence(of, Date.now() + 60_000));
    const before = store.now.value;
    vi.advanceTimersByTime(1000);
    expect(store.now.value - before).toBe(ms);
  });
});

describe('signing in', () => {
  const request = {
    site: 'https://service.example.com',
    userName: 'ann',
    password: 'secret',
    accountId: '12',
    available: true,
    takeOver: false,
    remember: false,
  };

  test('a status that could not be set is trouble in words', async () => {
    const { bridge, calls } = fakeBridge(state);
    calls.signIn.mockResolvedValueOnce({ ok: true, id: 'a', statusProblem: 'Not now.' });
    const store = createStore(bridge);
    await store.signIn(request);
    expect(store.error.value).toBe('You are signed in, but your status could not be set. Not now.');
  });

  test('a sign-in that gets no answer is known to have got none', async () => {
    const { bridge, calls } = fakeBridge(state);
    calls.signIn.mockRejectedValueOnce(new Error('no'));
    expect(await createStore(bridge).signIn(request)).toBeNull();
  });

  test.each(['cancelSignIn', 'forgetPassword'] as const)(
    'a %s that gets no answer is trouble in words',
    async (call) => {
      const { bridge, calls } = fakeBridge(state);
      calls[call].mockRejectedValueOnce(new Error('no'));
      const store = createStore(bridge);
      await store[call]();
      expect(store.error.value).toMatch(/^Signoff did not answer/);
    },
  );
});

test('a token that could not be copied is known not to be', async () => {
  const { bridge, calls } = fakeBridge(state);
  calls.copyBrowserToken.mockRejectedValueOnce(new Error('no'));
  expect(await createStore(bridge).copyBrowserToken()).toBe(false);
});

test('a change of status that gets no answer is a problem in words', async () => {
  const { bridge, calls } = fakeBridge(state);
  calls.setActivity.mockRejectedValueOnce(new Error('no'));
  const store = createStore(bridge);
  expect(await store.setActivity({ id: 'a', value: 'available', reason: null })).toMatch(
    /^Signoff did not answer/,
  );
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
    expect(store.recentlyEnded.value.map(({ id }) => id)).toEqual(['1']);
  });

  test('of this run are there in a window that opens later, without a word', async () => {
    const { bridge, emitReceipt } = fakeBridge({
      ...state,
      runningSince: Date.parse('2026-07-01T09:00:00.000Z'),
    });
    const store = createStore(bridge);
    await store.start();
    emitReceipt(receipt({ id: 'just now' }));
    const announced = store.announcements.value;
    store.restoreRecentlyEnded([
      receipt({ id: 'just now' }),
      receipt({ id: 'refused', outcome: 'refused' }),
      receipt({ id: 'before', outcome: 'already-over' }),
      receipt({ id: 'of the last run', finishedAt: '2026-07-01T08:59:00.000Z' }),
    ]);
    expect(store.recentlyEnded.value.map(({ id }) => id)).toEqual(['just now', 'before']);
    expect(store.announcements.value).toEqual(announced);
  });

  test('of this run fill no more than a glance', async () => {
    const { bridge } = fakeBridge({ ...state, runningSince: 0 });
    const store = createStore(bridge);
    await store.start();
    store.restoreRecentlyEnded(Array.from({ length: 9 }, (_, n) => receipt({ id: `${n}` })));
    expect(store.recentlyEnded.value.map(({ id }) => id)).toEqual(['0', '1', '2', '3', '4']);
  });

  test('of a session that the server ended say so', () => {
    const { bridge, emitReceipt } = fakeBridge(state);
    const store = createStore(bridge);
    emitReceipt(endedByServer({ label: 'Front desk' }));
    expect(store.announcements.value.map(({ text }) => text)).toEqual([
      'Front desk: Ended by the server',
    ]);
    expect(store.recentlyEnded.value).toHaveLength(1);
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
  store.setOnline(false);
  expect(store.state.value?.online).toBe(false);
});

describe('a shutdown that was called off', () => {
  const ann = endedView({ id: 'ended-1', label: 'Ann' });
  const ben = endedView({ id: 'ended-2', label: 'Ben' });

  test('is said with what it ended, and each that it ended once', async () => {
    const { bridge, emitState } = fakeBridge(state);
    const store = createStore(bridge);
    await store.start();
    for (const calledOff of [[ann], [ann], [ann, ben], [ben]]) emitState({ ...state, calledOff });
    expect(store.announcements.value.map(({ text }) => text)).toEqual(
      ['Ann', 'Ben'].map(
        (name) =>
          `The shutdown was called off: ${name}. Signoff had already ended 1 session. Sign in again to go on.`,
      ),
    );
  });

  test('that cannot be dismissed is trouble in words', async () => {
    const { bridge, calls } = fakeBridge({ ...state, calledOff: [ann] });
    calls.dismissCalledOff.mockRejectedValueOnce(new Error('no'));
    const store = createStore(bridge);
    await store.dismissCalledOff();
    expect(store.error.value).toMatch(/^Signoff did not answer/);
  });
});
