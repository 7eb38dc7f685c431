import type { State } from '../../preload/contract.ts';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../text/language.ts';
import { ariaShortcut, shortcutText } from './shortcut-text.ts';

interface Props {
  readonly state: State | null;
  readonly onSignIn: () => void;
  readonly onAdd: () => void;
  readonly onSettings: () => void;
}

/** The app's name, its main actions, and the number of held sessions. */
export function Header({ state, onSignIn, onAdd, onSettings }: Props) {
  const holding = state !== null && state.held.length > 0;
  const offers = state?.signIn.offers;
  const say = words.value.sessions;
  return (
    <div class="header">
      <h1 class={holding ? 'brand brand-holding' : 'brand'}>
        <Icon name={holding ? 'held' : 'nothing'} />
        Signoff
      </h1>
      <div class="header-actions">
        {offers?.signIn && (
          <button
            type="button"
            class="button"
            aria-keyshortcuts={ariaShortcut('signIn')}
            title={`${words.value.signIn.title} (${shortcutText('signIn')})`}
            onClick={onSignIn}
          >
            <Icon name="enter" />
            {words.value.signIn.signIn}
          </button>
        )}
        {offers?.handIn && <AddButton alone={!offers.signIn} onAdd={onAdd} />}
        {state && <SettingsButton onOpen={onSettings} />}
      </div>
      <p class="headline" role="status">
        {state ? say.headline(state.held.length) : ''}
      </p>
    </div>
  );
}

function SettingsButton({ onOpen }: { onOpen: () => void }) {
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

/** With its text only where it is the sole way to get a session. */
function AddButton({ alone, onAdd }: { alone: boolean; onAdd: () => void }) {
  const { addSession } = words.value.sessions;
  return (
    <button
      type="button"
      class={alone ? 'button' : 'button button-icon'}
      aria-label={alone ? undefined : addSession}
      aria-keyshortcuts={ariaShortcut('add')}
      title={`${addSession} (${shortcutText('add')})`}
      onClick={onAdd}
    >
      <Icon name="add" />
      {alone && addSession}
    </button>
  );
}
