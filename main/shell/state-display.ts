import type { State } from '../../preload/contract.ts';
import { coalesce } from '../common/coalesce.ts';

/** A frame. */
const WINDOW_AFTER_MS = 16;
/** A menu of a hundred sessions takes as long to build as several requests take to send. */
const TRAY_AFTER_MS = 100;

/**
 * Makes a function that is called after every change, and has tray and window show the state soon after:
 * changes that come close together are shown at once. A window that is not open is shown nothing.
 */
export function createStateDisplay(parts: {
  readState: () => State;
  tray: { update(state: State): void };
  window: { isOpen(): boolean; update(state: State): void };
}): () => void {
  const { readState, tray, window } = parts;
  const showTraySoon = coalesce(() => tray.update(readState()), TRAY_AFTER_MS);
  const showWindowSoon = coalesce(() => {
    if (window.isOpen()) window.update(readState());
  }, WINDOW_AFTER_MS);
  return () => {
    showTraySoon();
    showWindowSoon();
  };
}
