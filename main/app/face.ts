import path from 'node:path';
import { app, clipboard, dialog, ipcMain, session, shell } from 'electron';
import ElectronStore from 'electron-store';
import { registerBridge, sendEvent } from '../bridge/bridge.ts';
import { createHandlers } from '../bridge/handlers.ts';
import { createStateReader, durability } from '../bridge/state.ts';
import { createListeners } from '../common/listeners.ts';
import { errorText } from '../common/log.ts';
import { reportSettings } from '../settings/report.ts';
import { availableKinds, unavailableReasons } from '../settings/activity-kinds.ts';
import { createControlHandler } from '../shell/cli/control-handler.ts';
import type { SystemReport } from '../shell/diagnostics/system-report.ts';
import { createNotifications } from '../shell/notifications.ts';
import { createOsNotifications } from '../shell/os-notifications.ts';
import { createRelaunch } from '../shell/relaunch.ts';
import { createStateDisplay } from '../shell/state-display.ts';
import type { TrayAction } from '../shell/tray/tray-menu.ts';
import { createTray } from '../shell/tray/tray.ts';
import { serveApp } from '../shell/window/app-scheme.ts';
import {
  confineContents,
  denyPermissions,
  disableSpellChecker,
} from '../shell/window/hardening.ts';
import { createMainWindow } from '../shell/window/main-window.ts';
import { createNavigation } from '../shell/window/navigation.ts';
import { chooseExportFile } from '../shell/window/save-dialog.ts';
import type { Opened } from './open.ts';
import type { Work } from './work.ts';

/** What people see, and speak to it by. */
export type Face = ReturnType<typeof createFace>;

export function createFace(ground: Opened, work: Work) {
  const readState = createAppState(ground, work);
  const windows = createWindows(ground, work);
  const { window } = windows;
  const trayActions = createListeners<[action: TrayAction]>();
  const tray = createTray({
    state: readState(),
    act: trayActions.notify,
    words: ground.words,
    icons: path.join(import.meta.dirname, 'tray'),
    clock: ground.clock,
  });
  const show = createStateDisplay({
    readState,
    tray,
    window: {
      isOpen: window.isOpen,
      update: (state) => sendEvent(window.send, 'state', state),
    },
  });
  const handleCommand = createCommandHandler(ground, work, readState);
  registerBridge(
    ipcMain,
    createBridgeHandlers(ground, work, { ...windows, readState, show }),
    window.isSender,
  );
  return {
    ...windows,
    show,
    handleCommand,
    onTrayAction: trayActions.add,
    relaunch: createRelaunch(app),
  };
}

/** What window, tray and `status` are told, as it is at that moment. */
function createAppState(ground: Opened, work: Work) {
  const { settings, cipher, clock, machine } = ground;
  return createStateReader({
    ...ground,
    ...work,
    version: app.getVersion(),
    runningSince: clock.now(),
    handInDefaults: () => work.handInRules().defaults,
    signIn: () => {
      const { offers, mayRemember } = work.signInRules();
      const defaults = work.remembered.defaults();
      const step = work.signIn.step();
      return { offers, defaults, mayRemember: mayRemember && cipher !== null, step };
    },
    signInAgain: (ended) =>
      work.signInRules().offers.signIn ? work.remembered.defaultsFor(ended) : null,
    availableKinds: () => availableKinds(settings.values()),
    unavailableReasons: () => unavailableReasons(settings.values()),
    browser: work.browser.state,
    isOnline: machine.isOnline,
  });
}

function createWindows(ground: Opened, work: Work) {
  const { log, words, settings, vault, clock } = ground;
  const closedListeners = createListeners();
  confineContents(app);
  const memory = new ElectronStore<{ toldAboutTray: boolean; zoom: number }>({
    cwd: ground.isFolderUnusable ? ground.machineDir : ground.dataDir,
    name: 'window',
    defaults: { toldAboutTray: false, zoom: 1 },
    // Nothing in it is worth not starting for.
    clearInvalidConfig: true,
  });
  const window = createMainWindow({
    prepare() {
      denyPermissions(session.defaultSession);
      disableSpellChecker(session.defaultSession);
      serveApp(session.defaultSession, path.join(import.meta.dirname, '../renderer'));
    },
    preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
    memory,
    onClosed: closedListeners.notify,
    onCrash: (reason) => log('window-crashed', { reason }),
    onFault: (error) => log('window-failed', { error: errorText(error) }),
  });
  const navigation = createNavigation({
    showWindow: window.show,
    navigate: (destination) => sendEvent(window.send, 'show', destination),
  });
  const notifications = createNotifications({
    show: createOsNotifications(),
    open: navigation.open,
    words,
    settings: settings.values,
    isWindowFocused: window.isFocused,
    isHeld: (heldId) => vault.find(heldId) !== undefined,
    isSigningOff: work.isSigningOff,
    memory,
    clock,
  });
  return { window, navigation, notifications, onWindowClosed: closedListeners.add };
}

function createBridgeHandlers(
  ground: Opened,
  work: Work,
  face: ReturnType<typeof createWindows> & {
    readState: ReturnType<typeof createAppState>;
    show: () => void;
  },
) {
  const { handInRules, signIn, remembered, activity, browser, elsewhere } = work;
  const { window, navigation } = face;
  return createHandlers({
    ...ground,
    ...work,
    coordinator: elsewhere.named,
    readState: face.readState,
    handInRules,
    signIn: signIn.signIn,
    cancelSignIn: signIn.cancel,
    forgetPassword() {
      remembered.forgetPassword();
      face.show();
    },
    setActivity: ({ id, ...order }) => activity.set(id, order),
    async copyBrowserToken() {
      const token = browser.token();
      if (token === null) return false;
      await clipboard.writeText(token);
      return true;
    },
    chooseFile: (format) => chooseExportFile(dialog, window.parent(), format, new Date()),
    onExportProgress: (written) => sendEvent(window.send, 'export', { written }),
    showInFolder: (file) => shell.showItemInFolder(file),
    onPageReady() {
      elsewhere.machines.look();
      navigation.pageReady();
    },
  });
}

/** Answers the command line. */
function createCommandHandler(
  ground: Opened,
  work: Work,
  readState: ReturnType<typeof createAppState>,
) {
  const { settings, policy, vault, setAside, chat } = ground;
  const { handInRules, activity, elsewhere } = work;
  const settingsReport = () => reportSettings(settings, policy);
  const systemReport = async (): Promise<SystemReport> => {
    const [diagnostics, { checkConnectivity }] = await Promise.all([
      import('../shell/diagnostics/system-report.ts'),
      import('../shell/diagnostics/connectivity.ts'),
    ]);
    return diagnostics.reportSystem({
      ...chat,
      versions: diagnostics.systemVersions(app.getVersion()),
      app: () => ({
        pid: process.pid,
        vault: { ...durability(ground), setAside },
        held: diagnostics.heldCounts(readState().held),
      }),
      settings: settingsReport,
      held: vault.held,
      checkConnectivity,
    });
  };
  return createControlHandler({
    ...ground,
    ...work,
    find: (id) => vault.find(id) ?? elsewhere.machines.find(id),
    coordinator: elsewhere.named,
    lookElsewhere: elsewhere.machines.look,
    readState,
    electron: process.versions.electron ?? '',
    handInRules,
    settingsReport,
    systemReport,
    setStartAtLogin: (on) => settings.set('startAtLogin', on),
    announceRestart: work.restartAnnouncement.announce,
    setActivity: ({ id, ...order }) => activity.set(id, order),
  });
}
