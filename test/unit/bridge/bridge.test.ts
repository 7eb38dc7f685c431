import { inspect } from 'node:util';
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { type Handlers, registerBridge, sendEvent } from '../../../main/bridge/bridge.ts';
import { callChannel, eventChannel } from '../../../preload/channels.ts';
import {
  type CallName,
  callNames,
  calls,
  type Reply,
  type Request,
  type State,
} from '../../../preload/contract.ts';
import { ALL_RESULTS } from '../../../main/results/filter.ts';
import fc from '../../support/property.ts';
import { receipt } from '../../support/receipts.ts';
import { windowState } from '../../support/window-state.ts';

type Listener = Parameters<IpcMain['handle']>[1];

const state: State = windowState();

const SECRET = 'S3CR3T-session-id';

const signInRequest = {
  site: 'https://support.example.com',
  userName: 'ann',
  password: SECRET,
  accountId: '21',
  available: true,
  takeOver: false,
  remember: false,
};

/** For every call: what it takes, what it does not take, and what it gives. */
const SAMPLES: {
  readonly [N in CallName]: {
    readonly good: readonly Request<N>[];
    readonly junk: readonly unknown[];
    readonly reply: Reply<N>;
  };
} = {
  getState: { good: [undefined], junk: [null, {}, 0, '', SECRET], reply: state },
  hold: {
    good: [{ session: {} }, { session: { kind: 'agent', sessionId: SECRET } }],
    junk: [
      {},
      { session: null },
      { session: SECRET },
      { session: [SECRET] },
      { session: { sessionId: 7 } },
      { session: { sessionId: null, more: SECRET } },
      { session: { sessionId: { toString: SECRET } } },
    ],
    reply: { ok: true, id: 'held-1' },
  },
  signIn: {
    good: [signInRequest],
    junk: [
      {},
      { ...signInRequest, password: undefined },
      { ...signInRequest, password: [SECRET] },
      { ...signInRequest, takeOver: SECRET },
      { ...signInRequest, available: null },
      { ...signInRequest, accountId: 21 },
    ],
    reply: { ok: true, id: 'held-1', statusProblem: null },
  },
  cancelSignIn: { good: [undefined], junk: [null, {}, SECRET], reply: undefined },
  forgetPassword: { good: [undefined], junk: [null, {}, SECRET], reply: undefined },
  setActivity: {
    good: [
      { id: 'held-1', value: 'unavailable', reason: 2 },
      { id: null, value: 'available', reason: null },
    ],
    junk: [
      {},
      { id: 'held-1', value: 'away', reason: null },
      { id: 'held-1', value: 'unavailable', reason: 1.5 },
      { id: 'held-1', value: 'unavailable', reason: SECRET },
      { id: 7, value: 'available', reason: null },
    ],
    reply: { problem: null },
  },
  answerOrigin: {
    good: [{ origin: 'https://console.example.com', answer: 'allow' }],
    junk: [{}, { origin: 7, answer: 'allow' }, { origin: SECRET, answer: 'keep' }],
    reply: undefined,
  },
  copyBrowserToken: { good: [undefined], junk: [null, {}, SECRET], reply: true },
  signOff: {
    good: [
      { ids: 'all', force: false },
      { ids: ['held-1', 'held-2'], force: true },
    ],
    junk: [
      {},
      { ids: 'all' },
      { ids: [], force: true },
      { ids: 'some', force: true },
      { ids: SECRET, force: true },
      { ids: [SECRET, 7], force: true },
      { ids: 'all', force: 'true' },
      { ids: null, force: true },
    ],
    reply: undefined,
  },
  getResults: {
    good: [
      { after: null, limit: 1, filter: ALL_RESULTS },
      { after: '2026-11.jsonl:12', limit: 500, filter: ALL_RESULTS },
    ],
    junk: [
      {},
      { limit: 1, filter: ALL_RESULTS },
      { after: null, filter: ALL_RESULTS },
      { after: null, limit: 1 },
      { after: null, limit: 0, filter: ALL_RESULTS },
      { after: null, limit: 501, filter: ALL_RESULTS },
      { after: null, limit: 1.5, filter: ALL_RESULTS },
      { after: null, limit: Number.NaN, filter: ALL_RESULTS },
      { after: null, limit: '1', filter: ALL_RESULTS },
      { after: 12, limit: 1, filter: ALL_RESULTS },
      { after: { [SECRET]: SECRET }, limit: 1, filter: ALL_RESULTS },
      { after: null, limit: 1, filter: { ...ALL_RESULTS, outcomes: [SECRET] } },
    ],
    reply: { receipts: [receipt()], next: null, unreadable: 0 },
  },
  checkAddress: {
    good: [{ session: {} }, { session: { kind: 'agent', sessionId: SECRET } }],
    junk: [{}, { session: SECRET }, { session: { sessionId: 7 } }],
    reply: { ok: false, wrong: 'site', code: 'HTTP_404', message: 'It said 404.' },
  },
  getTimings: {
    good: [{ filter: ALL_RESULTS, per: 'hour' }],
    junk: [{}, { filter: ALL_RESULTS }, { filter: ALL_RESULTS, per: SECRET }, { per: 'day' }],
    reply: {
      count: 0,
      complete: true,
      servers: [],
      buckets: [],
      outliers: [],
      typical: null,
    },
  },
  exportResults: {
    good: [{ filter: ALL_RESULTS, format: 'csv' }],
    junk: [{}, { filter: ALL_RESULTS, format: 'exe' }, { format: 'json' }, { file: SECRET }],
    reply: { end: 'saved', count: 3, fileName: 'results.csv' },
  },
  cancelExport: { good: [undefined], junk: [null, {}, SECRET], reply: undefined },
  showExport: { good: [undefined], junk: [null, {}, SECRET], reply: undefined },
  setSetting: {
    good: [{ name: 'idleMinutes', value: 5 }],
    junk: [{}, { name: SECRET, value: 1 }, { name: 'constructor', value: 1 }],
    reply: { problem: null },
  },
  answerLeftover: {
    good: [{ answer: 'keep' }, { answer: 'sign-off' }],
    junk: [{}, { answer: 'quit' }, { answer: SECRET }, { answer: null }, { answer: ['keep'] }],
    reply: undefined,
  },
  answerLeaving: {
    good: [{ answer: 'try-again' }, { answer: 'quit' }],
    junk: [{}, { answer: 'keep' }, { answer: SECRET }, { answer: null }, { answer: ['quit'] }],
    reply: undefined,
  },
  dismissCalledOff: { good: [undefined], junk: [null, {}, SECRET], reply: undefined },
};
/** What no call takes. */
const JUNK_FOR_ALL: readonly unknown[] = [
  null,
  true,
  7,
  SECRET,
  [],
  [SECRET],
  new Date(0),
  new Map(),
];

