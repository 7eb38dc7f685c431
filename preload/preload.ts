import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { callChannel, eventChannel } from './channels.ts';
import type { CallName, EventName } from './contract.ts';

/**
 * The names of the contract's calls, written in by the build: the contract itself would bring its schemas
 * along, and this runs before the window's first paint.
 */
declare const CALL_NAMES: readonly CallName[];

const invoke = (name: CallName, request: unknown): Promise<unknown> =>
  ipcRenderer.invoke(callChannel(name), request);

const bridge = {
  ...Object.fromEntries(
    CALL_NAMES.map((name) => [name, (request: unknown) => invoke(name, request)]),
  ),
  on(name: EventName, listener: (payload: unknown) => void): () => void {
    // The event object carries `sender`, an IPC handle that the page must not get: only the payload passes.
    const pass = (_event: IpcRendererEvent, payload: unknown): void => listener(payload);
    ipcRenderer.on(eventChannel(name), pass);
    return () => void ipcRenderer.off(eventChannel(name), pass);
  },
};

// What the window knows as the contract's `Bridge`.
contextBridge.exposeInMainWorld('signoff', bridge);
