import { EventEmitter } from 'node:events';
import type { App, PowerMonitor } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  quitNow,
  listenForLeaving,
  listenForPower,
  listenOnWindows,
} from '../../../main/lifecycle/electron-events.ts';
import type { Leaving } from '../../../main/lifecycle/leaving.ts';

const electron = vi.hoisted(() => ({
  windows: [] as {
    options: unknown;
    hears: (event: string, reasons: string[]) => void;
    /** Whether it is destroyed by a WM_CLOSE. */
    closes: () => boolean;
  }[],
}));
vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class BaseWindow extends Emitter {
    constructor(options: unknown) {
      super();
      electron.windows.push({
        options,
        hears: (event, reasons) => this.emit(event, { reasons }),
        closes: () => {
          let closes = true;
          this.emit('close', { preventDefault: () => (closes = false) });
          return closes;
        },
      });
    }
  }
  return { BaseWindow };
});

/** What is asked of the parts, in that order. */
function createParts({ mayGo = false } = {}) {
  const asked: string[] = [];
  const leaving: Leaving = {
    leave: async ({ cause, mayAsk }) => {
      asked.push(`leave for ${cause}${mayAsk ? ', may ask' : ''}`);
      return 'gone';
    },
    endAtOnce: () => asked.push('end at once'),
    goAtOnce: ({ comesBack }) => asked.push(comesBack ? 'go to come back' : 'go at once'),
    prepareForRestart: () => asked.push('prepare to come back'),
    exitForRestart: () => undefined,
    answer: () => undefined,
    state: () => null,
    isUnderWay: () => false,
    mayGo: () => mayGo,
    endsLogin: () => false,
    onChange: () => undefined,
    onMayGo: () => undefined,
    onCalledOff: () => undefined,
  };
  const away = {
    suspending: async () => {
      asked.push('suspending');
    },
    resumed: () => asked.push('resumed'),
    locked: () => asked.push('locked'),
    unlocked: () => asked.push('unlocked'),
    disconnected: () => asked.push('disconnected'),
    reconnected: () => asked.push('reconnected'),
    changed: () => undefined,
    isSignedOff: () => false,
  };
  return { asked, leaving, away };
}

/**
 * In place of Electron's power monitor: what it does before its first listener is in decides whether
 * Linux will wait for the app at a shutdown.
 */
class FakePowerMonitor extends EventEmitter {
  inhibitsShutdown = false;
  readonly order: string[] = [];

  override on(event: string, listener: (...args: unknown[]) => void): this {
    // Of the listeners, it counts those to come only once there is one.
    if (this.order.length > 0 && event === 'shutdown') this.inhibitsShutdown = true;
    this.order.push(event);
    return super.on(event, listener);
  }
}

function listenToPower() {
  const monitor = new FakePowerMonitor();
  const { asked, leaving, away } = createParts();
  listenForPower(monitor as unknown as PowerMonitor, away, leaving);
  return { monitor, asked };
}

