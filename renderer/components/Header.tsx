import type { State } from '../../preload/contract.ts';
import { words } from '../language.ts';
import { ariaShortcut, shortcutText } from '../shortcuts.ts';
import { Icon } from './Icon.tsx';
import { SettingsButton } from './settings/SettingsButton.tsx';

interface Props {
  readonly state: State | null;
  readonly onAdd: () => void;
  readonly onSettings: () => void;
}

/** The app's name and the one line to glance at. */
export function Header({ state, onAdd, onSettings }: Props) {
  const holding = state !== null && state.held.length > 0;
  const say = words.value.sessions;
  return (
    <div class="header">
      <h1 class={holding ? 'brand brand-holding' : 'brand'}>
        <Icon name={holding ? 'held' : 'nothing'} />
        Signoff
      </h1>
      <button
        type="button"
        class="button"
        aria-keyshortcuts={ariaShortcut('add')}
        title={`${say.addSession} (${shortcutText('add')})`}
        aria-disabled={state === null}
        onClick={() => state && onAdd()}
      >
        <Icon name="add" />
        {say.addSession}
      </button>
      {state && <SettingsButton onOpen={onSettings} />}
      <p class="headline" role="status">
        {state ? say.headline(state.held.length) : ''}
      </p>
    </div>
  );
}
