import { render } from 'preact';
import { App } from './App.tsx';
import { findBridge } from './bridge.ts';
import { createResultsStore } from './stores/results-store.ts';
import { createStore } from './stores/store.ts';
import { words } from './text/language.ts';

const root = document.getElementById('window');
if (root) {
  const bridge = findBridge();
  if (bridge) {
    const store = createStore(bridge);
    const results = createResultsStore(bridge);
    render(<App store={store} results={results} />, root);
    // The page gets these events at once, the main process does not.
    addEventListener('online', () => store.setOnline(true));
    addEventListener('offline', () => store.setOnline(false));
    void Promise.all([store.start(), results.start()]).then(() =>
      store.restoreRecentlyEnded(results.list.value.receipts),
    );
  } else {
    render(<p role="alert">{words.value.sessions.noBridge}</p>, root);
  }
}
