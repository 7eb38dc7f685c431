import { useSignalEffect } from '@preact/signals';
import type { ResultsStore } from '../results-store.ts';
import type { Store } from '../store.ts';
import type { View } from './Views.tsx';

/** The element that shows a held session. */
export const heldElementId = (heldId: string): string => `held-${heldId}`;

/** Goes where a notification led: to a part of the window, and to the one session or receipt. */
export function useArrival(store: Store, results: ResultsStore, show: (view: View) => void): void {
  useSignalEffect(() => {
    const place = store.place.value;
    if (place === null || store.state.value === null) return;
    if (place.view === 'sessions') {
      if (place.id !== null) focusSoon(place.id);
    } else if (place.id !== null) {
      const { receipts, next, status } = results.list.value;
      const receipt = receipts.find(({ id }) => id === place.id);
      const mayCome = status === 'loading' || (status === 'idle' && next === undefined);
      if (receipt === undefined && mayCome) return;
      if (receipt !== undefined) results.open(receipt);
    }
    show(place.view);
    store.arrived();
  });
}

function focusSoon(heldId: string): void {
  requestAnimationFrame(() => {
    const card = document.getElementById(heldElementId(heldId));
    card?.scrollIntoView({ block: 'nearest' });
    card?.querySelector('button')?.focus();
  });
}
