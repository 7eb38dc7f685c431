import type { IpcMainInvokeEvent } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createMainWindow, type MainWindow } from '../../../main/shell/window/main-window.ts';

const electron = vi.hoisted(() => ({
  opened: [] as { webContents: object; close: () => void; crash: (reason: string) => void }[],
}));
vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class BrowserWindow extends Emitter {
    webContents = Object.assign(new Emitter(), { send: () => undefined });
    constructor() {
      super();
      electron.opened.push(this);
    }
    async loadURL(): Promise<void> {}
    close(): void {
      this.emit('close');
      this.emit('closed');
    }
    destroy(): void {
      this.emit('closed');
    }
    crash(reason: string): void {
      this.webContents.emit('render-process-gone', {}, { reason });
    }
    isMinimized = (): boolean => false;
    isDestroyed = (): boolean => false;
    isFocused = (): boolean => true;
    show(): void {}
    focus(): void {}
  }
  return { BrowserWindow };
});
beforeEach(() => void electron.opened.splice(0));

function mainWindow() {
  const told: string[] = [];
  const window = createMainWindow({
    prepare: () => told.push('prepared'),
    preload: '/preload.cjs',
    memory: { get: () => 1, set: () => undefined },
    onClosed: () => told.push('closed'),
    onCrash: (reason) => told.push(reason),
    onFault: (error) => told.push(`fault: ${String(error)}`),
  });
  const crash = (reason: string): void => electron.opened.at(-1)?.crash(reason);
  return { window, told, crash };
}

describe('a call', () => {
  const PAGE = { parent: null, origin: 'signoff://app' };
  /** Whether it is taken for one of the window's own. */
  function isTaken(window: MainWindow, senderFrame: object | null, sender?: object): boolean {
    const from = sender ?? electron.opened.at(-1)?.webContents;
    return window.isSender({ sender: from, senderFrame } as IpcMainInvokeEvent);
  }

  test('is taken from our own page in the main frame', () => {
    const { window } = mainWindow();
    window.show();
    expect(isTaken(window, PAGE)).toBe(true);
  });

  test.each([
    ['another origin', { ...PAGE, origin: 'https://evil.example' }],
    ['an origin that begins alike', { ...PAGE, origin: 'signoff://app.evil.example' }],
    ['a frame in the page', { ...PAGE, parent: PAGE }],
    ['a frame that is gone', null],
  ])('is not taken from %s', (_, frame) => {
    const { window } = mainWindow();
    window.show();
    expect(isTaken(window, frame)).toBe(false);
  });

  test('is not taken from another window, whatever it shows', () => {
    const { window } = mainWindow();
    window.show();
    expect(isTaken(window, PAGE, {})).toBe(false);
  });

  test('is not taken once the window is closed', () => {
    const { window } = mainWindow();
    window.show();
    electron.opened[0]?.close();
    expect(isTaken(window, PAGE)).toBe(false);
  });
});

test('the window is one: shown twice, it is opened once, and anew once it was closed', () => {
  const { window, told } = mainWindow();
  window.show();
  window.show();
  expect(electron.opened).toHaveLength(1);
  electron.opened[0]?.close();
  expect(window.isOpen()).toBe(false);
  window.show();
  expect(electron.opened).toHaveLength(2);
  expect(told).toEqual(['prepared', 'closed']);
});

test('a window that crashes is opened anew, twice within a minute', () => {
  const { window, told, crash } = mainWindow();
  window.show();
  for (const reason of ['crashed', 'oom', 'killed']) crash(reason);
  expect(told).toEqual(['prepared', 'crashed', 'oom', 'killed']);
  expect(electron.opened).toHaveLength(3);
  expect(window.isOpen()).toBe(false);
});

test('a page that ends as it should is no crash', () => {
  const { window, told, crash } = mainWindow();
  window.show();
  crash('clean-exit');
  expect(told).toEqual(['prepared']);
  expect(electron.opened).toHaveLength(1);
});
