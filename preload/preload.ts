import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { callChannel, eventChannel } from './channels.ts';
import type { CallName, EventName } from './contract.ts';

/** Inserted by the build: importing the contract would add its schemas, before the window's first paint. */
declare const CALL_NAMES: readonly CallName[];

const bridge = {
  ...Object.fromEntries(
    CALL_NAMES.map((name) => [
      name,
      (request: unknown): Promise<unknown> => ipcRenderer.invoke(callChannel(name), request),
    ]),
  ),
  on(name: EventName, listener: (payload: unknown) => void): () => void {
    // The page must not get the event object: its `sender` is an IPC handle.
    const pass = (_event: IpcRendererEvent, payload: unknown): void => listener(payload);
    ipcRenderer.on(eventChannel(name), pass);
    return () => void ipcRenderer.off(eventChannel(name), pass);
  },
};

// The contract's `Bridge`.
contextBridge.exposeInMainWorld('signoff', bridge);
