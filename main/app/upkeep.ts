import { app } from 'electron';
import { within } from '../common/clock.ts';
import { errorText } from '../common/log.ts';
import { createFleet } from '../fleet/fleet.ts';
import { createGhostTime } from '../fleet/ghost-time.ts';
import { logFolder, openLogFile } from '../shell/log-file.ts';
import { releaseMemory } from '../shell/release-memory.ts';
import { buildNamesFeed, updateObstacle } from '../shell/updates/installation.ts';
import { createUpdates } from '../shell/updates/updates.ts';
import type { Opened } from './open.ts';
import type { Work } from './work.ts';

/** What follows a start or a closed window is over by then. */
const AT_REST_AFTER_MS = 3_000;
/** Opening the log takes some milliseconds. */
const LOG_WITHIN_MS = 500;

/** What keeps the app in good order, and nobody waits for. */
export type Upkeep = ReturnType<typeof createUpkeep>;

export function createUpkeep(ground: Opened, work: Work) {
  return {
    network: createNetworkUpkeep(ground),
    updates: createUpdateUpkeep(ground, work),
    ...createTelemetry(ground),
    ...createFileUpkeep(ground),
  };
}

/** Has the next request find everything ready: the HTTP client, certificates, the proxies of what is held. */
function createNetworkUpkeep({ chat, vault }: Opened) {
  const heldServers = (): string[] => [...new Set(vault.held().map(({ server }) => server))];
  let preparedFor = heldServers();
  const prepare = (): void => {
    preparedFor = heldServers();
    chat.prepare(preparedFor);
  };
  return {
    warmUp(): void {
      chat.warmUp();
      prepare();
    },
    prepare,
    /** Sessions come and go, amid a quit by the hundred; their servers hardly ever do. */
    heldChanged(): void {
      if (heldServers().join(' ') !== preparedFor.join(' ')) prepare();
    },
    /** Gives memory back once the app is at rest, unless `isBusy` by then. */
    releaseMemorySoon(isBusy: () => boolean): void {
      setTimeout(() => {
        if (isBusy()) return;
        releaseMemory();
      }, AT_REST_AFTER_MS).unref();
    },
  };
}

function createUpdateUpkeep(ground: Opened, { leaving, isBusy, restartAnnouncement }: Work) {
  const { settings, vault, chat, clock, random, log } = ground;
  return createUpdates({
    feed() {
      const { updateFeed, updateChannel } = settings.values();
      if (updateChannel === 'off') return null;
      if (updateFeed !== '') return { url: updateFeed, channel: updateChannel };
      return app.isPackaged && buildNamesFeed(process.resourcesPath)
        ? { url: null, channel: updateChannel }
        : null;
    },
    obstacle: () =>
      updateObstacle({
        platform: process.platform,
        isPackaged: app.isPackaged,
        executable: process.execPath,
        resourcesFolder: process.resourcesPath,
        env: process.env,
      }),
    async load(feed) {
      const [{ createElectronUpdater }, agent] = await Promise.all([
        import('../shell/updates/electron-updater.ts'),
        chat.agent(),
      ]);
      return createElectronUpdater(feed, agent);
    },
    isBusy: () => leaving.isUnderWay() || isBusy(),
    isHolding: () => vault.held().length > 0,
    announceRestart: restartAnnouncement.announce,
    exitForRestart: leaving.exitForRestart,
    clock,
    random,
    onProgress: (event, version) => log(event, { version }),
    onObstacle: (reason) => log('updates-off', { reason }),
    onFault: (error) => log('update-failed', { error: errorText(error) }),
  });
}

function createTelemetry({ settings, chat, clock, log }: Opened) {
  const onFault = (error: unknown): void => log('telemetry-failed', { error: errorText(error) });
  const endpoint = (): string => settings.values().telemetryEndpoint;
  const fleet = createFleet({
    endpoint,
    async load(url) {
      const { createOtlpExporter } = await import('../fleet/otlp-exporter.ts');
      return createOtlpExporter({
        endpoint: url,
        version: app.getVersion(),
        agent: chat.agent,
        onFault,
      });
    },
    clock,
    onFault,
  });
  return { fleet, ghostTime: createGhostTime(clock), hasTelemetry: () => endpoint() !== '' };
}

/** The log's file, the receipts' age, and the login item. */
function createFileUpkeep(ground: Opened) {
  const { logging, logsDir, log, settings, receipts, loginItem, clock } = ground;
  const logOpened = Promise.withResolvers<undefined>();
  const orLog = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      log('login-item-failed', { error: errorText(error) });
    }
  };
  const applyLoginItem = (): void => orLog(() => loginItem.apply(settings.values().startAtLogin));
  return {
    /** Has the log written to its file from now on, and what it has so far. */
    async openLog(): Promise<void> {
      try {
        const folder = logFolder(settings.values().logFolder, logsDir);
        const file = await openLogFile(folder, (error) => log('log-not-written', { error }));
        logging.toFile(file.write, () => settings.values().logLevel);
      } catch (error) {
        log('log-not-written', { error: errorText(error) });
      } finally {
        logOpened.resolve(undefined);
      }
    },
    /** An app that goes right after its start has its log written all the same. */
    logInTime: () => within(clock, LOG_WITHIN_MS, logOpened.promise),
    prune(): void {
      receipts
        .prune(settings.values().receiptDays)
        .catch((error: unknown) => log('prune-failed', { error: errorText(error) }));
    },
    applyLoginItem,
    /** At a start: what the system's own settings have switched off is the person's will. */
    settleLoginItem(): void {
      orLog(() => {
        if (loginItem.isSwitchedOff()) settings.desktopSays({ startAtLogin: false });
      });
      applyLoginItem();
    },
  };
}