/** Handlers that give their sample's reply. */
function sampleHandlers() {
  return {
    getState: vi.fn<Handlers['getState']>(() => SAMPLES.getState.reply),
    hold: vi.fn<Handlers['hold']>(() => SAMPLES.hold.reply),
    signIn: vi.fn<Handlers['signIn']>(async () => SAMPLES.signIn.reply),
    cancelSignIn: vi.fn<Handlers['cancelSignIn']>(),
    forgetPassword: vi.fn<Handlers['forgetPassword']>(),
    setActivity: vi.fn<Handlers['setActivity']>(async () => SAMPLES.setActivity.reply),
    answerOrigin: vi.fn<Handlers['answerOrigin']>(),
    copyBrowserToken: vi.fn<Handlers['copyBrowserToken']>(() => true),
    signOff: vi.fn<Handlers['signOff']>(),
    getResults: vi.fn<Handlers['getResults']>(async () => SAMPLES.getResults.reply),
    checkAddress: vi.fn<Handlers['checkAddress']>(async () => SAMPLES.checkAddress.reply),
    getTimings: vi.fn<Handlers['getTimings']>(async () => SAMPLES.getTimings.reply),
    exportResults: vi.fn<Handlers['exportResults']>(async () => SAMPLES.exportResults.reply),
    cancelExport: vi.fn<Handlers['cancelExport']>(),
    showExport: vi.fn<Handlers['showExport']>(),
    setSetting: vi.fn<Handlers['setSetting']>(() => SAMPLES.setSetting.reply),
    answerLeftover: vi.fn<Handlers['answerLeftover']>(),
    answerLeaving: vi.fn<Handlers['answerLeaving']>(),
    dismissCalledOff: vi.fn<Handlers['dismissCalledOff']>(),
  } satisfies Handlers;
}

