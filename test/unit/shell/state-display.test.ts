import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStateDisplay } from '../../../main/shell/state-display.ts';
import type { State } from '../../../preload/contract.ts';
import { windowState } from '../../support/window-state.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Shows states whose version is how many times the state has been read. */
function createWorld({ isOpen }: { isOpen: boolean }) {
  let read = 0;
  const inTray: string[] = [];
  const inWindow: string[] = [];
  const show = createStateDisplay({
    readState: () => windowState({ version: `${(read += 1)}` }),
    tray: { update: ({ version }: State) => void inTray.push(version) },
    window: { isOpen: () => isOpen, update: ({ version }: State) => void inWindow.push(version) },
  });
  return { show, inTray, inWindow };
}

test('a burst of changes is shown once: soon in the window, a little later in the tray', () => {
  const { show, inTray, inWindow } = createWorld({ isOpen: true });
  for (let n = 0; n < 5; n += 1) show();
  expect([inWindow, inTray]).toEqual([[], []]);
  vi.advanceTimersByTime(16);
  expect([inWindow, inTray]).toEqual([['1'], []]);
  vi.advanceTimersByTime(84);
  expect([inWindow, inTray]).toEqual([['1'], ['2']]);
  vi.advanceTimersByTime(1_000);
  expect([inWindow, inTray]).toEqual([['1'], ['2']]);
});

test('a window that is not open is shown nothing, and no state is read for it', () => {
  const { show, inTray, inWindow } = createWorld({ isOpen: false });
  show();
  vi.advanceTimersByTime(100);
  expect([inWindow, inTray]).toEqual([[], ['1']]);
});
