import { useEffect } from 'preact/hooks';
import { platform } from '../model/platform.ts';
import { type ShortcutName, shortcutOf } from './shortcuts.ts';

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

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.matches('input, textarea, select');
}