/** The bridge as Electron would call it, with frames that are ours or somebody else's. */
function createWorld(handlers = sampleHandlers()) {
  // Only told apart, never looked into.
  const [ours, hostile] = [{}, {}] as [IpcMainInvokeEvent, IpcMainInvokeEvent];
  const registered = new Map<string, Listener>();
  registerBridge(
    {
      handle(channel, listener) {
        // As Electron has it.
        if (registered.has(channel)) throw new Error(`a second handler for '${channel}'`);
        registered.set(channel, listener);
      },
    },
    handlers,
    (event) => event === ours,
  );
  const callFrom =
    (event: IpcMainInvokeEvent) =>
    async (name: CallName, ...payload: unknown[]): Promise<unknown> => {
      const listener = registered.get(callChannel(name));
      if (listener === undefined) throw new Error(`nobody listens to '${name}'`);
      return listener(event, ...payload);
    };
  return { handlers, registered, call: callFrom(ours), callFromHostileFrame: callFrom(hostile) };
}

/** The message with which this is rejected; fails where it is not. */
async function rejection(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return `${error.message} ${JSON.stringify(error)}`;
    throw error;
  }
  throw new Error('was not rejected');
}

test('every call of the contract is registered, under its channel, and nothing else', () => {
  const { registered } = createWorld();
  expect([...registered.keys()].toSorted()).toEqual(callNames.map(callChannel).toSorted());
});

describe.for(callNames)('the call %s', (name) => {
  const { good, junk, reply } = SAMPLES[name];

  test("gives its handler's reply to what it takes", async () => {
    const { call } = createWorld();
    const replies = await Promise.all(good.map((payload) => call(name, payload)));
    expect(replies).toEqual(good.map(() => reply));
  });

  test('gives its handler what it takes', async () => {
    const { call, handlers } = createWorld();
    await Promise.all(good.map((payload) => call(name, payload)));
    expect(handlers[name].mock.calls).toEqual(good.map((payload) => [payload]));
  });

  test('is rejected from a frame that is not ours, whatever it sends', async () => {
    const { callFromHostileFrame } = createWorld();
    const sent = [...good, ...junk, ...JUNK_FOR_ALL];
    const messages = await Promise.all(
      sent.map((payload) => rejection(callFromHostileFrame(name, payload))),
    );
    expect(messages).toEqual(
      sent.map(() => `'${name}' may only be called by Signoff's own window. {}`),
    );
  });

  test('never reaches its handler from a frame that is not ours', async () => {
    const { callFromHostileFrame, handlers } = createWorld();
    await Promise.allSettled(good.map((payload) => callFromHostileFrame(name, payload)));
    expect(handlers[name]).not.toHaveBeenCalled();
  });

  test('is rejected with what it does not take, without repeating it', async () => {
    const { call } = createWorld();
    const sent = [...junk, ...JUNK_FOR_ALL];
    const messages = await Promise.all(sent.map((payload) => rejection(call(name, payload))));
    expect(messages).toEqual(
      sent.map(() => `'${name}' was called with something it does not take. {}`),
    );
  });

  test('never reaches its handler with what it does not take', async () => {
    const { call, handlers } = createWorld();
    await Promise.allSettled([...junk, ...JUNK_FOR_ALL].map((payload) => call(name, payload)));
    expect(handlers[name]).not.toHaveBeenCalled();
  });

  test('passes nothing on that the contract does not have', async () => {
    const { call, handlers } = createWorld();
    const [payload] = good;
    if (payload === undefined) return;
    await call(name, { ...payload, more: SECRET }, SECRET);
    expect(handlers[name].mock.calls).toStrictEqual([[payload]]);
  });

  test("gives nothing of its handler's reply that the contract does not have", async () => {
    const handlers = sampleHandlers();
    const isObject = typeof reply === 'object';
    // What the compiler would keep a handler from giving is what is to be tested.
    const more = (isObject ? { ...reply, token: SECRET } : SECRET) as never;
    handlers[name].mockImplementation(() => more);
    const [end] = await Promise.allSettled([createWorld(handlers).call(name, good[0])]);
    expect(inspect(end, { depth: null })).not.toContain(SECRET);
    expect(end).toMatchObject(isObject ? { value: reply } : { status: 'rejected' });
  });

  test('rejects what its handler rejects', async () => {
    const handlers = sampleHandlers();
    handlers[name].mockImplementation(() => {
      throw new Error('the disk is full');
    });
    const { call } = createWorld(handlers);
    await expect(call(name, good[0])).rejects.toThrow('the disk is full');
  });

  test('takes or rejects anything, and never anything else than its schema does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (payload) => {
        const { call, handlers } = createWorld();
        const [{ status }] = await Promise.allSettled([call(name, payload)]);
        const fits = calls[name].request.safeParse(payload).success;
        expect([status, handlers[name].mock.calls.length]).toEqual(
          fits ? ['fulfilled', 1] : ['rejected', 0],
        );
      }),
    );
  });
});

