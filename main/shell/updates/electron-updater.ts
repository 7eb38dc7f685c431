import type { Agent as HttpAgent } from 'node:http';
import { autoUpdater, CancellationToken } from 'electron-updater';
import { NetworkExecutor } from './network-executor.ts';
import type { Feed, Updater } from './updates.ts';

/**
 * electron-updater, which does nothing of itself: every step is told to it. The agent connects it to
 * whatever server the feed names.
 */
export function createElectronUpdater({ url, channel }: Feed, agent: HttpAgent): Updater {
  const network = new NetworkExecutor(agent);
  // Its type declares nothing to be set here, nor does it offer another way.
  Reflect.set(autoUpdater, 'httpExecutor', network);
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.logger = null;
  autoUpdater.allowPrerelease = channel === 'beta';
  if (url !== null) autoUpdater.setFeedURL({ provider: 'generic', url, channel });
  else autoUpdater.channel = channel;
  // Set with a channel: an older version there is no update.
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
      // It says whether it could only by this event.
      autoUpdater.once('error', onError);
      autoUpdater.quitAndInstall(true, true);
      autoUpdater.off('error', onError);
      return !failed;
    },
  };
}
