import { BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { APP_ORIGIN, APP_PAGE } from './app-scheme.ts';
import { keptZoom, zoomByHand, type ZoomMemory } from './zoom.ts';

export interface MainWindow {
  /** Opens the window, or brings the open one to the front. */
  show(): void;
  isOpen(): boolean;
  /** For what belongs to it, such as a dialog; null while it is not open. */
  parent(): BrowserWindow | null;
  isFocused(): boolean;
  /** Sends to the window if it is open. */
  send(channel: string, payload: unknown): void;
  /** Whether a call comes from the main frame of this window, showing our own page. */
  isSender(event: IpcMainInvokeEvent): boolean;
}

const CRASHES_WITHIN_MS = 60_000;
const MAX_CRASHES = 3;

/**
 * The app's one window. Closing it destroys it, so that in the tray the app costs no renderer;
 * `onClosed` hears of it.
 */
export function createMainWindow(parts: {
  /** Called once, before the window opens for the first time; in the tray nothing of it is needed. */
  prepare: () => void;
  preload: string;
  memory: ZoomMemory;
  onClosed: () => void;
  /** Its renderer crashed, for a reason in Electron's words. */
  onCrash: (reason: string) => void;
  onFault: (error: unknown) => void;
}): MainWindow {
  let window: BrowserWindow | null = null;
  let prepared = false;
  let crashes: readonly number[] = [];

  /** The window comes back after a crash of its renderer, unless it does nothing but crash. */
  const comeBack = (crashed: BrowserWindow, reason: string): void => {
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
        zoomFactor: keptZoom(parts.memory),
        // It would look up a dictionary's host at start.
        spellcheck: false,
      },
    });
    zoomByHand(opened.webContents, parts.memory, process.platform);
    let closing = false;
    opened.once('ready-to-show', () => opened.show());
    opened.on('close', () => (closing = true));
    opened.on('closed', () => {
      // After a crash another window has taken its place, or none should.
      if (window !== opened) return;
      window = null;
      parts.onClosed();
    });
    opened.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') comeBack(opened, reason);
    });
    opened.loadURL(APP_PAGE).catch((error: unknown) => {
      // Loading also fails when the window closes before it is through, which is no fault.
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
