import { words } from '../text/language.ts';
import { ariaShortcut, shortcutText } from './shortcuts.ts';
import { Icon } from '../parts/Icon.tsx';

/** The way to the settings. */
export function SettingsButton({ onOpen }: { onOpen: () => void }) {
  const { title } = words.value.settings;
  return (
    <button
      type="button"
      class="button button-icon"
      aria-label={title}
      aria-keyshortcuts={ariaShortcut('settings')}
      title={`${title} (${shortcutText('settings')})`}
      onClick={onOpen}
    >
      <Icon name="settings" />
    </button>
  );
}
