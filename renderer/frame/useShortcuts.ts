import { useEffect } from 'preact/hooks';
import { platform } from '../model/platform.ts';
import { type ShortcutName, shortcutOf } from './shortcuts.ts';

export type ShortcutActions = Readonly<Record<Exclude<ShortcutName, HandledElsewhere>, () => void>>;
type HandledElsewhere =
  `result${'Step' | 'Page' | 'End'}` | 'chartStep' | `zoom${string}` | 'close';

/** Runs the action of a pressed shortcut, unless a dialog is open. */
export function useShortcuts(actions: ShortcutActions): void {
  useEffect(() => {
    const isHandledHere = (name: ShortcutName): name is keyof ShortcutActions => name in actions;
    const onKey = (event: KeyboardEvent): void => {
      const name = shortcutOf(event, platform);
      if (name === null || !isHandledHere(name) || document.querySelector('dialog[open]')) return;
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
