import type { App } from 'electron';
import type { Leaving } from './leaving.ts';

/**
 * Turns what Electron and the OS say about the app's end into causes.
 *
 * The signals are listened to here rather than left to Electron, whose own handler restores the
 * default one after the first signal, so that a second one would kill the app amid its logoff.
 */
export function listenForLeaving(app: App, leaving: Leaving): void {
  app.on('before-quit', (event) => {
    if (leaving.mayGo()) return;
    event.preventDefault();
    // Whoever quits by way of Electron itself, such as the Dock's menu, is an agent at the machine.
    void leaving.leave({ cause: 'quit', mayAsk: true });
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    // electron-store brings `when-exit`, which listens from the app's first moment on: it would kill
    // the process after its own clean-up. And since Electron's handler was put over it meanwhile, only
    // a first listener makes Node put its own in again.
    process.removeAllListeners(signal);
    process.on(signal, () => void leaving.leave({ cause: 'signal', mayAsk: false }));
  }
  // The app lives in the tray: closing its window does not end it.
  app.on('window-all-closed', () => undefined);
}

/**
 * Lets the app go. Electron may ignore a quit that is called from within the handler that prevented
 * one (electron#33643), so the handler is left first; and should anything still keep the app, it
 * exits without further ado: all that counts is done by then.
 */
export function goNow(app: App): void {
  setImmediate(() => {
    app.quit();
    setTimeout(() => app.exit(0), EXIT_AFTER_MS).unref();
  });
}

const EXIT_AFTER_MS = 2_000;
