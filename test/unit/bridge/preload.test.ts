import { beforeAll, expect, test, vi } from 'vitest';
import { callChannel, eventChannel } from '../../../preload/channels.ts';
import { type Bridge, callNames } from '../../../preload/contract.ts';
import { windowState } from '../../support/window-state.ts';

type Listener = (event: unknown, payload: unknown) => void;

const { exposed, ipcRenderer } = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  ipcRenderer: {
    invoke: vi.fn<(channel: string, request: unknown) => Promise<unknown>>(async () => 'reply'),
    on: vi.fn<(channel: string, listener: Listener) => void>(),
    off: vi.fn<(channel: string, listener: Listener) => void>(),
  },
}));
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, bridge: unknown) => void exposed.set(name, bridge),
  },
  ipcRenderer,
}));

let bridge: Bridge;
beforeAll(async () => {
  vi.stubGlobal('CALL_NAMES', callNames);
  await import('../../../preload/preload.ts');
  bridge = exposed.get('signoff') as Bridge;
});

test('the window gets the calls of the contract and a way to hear events, and nothing else', () => {
  expect([...exposed.keys()]).toEqual(['signoff']);
  expect(Object.keys(bridge).toSorted()).toEqual([...callNames, 'on'].toSorted());
});

test.each(callNames)('%s goes out on its channel, and its reply comes back', async (name) => {
  const call = bridge[name] as (request: unknown) => Promise<unknown>;
  expect(await call('request')).toBe('reply');
  expect(ipcRenderer.invoke.mock.lastCall).toEqual([callChannel(name), 'request']);
});

test('of an event only what it tells passes, until nobody listens any more', () => {
  const heard = vi.fn<() => void>();
  const stop = bridge.on('state', heard);
  const [channel, pass] = ipcRenderer.on.mock.lastCall ?? [];
  expect(channel).toBe(eventChannel('state'));
  pass?.({ sender: 'an IPC handle' }, windowState());
  expect(heard.mock.calls).toEqual([[windowState()]]);
  stop();
  expect(ipcRenderer.off.mock.calls).toEqual([[channel, pass]]);
});