describe('the power monitor', () => {
  test('has another listener before the one for shutdown', () => {
    expect(listenToPower().monitor.order.indexOf('shutdown')).toBeGreaterThan(0);
  });

  test('inhibits the shutdown therefore', () => {
    expect(listenToPower().monitor.inhibitsShutdown).toBe(true);
  });

  test.each([
    { event: 'suspend', does: 'suspending' },
    { event: 'resume', does: 'resumed' },
    { event: 'lock-screen', does: 'locked' },
    { event: 'unlock-screen', does: 'unlocked' },
    { event: 'user-did-resign-active', does: 'disconnected' },
    { event: 'user-did-become-active', does: 'reconnected' },
    { event: 'shutdown', does: 'leave for shutdown' },
  ])('saying $event: $does', ({ event, does }) => {
    const { monitor, asked } = listenToPower();
    monitor.emit(event, { preventDefault: () => undefined });
    expect(asked).toEqual([does]);
  });

  test('is made to wait at a shutdown', () => {
    const { monitor } = listenToPower();
    const preventDefault = vi.fn<() => void>();
    monitor.emit('shutdown', { preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(1);
  });

  test('may say shutdown without an event', () => {
    const { monitor, asked } = listenToPower();
    monitor.emit('shutdown');
    expect(asked).toEqual(['leave for shutdown']);
  });
});

class FakeApp extends EventEmitter {
  readonly done: string[] = [];
  readonly quit = (): void => void this.done.push('quit');
  readonly exit = (code: number): void => void this.done.push(`exit ${code}`);
}

/** Pretends to run there, until the test is over. */
function runOn(platform: NodeJS.Platform): void {
  const real = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};
  Object.defineProperty(process, 'platform', { ...real, value: platform });
  undo.push(() => Object.defineProperty(process, 'platform', real));
}

const undo: (() => void)[] = [];
beforeEach(() => () => {
  for (const step of undo.splice(0)) step();
  electron.windows.length = 0;
  vi.useRealTimers();
});

describe('on Windows', () => {
  function listen({ mayGo = false, isAnnounced = true } = {}) {
    runOn('win32');
    const { asked, leaving } = createParts({ mayGo });
    listenOnWindows(leaving, () => isAnnounced);
    const [window] = electron.windows;
    if (window === undefined) throw new Error('There is no window.');
    return { asked, window };
  }

  test('one window lives that nobody sees, also not in the task bar', () => {
    const { window } = listen();
    expect([electron.windows.length, window.options]).toEqual([
      1,
      { show: false, skipTaskbar: true },
    ]);
  });

  test('its question whether the session may end has all ended at once, and its end the app go', () => {
    const { window, asked } = listen();
    window.hears('query-session-end', ['shutdown']);
    window.hears('session-end', ['shutdown']);
    expect(asked).toEqual(['end at once', 'go at once']);
  });

  test('a Restart Manager that closes the app makes it go to come back once it says so', () => {
    const { window, asked } = listen();
    window.hears('query-session-end', ['close-app']);
    window.hears('session-end', ['close-app']);
    expect(asked).toEqual(['prepare to come back', 'go to come back']);
  });

  test('one that no installer has announced makes it leave', () => {
    const { window, asked } = listen({ isAnnounced: false });
    window.hears('query-session-end', ['close-app']);
    window.hears('session-end', ['close-app']);
    expect(asked).toEqual(['end at once', 'go at once']);
  });

  test('whoever closes the window gets the app to leave as by a signal, and the window goes on hearing', () => {
    const { window, asked } = listen();
    expect(window.closes()).toBe(false);
    expect(asked).toEqual(['leave for signal']);
  });

  test('an app that may go lets its window close', () => {
    const { window, asked } = listen({ mayGo: true });
    expect(window.closes()).toBe(true);
    expect(asked).toEqual([]);
  });
});

test.each<NodeJS.Platform>(['linux', 'darwin'])('on %s no hidden window lives', (platform) => {
  runOn(platform);
  listenOnWindows(createParts().leaving, () => false);
  expect(electron.windows).toEqual([]);
});

describe('Electron', () => {
  const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

  function listen({ mayGo = false } = {}) {
    for (const signal of SIGNALS) {
      const before = process.rawListeners(signal);
      undo.push(() => {
        process.removeAllListeners(signal);
        for (const listener of before) process.on(signal, listener as NodeJS.SignalsListener);
      });
    }
    const app = new FakeApp();
    const { asked, leaving } = createParts({ mayGo });
    const strangers = vi.fn<() => void>();
    for (const signal of SIGNALS) process.on(signal, strangers);
    listenForLeaving(app as unknown as App, leaving);
    const preventDefault = vi.fn<() => void>();
    return { app, asked, strangers, preventDefault };
  }

  test('that is about to quit is stopped, and the agent leaves', () => {
    const { app, asked, preventDefault } = listen();
    app.emit('before-quit', { preventDefault });
    expect([preventDefault.mock.calls.length, asked]).toEqual([1, ['leave for quit, may ask']]);
  });

  test('is let go once the app may go', () => {
    const { app, asked, preventDefault } = listen({ mayGo: true });
    app.emit('before-quit', { preventDefault });
    expect([preventDefault.mock.calls.length, asked]).toEqual([0, []]);
  });

  test('does not quit by itself when the window is closed', () => {
    expect(listen().app.listenerCount('window-all-closed')).toBe(1);
  });

  test.each(SIGNALS)('may be sent %s twice, and each time the app leaves', (signal) => {
    const { asked } = listen();
    process.emit(signal, signal);
    process.emit(signal, signal);
    expect(asked).toEqual(['leave for signal', 'leave for signal']);
  });

  test.each(SIGNALS)('has nobody else hear %s', (signal) => {
    const { strangers } = listen();
    process.emit(signal, signal);
    expect(strangers).not.toHaveBeenCalled();
  });
});

describe('letting the app go', () => {
  test('waits until the handler is left that let it go', () => {
    vi.useFakeTimers();
    const app = new FakeApp();
    quitNow(app as unknown as App);
    expect(app.done).toEqual([]);
  });

  test('quits then', () => {
    vi.useFakeTimers();
    const app = new FakeApp();
    quitNow(app as unknown as App);
    vi.advanceTimersByTime(0);
    expect(app.done).toEqual(['quit']);
  });

  test('exits where something still keeps the app', () => {
    vi.useFakeTimers();
    const app = new FakeApp();
    quitNow(app as unknown as App);
    vi.advanceTimersByTime(2_000);
    expect(app.done).toEqual(['quit', 'exit 0']);
  });
});
