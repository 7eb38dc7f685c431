import { BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { APP_ORIGIN, APP_PAGE } from './app-scheme.ts';

export interface MainWindow {
  /** Opens the window, or brings the open one to the front. */
  show(): void;
  /** Sends to the window if it is open. */
  send(channel: string, payload: unknown): void;
  /** Whether a call comes from the main frame of this window, showing our own page. */
  isSender(event: IpcMainInvokeEvent): boolean;
}

/**
 * The app's one window. Closing it destroys it, so that in the tray the app costs no renderer;
 * `onClosed` hears of it.
 */
export function createMainWindow(parts: {
  preload: string;
  onClosed: () => void;
  onFault: (error: unknown) => void;
}): MainWindow {
  let window: BrowserWindow | null = null;

  const open = (): BrowserWindow => {
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
        // It would look up a dictionary's host at start.
        spellcheck: false,
      },
    });
    opened.once('ready-to-show', () => opened.show());
    opened.on('closed', () => {
      window = null;
      parts.onClosed();
    });
    opened.loadURL(APP_PAGE).catch(parts.onFault);
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
