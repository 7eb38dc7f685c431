import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { type CallName, callChannel, callNames, eventChannel, type EventName } from './channels.ts';

const invoke = (name: CallName, request: unknown): Promise<unknown> =>
  ipcRenderer.invoke(callChannel(name), request);

const bridge = {
  ...Object.fromEntries(
    callNames.map((name) => [name, (request: unknown) => invoke(name, request)]),
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
