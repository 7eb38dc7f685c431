import type { State } from '../../preload/contract.ts';
import { coalesce } from '../common/coalesce.ts';

/** One frame. */
const WINDOW_AFTER_MS = 16;
/** Building a menu of a hundred sessions takes as long as sending several requests. */
const TRAY_AFTER_MS = 100;

/** Returns a function to call after every change, which soon updates tray and window, once for several calls. */
export function createStateDisplay(parts: {
  readState: () => State;
  tray: { update(state: State): void };
  window: { isOpen(): boolean; update(state: State): void };
}): () => void {
  const { readState, tray, window } = parts;
  const updateTray = coalesce(() => tray.update(readState()), TRAY_AFTER_MS);
  const updateWindow = coalesce(() => {
    if (window.isOpen()) window.update(readState());
  }, WINDOW_AFTER_MS);
  return () => {
    updateTray();
    updateWindow();
  };
}
