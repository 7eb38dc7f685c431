import { render } from 'preact';
import { App } from './App.tsx';
import { findBridge } from './bridge.ts';
import { createResultsStore } from './stores/results-store.ts';
import { createStore } from './stores/store.ts';
import { words } from './text/language.ts';

const place = document.getElementById('window');
if (place) {
  const bridge = findBridge();
  if (bridge) {
    const store = createStore(bridge);
    const results = createResultsStore(bridge);
    render(<App store={store} results={results} />, place);
    // The page hears of it at once, and the main process does not.
    addEventListener('online', () => store.networkChanged(true));
    addEventListener('offline', () => store.networkChanged(false));
    void Promise.all([store.start(), results.start()]).then(() =>
      store.restoreRecentlyEnded(results.list.value.receipts),
    );
  } else {
    render(<p role="alert">{words.value.sessions.noBridge}</p>, place);
  }
}
