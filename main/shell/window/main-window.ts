import { BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { APP_ORIGIN, APP_PAGE } from './app-scheme.ts';
import { savedZoom, enableZoom, type ZoomMemory } from './zoom.ts';

export interface MainWindow {
  /** Opens the window, or brings the open one to the front. */
  show(): void;
  isOpen(): boolean;
  /** The parent for dialogs; null while the window is not open. */
  parent(): BrowserWindow | null;
  isFocused(): boolean;
  send(channel: string, payload: unknown): void;
  /** Whether a call comes from this window's main frame, with our own page in it. */
  isSender(event: IpcMainInvokeEvent): boolean;
}

const CRASHES_WITHIN_MS = 60_000;
const MAX_CRASHES = 3;

/** The app's one window. Closing destroys it, so that the app needs no renderer process in the tray. */
export function createMainWindow(parts: {
  /** Called once, before the window opens for the first time. */
  prepare: () => void;
  preload: string;
  memory: ZoomMemory;
  onClosed: () => void;
  /** The renderer crashed; `reason` is Electron's. */
  onCrash: (reason: string) => void;
  onFault: (error: unknown) => void;
}): MainWindow {
  let window: BrowserWindow | null = null;
  let prepared = false;
  let crashes: readonly number[] = [];

  /** Opens the window again, unless it keeps crashing. */
  const reopenAfterCrash = (crashed: BrowserWindow, reason: string): void => {
    parts.onCrash(reason);
    const now = performance.now();
    crashes = [...crashes.filter((at) => now - at < CRASHES_WITHIN_MS), now];
    window = null;
    crashed.destroy();
    if (crashes.length < MAX_CRASHES) window = open();
  };

  const open = (): BrowserWindow => {
    if (!prepared) parts.prepare();
    prepared = true;
    const opened = new BrowserWindow({
      width: 480,
      height: 680,
      minWidth: 360,
      minHeight: 400,
      show: false,
      title: 'Signoff',
      autoHideMenuBar: true,
      webPreferences: {
        preload: parts.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        zoomFactor: savedZoom(parts.memory),
        spellcheck: false,
      },
    });
    enableZoom(opened.webContents, parts.memory, process.platform);
    let closing = false;
    opened.once('ready-to-show', () => opened.show());
    opened.on('close', () => (closing = true));
    opened.on('closed', () => {
      // After a crash it has been replaced, or stays closed.
      if (window !== opened) return;
      window = null;
      parts.onClosed();
    });
    opened.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') reopenAfterCrash(opened, reason);
    });
    opened.loadURL(APP_PAGE).catch((error: unknown) => {
      // Loading also fails if the window closes before it is finished.
      if (!closing && !opened.isDestroyed()) parts.onFault(error);
    });
    return opened;
  };

  return {
    show() {
      if (window === null) {
        window = open();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    isOpen: () => window !== null,
    parent: () => window,
    isFocused: () => window?.isFocused() === true,
    send: (channel, payload) => window?.webContents.send(channel, payload),
    isSender({ sender, senderFrame }) {
      return (
        window !== null &&
        sender === window.webContents &&
        senderFrame !== null &&
        senderFrame.parent === null &&
        senderFrame.origin === APP_ORIGIN
      );
    },
  };
}
