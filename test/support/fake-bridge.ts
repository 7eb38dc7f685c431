import { vi } from 'vitest';
import type { Bridge, EventName, EventPayload, State } from '../../preload/contract.ts';

type Listeners = { readonly [N in EventName]: Set<(payload: EventPayload<N>) => void> };

/** A main process in miniature: what it answers can be set, what it says can be emitted. */
export function fakeBridge(state: State) {
  const listeners: Listeners = {
    state: new Set(),
    receipt: new Set(),
    export: new Set(),
    show: new Set(),
  };
  const calls = {
    getState: vi.fn<Bridge['getState']>(async () => state),
    hold: vi.fn<Bridge['hold']>(async () => ({ ok: true, id: 'a' })),
    signIn: vi.fn<Bridge['signIn']>(async () => ({ ok: true, id: 'a', statusProblem: null })),
    cancelSignIn: vi.fn<Bridge['cancelSignIn']>(async () => undefined),
    forgetPassword: vi.fn<Bridge['forgetPassword']>(async () => undefined),
    setActivity: vi.fn<Bridge['setActivity']>(async () => ({ problem: null })),
    answerOrigin: vi.fn<Bridge['answerOrigin']>(async () => undefined),
    copyBrowserToken: vi.fn<Bridge['copyBrowserToken']>(async () => true),
    signOff: vi.fn<Bridge['signOff']>(async () => undefined),
    checkAddress: vi.fn<Bridge['checkAddress']>(async () => ({ ok: true, roundTripMs: 120 })),
    getResults: vi.fn<Bridge['getResults']>(async () => ({
      receipts: [],
      next: null,
      unreadable: 0,
    })),
    getTimings: vi.fn<Bridge['getTimings']>(async () => ({
      count: 0,
      complete: true,
      servers: [],
      buckets: [],
      outliers: [],
      typical: null,
    })),
    exportResults: vi.fn<Bridge['exportResults']>(async () => ({ end: 'cancelled' })),
    cancelExport: vi.fn<Bridge['cancelExport']>(async () => undefined),
    showExport: vi.fn<Bridge['showExport']>(async () => undefined),
    setSetting: vi.fn<Bridge['setSetting']>(async () => ({ problem: null })),
    answerLeftover: vi.fn<Bridge['answerLeftover']>(async () => undefined),
    answerLeaving: vi.fn<Bridge['answerLeaving']>(async () => undefined),
    dismissCalledOff: vi.fn<Bridge['dismissCalledOff']>(async () => undefined),
  };
  const bridge: Bridge = {
    ...calls,
    on(name, listener) {
      const set: Set<typeof listener> = listeners[name];
      set.add(listener);
      return () => set.delete(listener);
    },
  };
  return {
    bridge,
    calls,
    emitState: (next: State) => listeners.state.forEach((listen) => listen(next)),
    emitReceipt: (next: EventPayload<'receipt'>) =>
      listeners.receipt.forEach((listen) => listen(next)),
    emitExport: (next: EventPayload<'export'>) =>
      listeners.export.forEach((listen) => listen(next)),
    emitShow: (place: EventPayload<'show'>) => listeners.show.forEach((listen) => listen(place)),
  };
}
