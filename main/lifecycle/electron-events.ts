import { type App, BaseWindow, type PowerMonitor } from 'electron';
import type { Away } from './away.ts';
import type { Leaving } from './leaving.ts';
import { listenForSessionEnd, type SessionWindow } from './windows-session.ts';

/**
 * Maps Electron's quit and the signals to causes. Electron's own signal handler restores the default one
 * after the first signal, so that a second one would kill the app during its logoff.
 */
export function listenForLeaving(app: App, leaving: Leaving): void {
  app.on('before-quit', (event) => {
    if (leaving.mayGo()) return;
    event.preventDefault();
    // A quit by Electron itself, such as from the Dock's menu, comes from an agent at the machine.
    void leaving.leave({ cause: 'quit', mayAsk: true });
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    // electron-store brings `when-exit`, whose listener would kill the process after its own clean-up.
    // Electron's handler has replaced Node's since, and only a first listener makes Node reinstall its own.
    process.removeAllListeners(signal);
    process.on(signal, () => void leaving.leave({ cause: 'signal', mayAsk: false }));
  }
  // The app lives in the tray: closing its window does not end it.
  app.on('window-all-closed', () => undefined);
}

/**
 * Maps the power monitor's events to causes. `shutdown` must not be its first listener: Electron would take
 * no inhibitor on Linux and never send the event (its `power-monitor.ts` counts the listeners before the
 * first one is in).
 */
export function listenForPower(powerMonitor: PowerMonitor, away: Away, leaving: Leaving): void {
  powerMonitor.on('suspend', () => void away.suspending());
  powerMonitor.on('resume', () => away.resumed());
  powerMonitor.on('lock-screen', () => away.locked());
  powerMonitor.on('unlock-screen', () => away.unlocked());
  // Fast user switching on macOS.
  powerMonitor.on('user-did-resign-active', () => away.disconnected());
  powerMonitor.on('user-did-become-active', () => away.reconnected());
  powerMonitor.on('shutdown', (event?: Electron.Event) => {
    // Then the app has to quit by itself, which leaving does. The event is in Electron's documentation,
    // though not in its types.
    event?.preventDefault();
    void leaving.leave({ cause: 'shutdown', mayAsk: false });
  });
}

/**
 * Windows announces the end of its session to windows only, so a hidden one lives as long as the app. Who closes
 * that one, such as `taskkill` or the Task Scheduler, wants the app to end.
 */
export function listenOnWindows(leaving: Leaving, isRestartAnnounced: () => boolean): void {
  if (process.platform !== 'win32') return;
  const window = new BaseWindow({ show: false, skipTaskbar: true });
  window.on('close', (event) => {
    if (leaving.mayGo()) return;
    event.preventDefault();
    void leaving.leave({ cause: 'signal', mayAsk: false });
  });
  listenForSessionEnd(sessionWindow(window), { ...leaving, isRestartAnnounced });
}

function sessionWindow(window: BaseWindow): SessionWindow {
  return {
    on: (event, listener) => {
      if (event === 'query-session-end') window.on('query-session-end', listener);
      else window.on('session-end', listener);
    },
  };
}

/**
 * Quits the app. Electron may ignore a quit that is called within the handler that prevented one
 * (electron#33643), so the handler returns first. Whatever still keeps the app after that is cut short.
 */
export function quitNow(app: App): void {
  setImmediate(() => {
    app.quit();
    setTimeout(() => app.exit(0), FORCED_EXIT_AFTER_MS).unref();
  });
}

const FORCED_EXIT_AFTER_MS = 2_000;
