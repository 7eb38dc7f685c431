import { app } from 'electron';

const FEATURES = 'enable-features';

/**
 * Has Chromium start no process for its network, which would take memory all day and a fifth of each start. Node
 * speaks to the chat servers; Chromium only loads the app's own files and asks for proxies. Before Electron is ready.
 */
export function keepNetworkInProcess(): void {
  const others = app.commandLine.getSwitchValue(FEATURES);
  const features = [others, 'NetworkServiceInProcess2'].filter((name) => name !== '');
  app.commandLine.appendSwitch(FEATURES, features.join(','));
}
