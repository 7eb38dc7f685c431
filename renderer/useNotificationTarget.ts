import { useSignalEffect } from '@preact/signals';
import type { View } from './frame/Navigation.tsx';
import { heldElementId } from './sessions/HeldSession.tsx';
import type { ResultsStore } from './stores/results-store.ts';
import type { Store } from './stores/store.ts';

/**
 * What may stand in front of where somebody is led: all but the question before the app goes, and what
 * is under way, which closing would give up.
 */
const LEAVABLE = 'dialog[open]:not(.leaving, [aria-busy="true"])';

/** Goes where a notification led: to a part of the window, and to the one session or receipt. */
export function useNotificationTarget(
  store: Store,
  results: ResultsStore,
  show: (view: View) => void,
): void {
  useSignalEffect(() => {
    const place = store.notificationTarget.value;
    if (place === null || store.state.value === null) return;
    for (const dialog of document.querySelectorAll<HTMLDialogElement>(LEAVABLE)) dialog.close();
    if (place.view === 'sessions') {
      if (place.id !== null) focusSoon(place.id);
    } else if (place.receipt === null) {
      results.showAll();
    } else {
      results.open(place.receipt);
    }
    show(place.view);
    store.clearNotificationTarget();
  });
}

function focusSoon(heldId: string): void {
  requestAnimationFrame(() => {
    const card = document.getElementById(heldElementId(heldId));
    card?.scrollIntoView({ block: 'nearest' });
    card?.querySelector('button')?.focus();
  });
}