test('every sample is told apart by the contract itself', () => {
  for (const name of callNames) {
    const { good, junk, reply } = SAMPLES[name];
    const taken = (payload: unknown): boolean => calls[name].request.safeParse(payload).success;
    expect(good.map(taken), name).toEqual(good.map(() => true));
    expect([...junk, ...JUNK_FOR_ALL].map(taken), name).not.toContain(true);
    expect(calls[name].reply.safeParse(reply).success, name).toBe(true);
  }
});

describe('an event', () => {
  function send(...[name, payload]: Parameters<SendAnything>): unknown[] {
    const sent: unknown[] = [];
    sendAnything((channel, what) => sent.push(channel, what), name, payload);
    return sent;
  }
  // What the compiler would keep from being sent is what is to be tested.
  type SendAnything = (name: string, payload: unknown) => void;
  const sendAnything = sendEvent as (
    send: (channel: string, payload: unknown) => void,
    ...event: Parameters<SendAnything>
  ) => void;

  test('is sent on its channel as it is', () => {
    expect(send('state', state)).toEqual([eventChannel('state'), state]);
    expect(send('receipt', receipt())).toEqual([eventChannel('receipt'), receipt()]);
  });

  test('is sent without what the contract does not have', () => {
    const held = {
      id: 'held-1',
      kind: 'agent',
      server: 'https://chat.example.com',
      fqSiteName: 'site',
      pool: null,
      accountId: '12',
      maskedSessionId: 'S3CR…',
      label: '',
      heldSince: 0,
      ending: null,
      lastFailure: null,
      nextTryAt: null,
      presence: null,
      activity: null,
    };
    const sent = send('state', {
      ...state,
      held: [{ ...held, sessionId: SECRET }],
      token: SECRET,
    });
    expect(sent).toEqual([eventChannel('state'), { ...state, held: [held] }]);
  });

  test.for([
    ['state', undefined],
    ['state', {}],
    ['state', { ...state, version: 1 }],
    ['state', receipt()],
    ['receipt', { ...receipt(), outcome: 'exploded' }],
    ['receipt', { ...receipt(), finishedAt: 0 }],
    ['receipt', null],
  ] as const)('(%s) with something else is not sent', ([name, payload]) => {
    const sent = vi.fn<() => void>();
    expect(() => sendAnything(sent, name, payload)).toThrow();
    expect(sent).not.toHaveBeenCalled();
  });

  test.for(['hold', '', 'constructor', '__proto__'])(
    'named %j, which the contract does not have, is not sent',
    (name) => {
      const sent = vi.fn<() => void>();
      expect(() => sendAnything(sent, name, state)).toThrow();
      expect(sent).not.toHaveBeenCalled();
    },
  );
});

describe('the compiler', () => {
  const { hold: _, ...allButHold } = sampleHandlers();

  test('misses a handler that is not there', () => {
    // @ts-expect-error -- nobody answers `hold`
    const handlers: Handlers = allButHold;
    expect(Object.keys(handlers)).not.toContain('hold');
  });

  test('knows what a handler is given and what it gives', () => {
    const handlers: Handlers = {
      ...sampleHandlers(),
      // @ts-expect-error -- a held session has no number for an id
      hold: () => ({ ok: true, id: 7 }),
      // @ts-expect-error -- ids are no numbers
      signOff: ({ ids }: { ids: number[] }) => void ids,
    };
    expect(Object.keys(handlers)).toHaveLength(callNames.length);
  });

  test('knows which events there are and what they say', () => {
    const nowhere = (): void => undefined;
    expect(() => {
      // @ts-expect-error -- there is no such event
      sendEvent(nowhere, 'hold', state);
    }).toThrow();
    expect(() => {
      // @ts-expect-error -- a receipt is no state
      sendEvent(nowhere, 'state', receipt());
    }).toThrow();
  });
});
