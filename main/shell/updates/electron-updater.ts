import type { Agent as HttpAgent } from 'node:http';
import { autoUpdater, CancellationToken } from 'electron-updater';
import { NetworkExecutor } from './network-executor.ts';
import type { Feed, Updater } from './updates.ts';

/** electron-updater with everything automatic switched off. The agent connects to the feed's server. */
export function createElectronUpdater({ url, channel }: Feed, agent: HttpAgent): Updater {
  const network = new NetworkExecutor(agent);
  // Its types do not offer this.
  Reflect.set(autoUpdater, 'httpExecutor', network);
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.logger = null;
  autoUpdater.allowPrerelease = channel === 'beta';
  if (url !== null) autoUpdater.setFeedURL({ provider: 'generic', url, channel });
  else autoUpdater.channel = channel;
  // Setting a channel turns it on.
  autoUpdater.allowDowngrade = false;
  return {
    async check() {
      const found = await autoUpdater.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version : null;
    },
    async download(signal) {
      const cancellation = new CancellationToken();
      const cancel = (): void => {
        cancellation.cancel();
        network.stop();
      };
      signal.addEventListener('abort', cancel, { once: true });
      try {
        await autoUpdater.downloadUpdate(cancellation);
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },
    install() {
      let failed = false;
      const onError = (): void => {
        failed = true;
      };
      // Failure is reported by this event only.
      autoUpdater.once('error', onError);
      autoUpdater.quitAndInstall(true, true);
      autoUpdater.off('error', onError);
      return !failed;
    },
  };
}
