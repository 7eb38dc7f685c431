import { autoUpdater, CancellationToken } from 'electron-updater';
import type { Feed, Updater } from './updates.ts';

/** electron-updater, which does nothing of itself: every step is told to it. */
export function createElectronUpdater({ url, channel }: Feed): Updater {
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.logger = null;
  autoUpdater.allowPrerelease = channel === 'beta';
  if (url !== null) autoUpdater.setFeedURL({ provider: 'generic', url, channel });
  else autoUpdater.channel = channel;
  // Set with a channel: an older version there is no update.
  autoUpdater.allowDowngrade = false;
  // The calls reject with it as well; without a listener it would be thrown a second time.
  autoUpdater.on('error', () => undefined);
  return {
    async check() {
      const found = await autoUpdater.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version : null;
    },
    async download(signal) {
      const cancellation = new CancellationToken();
      const cancel = (): void => cancellation.cancel();
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
