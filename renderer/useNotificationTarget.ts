import { useSignalEffect } from '@preact/signals';
import type { View } from './frame/Navigation.tsx';
import { heldElementId } from './sessions/HeldSession.tsx';
import type { ResultsStore } from './stores/results-store.ts';
import type { Store } from './stores/store.ts';

/** Dialogs that may be closed: not the one while leaving, nor a busy one, which closing would cancel. */
const CLOSABLE = 'dialog[open]:not(.leaving, [aria-busy="true"])';

/**
 * Shows what a clicked notification is about: a view, and a session or receipt in it. The tray also has the
 * agent sign in again, by the id of the ended session.
 */
export function useNotificationTarget(
  store: Store,
  results: ResultsStore,
  show: (view: View) => void,
  signInAgain: (endedId: string) => void,
): void {
  useSignalEffect(() => {
    const target = store.notificationTarget.value;
    if (target === null || store.state.value === null) return;
    store.clearNotificationTarget();
    if (target.view === 'sign-in') {
      show('sessions');
      signInAgain(target.id);
      return;
    }
    for (const dialog of document.querySelectorAll<HTMLDialogElement>(CLOSABLE)) dialog.close();
    if (target.view === 'sessions') {
      if (target.id !== null) focusSoon(target.id);
    } else if (target.receipt === null) {
      results.showAll();
    } else {
      results.open(target.receipt);
    }
    show(target.view);
  });
}

function focusSoon(heldId: string): void {
  requestAnimationFrame(() => {
    const card = document.getElementById(heldElementId(heldId));
    card?.scrollIntoView({ block: 'nearest' });
    card?.querySelector('button')?.focus();
  });
}
