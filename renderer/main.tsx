import { render } from 'preact';
import { findBridge } from './bridge.ts';
import { App } from './components/App.tsx';
import { createStore } from './store.ts';
import { words } from './words.ts';

const place = document.getElementById('window');
if (place) {
  const bridge = findBridge();
  if (bridge) {
    const store = createStore(bridge);
    render(<App store={store} />, place);
    void store.start();
  } else {
    render(<p role="alert">{words.noBridge}</p>, place);
  }
}
