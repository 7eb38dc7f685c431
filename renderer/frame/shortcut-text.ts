import { platform, type Platform } from '../model/platform.ts';
import { words } from '../text/language.ts';
import { type Shortcut, type ShortcutName, SHORTCUTS } from './shortcuts.ts';

/** The key names of each combination, such as Ctrl and N. */
export function keyNamesOf(name: ShortcutName, on: Platform = platform): string[][] {
  return SHORTCUTS[name].map((shortcut) => namesOfCombination(shortcut, on));
}

/** The first combination as in a tooltip: Ctrl+N, or ⌘N. */
export function shortcutText(name: ShortcutName, on: Platform = platform): string {
  const [keys = []] = keyNamesOf(name, on);
  return keys.join(on === 'mac' ? '' : '+');
}

/** All combinations for `aria-keyshortcuts`, whose syntax has fixed key names. */
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

function namesOfCombination({ key, command, shift }: Shortcut, on: Platform): string[] {
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
