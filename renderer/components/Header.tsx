import type { State } from '../../preload/contract.ts';
import { headline } from '../words.ts';
import { Icon } from './Icon.tsx';

const SHORTCUT = navigator.userAgent.includes('Macintosh') ? '⌘N' : 'Ctrl+N';

/** The app's name and the one line to glance at. */
export function Header({ state, onAdd }: { state: State | null; onAdd: () => void }) {
  const holding = state !== null && state.held.length > 0;
  return (
    <header class="header">
      <h1 class={holding ? 'brand brand-holding' : 'brand'}>
        <Icon name={holding ? 'held' : 'nothing'} />
        Signoff
      </h1>
      <button
        type="button"
        class="button"
        aria-keyshortcuts="Control+N Meta+N"
        title={`Add session (${SHORTCUT})`}
        aria-disabled={state === null}
        onClick={() => state && onAdd()}
      >
        <Icon name="add" />
        Add session
      </button>
      <p class="headline" role="status">
        {state ? headline(state.held.length) : ''}
      </p>
    </header>
  );
}
