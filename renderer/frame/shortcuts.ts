import { keysOf } from '../model/keys.ts';
import type { Platform } from '../model/platform.ts';

export interface Shortcut {
  /** As `KeyboardEvent.key` has it, a letter in lower case. */
  readonly key: string;
  /** With Ctrl or, on a Mac, with ⌘. */
  readonly command?: true;
  readonly shift?: true;
}

/** Every shortcut of the window, in the order of the help. */
export const SHORTCUTS = {
  signIn: [{ key: 'i', command: true }],
  add: [{ key: 'n', command: true }],
  search: [{ key: 'f', command: true }],
  settings: [{ key: ',', command: true }],
  sessions: [{ key: '1', command: true }],
  results: [{ key: '2', command: true }],
  signOffAll: [{ key: 's', command: true, shift: true }],
  /** Handled by the list and the charts themselves. */
  resultStep: [{ key: 'ArrowUp' }, { key: 'ArrowDown' }],
  resultPage: [{ key: 'PageUp' }, { key: 'PageDown' }],
  resultEnd: [{ key: 'Home' }, { key: 'End' }],
  chartStep: [{ key: 'ArrowLeft' }, { key: 'ArrowRight' }],
  zoomIn: [{ key: '+', command: true }],
  zoomOut: [{ key: '-', command: true }],
  zoomReset: [{ key: '0', command: true }],
  help: [{ key: '?' }, { key: 'F1' }],
  /** Handled by dialogs; the zoom shortcuts are handled by the main process. */
  close: [{ key: 'Escape' }],
} as const satisfies Record<string, readonly Shortcut[]>;

export type ShortcutName = keyof typeof SHORTCUTS;
export const shortcutNames: readonly ShortcutName[] = keysOf(SHORTCUTS);

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Which shortcut was pressed, if any. */
export function shortcutOf(pressed: Pressed, on: Platform): ShortcutName | null {
  return (
    shortcutNames.find((name) =>
      SHORTCUTS[name].some((shortcut) => isPressed(shortcut, pressed, on)),
    ) ?? null
  );
}

function isPressed(shortcut: Shortcut, pressed: Pressed, on: Platform): boolean {
  const command = on === 'mac' ? pressed.metaKey : pressed.ctrlKey;
  const other = on === 'mac' ? pressed.ctrlKey : pressed.metaKey;
  if (pressed.altKey || other || command !== (shortcut.command === true)) return false;
  // Shift counts for letters only: some keyboards have digits and signs behind it.
  const shiftCounts = /^[a-z]$/.test(shortcut.key);
  if (shiftCounts && pressed.shiftKey !== (shortcut.shift === true)) return false;
  const { key } = pressed;
  return (
    (key.length === 1 ? key.toLowerCase() : key) === shortcut.key ||
    (/^\d$/.test(shortcut.key) && pressed.code === `Digit${shortcut.key}`)
  );
}
