import { render } from '@testing-library/preact';
import type { Bridge } from '../../preload/contract.ts';
import { App } from '../../renderer/App.tsx';
import { createResultsStore } from '../../renderer/stores/results-store.ts';
import { createStore } from '../../renderer/stores/store.ts';

/** Shows the whole window on this bridge. Resolves once its stores have what they begin with. */
export async function openWindow(bridge: Bridge): Promise<void> {
  const store = createStore(bridge);
  const results = createResultsStore(bridge);
  render(<App store={store} results={results} />);
  await Promise.all([store.start(), results.start()]);
}
