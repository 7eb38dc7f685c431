import { useEffect } from 'preact/hooks';
import { words } from '../text/language.ts';
import { platform } from '../state/platform.ts';
import type { Platform } from '../state/platform.ts';

interface Shortcut {
  /** As `KeyboardEvent.key` has it, a letter in lower case. */
  readonly key: string;
  /** With Ctrl or, on a Mac, with ⌘. */
  readonly command?: true;
  readonly shift?: true;
}

/** Every shortcut of the window. */
const SHORTCUTS = {
  signIn: [{ key: 'i', command: true }],
  add: [{ key: 'n', command: true }],
  search: [{ key: 'f', command: true }],
  settings: [{ key: ',', command: true }],
  sessions: [{ key: '1', command: true }],
  results: [{ key: '2', command: true }],
  signOffAll: [{ key: 's', command: true, shift: true }],
  /** The list and the charts hear these themselves. */
  resultStep: [{ key: 'ArrowUp' }, { key: 'ArrowDown' }],
  resultPage: [{ key: 'PageUp' }, { key: 'PageDown' }],
  resultEnd: [{ key: 'Home' }, { key: 'End' }],
  chartStep: [{ key: 'ArrowLeft' }, { key: 'ArrowRight' }],
  zoomIn: [{ key: '+', command: true }],
  zoomOut: [{ key: '-', command: true }],
  zoomReset: [{ key: '0', command: true }],
  help: [{ key: '?' }, { key: 'F1' }],
  /** A dialog hears this one itself, and the main process hears those that zoom. */
  close: [{ key: 'Escape' }],
} as const satisfies Record<string, readonly Shortcut[]>;

/** What a shortcut does; all of them in the order in which the help lists them. */
export type ShortcutName = keyof typeof SHORTCUTS;
export const shortcutNames: readonly ShortcutName[] = [
  'signIn',
  'add',
  'search',
  'settings',
  'sessions',
  'results',
  'signOffAll',
  'resultStep',
  'resultPage',
  'resultEnd',
  'chartStep',
  'zoomIn',
  'zoomOut',
  'zoomReset',
  'help',
  'close',
];
export type ShortcutActions = Readonly<Record<Exclude<ShortcutName, HeardElsewhere>, () => void>>;
type HeardElsewhere =
  | 'resultStep'
  | 'resultPage'
  | 'resultEnd'
  | 'chartStep'
  | 'zoomIn'
  | 'zoomOut'
  | 'zoomReset'
  | 'close';

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Does what was pressed, unless a dialog is open, which is to be answered first. */
export function useShortcuts(actions: ShortcutActions): void {
  useEffect(() => {
    const isHeardHere = (name: ShortcutName): name is keyof ShortcutActions => name in actions;
    const onKey = (event: KeyboardEvent): void => {
      const name = shortcutOf(event, platform);
      if (name === null || !isHeardHere(name) || document.querySelector('dialog[open]')) return;
      if (!event.ctrlKey && !event.metaKey && event.key.length === 1 && isTyping(event)) return;
      event.preventDefault();
      actions[name]();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}

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
  // Some keyboards have digits and signs behind Shift, others do not.
  const shiftCounts = /^[a-z]$/.test(shortcut.key);
  if (shiftCounts && pressed.shiftKey !== (shortcut.shift === true)) return false;
  const { key } = pressed;
  return (
    (key.length === 1 ? key.toLowerCase() : key) === shortcut.key ||
    (/^\d$/.test(shortcut.key) && pressed.code === `Digit${shortcut.key}`)
  );
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.matches('input, textarea, select');
}

/** What is on the keys of each way to it, such as Ctrl and N. */
export function keysOf(name: ShortcutName, on: Platform = platform): string[][] {
  return SHORTCUTS[name].map((shortcut) => keyNames(shortcut, on));
}

/** The keys as they stand in a tooltip: Ctrl+N, or ⌘N. */
export function shortcutText(name: ShortcutName, on: Platform = platform): string {
  const [keys = []] = keysOf(name, on);
  return keys.join(on === 'mac' ? '' : '+');
}

/** The same for `aria-keyshortcuts`, which knows no language. */
export function ariaShortcut(name: ShortcutName, on: Platform = platform): string {
  return SHORTCUTS[name]
    .map(({ key, command, shift }: Shortcut) =>
      [
        command ? (on === 'mac' ? 'Meta' : 'Control') : '',
        shift ? 'Shift' : '',
        key.length === 1 ? key.toUpperCase() : key,
      ]
        .filter((part) => part !== '')
        .join('+'),
    )
    .join(' ');
}

function keyNames({ key, command, shift }: Shortcut, on: Platform): string[] {
  const { control, shift: shiftKey } = words.value.settings.keys;
  const isMac = on === 'mac';
  return [
    ...(shift && isMac ? ['⇧'] : []),
    ...(command ? [isMac ? '⌘' : control] : []),
    ...(shift && !isMac ? [shiftKey] : []),
    keyName(key),
  ];
}

function keyName(key: string): string {
  const { escape, pageUp, pageDown, home, end } = words.value.settings.keys;
  const names: Readonly<Record<string, string>> = {
    Escape: escape,
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    PageUp: pageUp,
    PageDown: pageDown,
    Home: home,
    End: end,
  };
  return names[key] ?? key.toUpperCase();
}
