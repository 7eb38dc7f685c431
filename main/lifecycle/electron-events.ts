import { type App, BaseWindow, type PowerMonitor } from 'electron';
import type { Away } from './away.ts';
import type { Leaving } from './leaving.ts';
import { listenForSessionEnd, type SessionWindow } from './windows-session.ts';

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
 * Turns what the machine says about its power into causes.
 *
 * The order counts: were `shutdown` the first listener on the power monitor, Electron would take no
 * inhibitor on Linux, and the event would never come (its `power-monitor.ts` counts the listeners
 * before the first one is in).
 */
export function listenForPower(powerMonitor: PowerMonitor, away: Away, leaving: Leaving): void {
  powerMonitor.on('suspend', () => void away.suspending());
  powerMonitor.on('resume', () => away.resumed());
  powerMonitor.on('lock-screen', () => away.locked());
  powerMonitor.on('unlock-screen', () => away.unlocked());
  powerMonitor.on('shutdown', (event?: Electron.Event) => {
    // Obliges to quit by oneself, which leaving does in any case and in time. That there is an event
    // stands in Electron's documentation, though not in its types.
    event?.preventDefault();
    void leaving.leave({ cause: 'shutdown', mayAsk: false });
  });
}

/**
 * Windows says that its session ends to windows only, so one lives, unseen, as long as the app does.
 * Elsewhere there is nothing to listen to.
 */
export function listenOnWindows(app: App, leaving: Leaving): void {
  if (process.platform !== 'win32') return;
  listenForSessionEnd(hiddenWindow(), {
    leave: () => void leaving.leave({ cause: 'shutdown', mayAsk: false }),
    prepareForRestart: () => leaving.prepareForRestart(),
    exitForRestart: () => leaving.exitForRestart(),
    quit: () => app.quit(),
  });
}

function hiddenWindow(): SessionWindow {
  const window = new BaseWindow({ show: false, skipTaskbar: true });
  return {
    on: (event, listener) => {
      if (event === 'query-session-end') window.on('query-session-end', listener);
      else window.on('session-end', listener);
    },
  };
}

/**
 * Lets the app go. Electron may ignore a quit that is called from within the handler that prevented
 * one (electron#33643), so the handler is left first; and should anything still keep the app, it
 * exits without further ado: all that counts is done by then.
 */
export function quitNow(app: App): void {
  setImmediate(() => {
    app.quit();
    setTimeout(() => app.exit(0), FORCED_EXIT_AFTER_MS).unref();
  });
}

const FORCED_EXIT_AFTER_MS = 2_000;
