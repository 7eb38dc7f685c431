import path from 'node:path';
import { app, clipboard, dialog, ipcMain, session, shell } from 'electron';
import ElectronStore from 'electron-store';
import { registerBridge, sendEvent } from '../bridge/bridge.ts';
import { createHandlers } from '../bridge/handlers.ts';
import { createStateReader } from '../bridge/state.ts';
import { createListeners } from '../common/listeners.ts';
import { coalesce } from '../common/coalesce.ts';
import { errorText } from '../common/log.ts';
import { mask } from '../common/mask.ts';
import type { Presence } from '../presence/presence.ts';
import type { HeldSession } from '../sessions/session.ts';
import { reportSettings } from '../settings/report.ts';
import { unavailableReasons } from '../settings/unavailable-reasons.ts';
import { createControlHandler } from '../shell/cli/control-handler.ts';
import type { Findings } from '../shell/diagnostics/findings.ts';
import { heldCounts } from '../shell/diagnostics/held-counts.ts';
import { systemVersions } from '../shell/diagnostics/versions.ts';
import { createNotifications } from '../shell/notifications.ts';
import { createOsNotifications } from '../shell/os-notifications.ts';
import { createRelaunch } from '../shell/relaunch.ts';
import { type TrayAction, trayCountsIn, type TraySession } from '../shell/tray/tray-menu.ts';
import { createTray } from '../shell/tray/tray.ts';
import { serveApp } from '../shell/window/app-scheme.ts';
import { confineContents, denyPermissions } from '../shell/window/hardening.ts';
import { createMainWindow } from '../shell/window/main-window.ts';
import { createNavigation } from '../shell/window/navigation.ts';
import { chooseExportFile } from '../shell/window/save-dialog.ts';
import type { Opened } from './open.ts';
import type { Work } from './work.ts';

/** A frame. */
const WINDOW_AFTER_MS = 16;
/** A menu of a hundred sessions takes as long to build as several requests take to send. */
const TRAY_AFTER_MS = 100;

/** What people see, and speak to it by. */
export type Face = ReturnType<typeof createFace>;

export function createFace(ground: Opened, work: Work) {
  const readState = createAppState(ground, work);
  const windows = createWindows(ground, work);
  const tray = createTrayView(ground, work);
  const { window } = windows;
  const showWindowSoon = coalesce(() => {
    if (window.isOpen()) sendEvent(window.send, 'state', readState());
  }, WINDOW_AFTER_MS);
  const showTraySoon = coalesce(tray.show, TRAY_AFTER_MS);
  const show = (): void => {
    showTraySoon();
    showWindowSoon();
  };
  const handleCommand = createCommandHandler(ground, work, readState);
  registerBridge(
    ipcMain,
    createBridgeHandlers(ground, work, { ...windows, readState, show }),
    window.isSender,
  );
  return { ...windows, tray, show, handleCommand, relaunch: createRelaunch(app) };
}

/** What window, tray and `status` are told, as it is at that moment. */
function createAppState(ground: Opened, work: Work) {
  const { settings, cipher, clock, machine } = ground;
  return createStateReader({
    ...ground,
    ...work,
    version: app.getVersion(),
    runningSince: clock.now(),
    handInDefaults: () => work.terms().defaults,
    signIn: () => {
      const { offers, mayRemember } = work.agentTerms();
      const defaults = work.remembered.defaults();
      const step = work.signIn.step();
      return { offers, defaults, mayRemember: mayRemember && cipher !== null, step };
    },
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
    name: 'window',
    defaults: { toldAboutTray: false, zoom: 1 },
    // Nothing in it is worth not starting for.
    clearInvalidConfig: true,
  });
  const window = createMainWindow({
    prepare() {
      denyPermissions(session.defaultSession);
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
    tell: (place) => sendEvent(window.send, 'show', place),
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

function createTrayView(ground: Opened, work: Work) {
  const { words, settings, vault, clock } = ground;
  const { coordinator, presence, activity, leftoverQuestion, originQuestion } = work;
  const actions = createListeners<[action: TrayAction]>();
  const tray = createTray({
    act: actions.notify,
    words,
    icons: path.join(import.meta.dirname, 'tray'),
  });
  const unlabelled = (held: HeldSession): string =>
    held.kind === 'agent'
      ? words().sessions.agentName(held.accountId)
      : words().sessions.engagementName(mask(held.sessionId));
  const trayPresence = ({ state, dropsAt }: Presence): TraySession['presence'] => ({
    state,
    dropsIn: state !== 'reconnecting' || dropsAt === null ? null : dropsAt - clock.now(),
  });
  const traySession = (held: HeldSession): TraySession => {
    const present = presence.of(held.id);
    return {
      id: held.id,
      name: held.label || unlabelled(held),
      canSignOff: coordinator.underWay(held.id) === undefined,
      failed: coordinator.lastFailure(held.id) !== undefined,
      presence: present === null ? null : trayPresence(present),
      activity: activity.of(held.id),
    };
  };
  let cancelCount: (() => void) | null = null;
  const show = (): void => {
    const sessions = vault.held().map(traySession);
    tray.update(sessions, {
      asksAboutLeftover: leftoverQuestion.state() !== null,
      askingOrigin: originQuestion.state()?.origin ?? null,
      unavailableReasons: unavailableReasons(settings.values()),
    });
    cancelCount?.();
    const countsIn = trayCountsIn(sessions);
    cancelCount = countsIn === null ? null : clock.after(countsIn, show);
  };
  return { show, onAction: actions.add };
}

function createBridgeHandlers(
  ground: Opened,
  work: Work,
  face: ReturnType<typeof createWindows> & {
    readState: ReturnType<typeof createAppState>;
    show: () => void;
  },
) {
  const { terms, signIn, remembered, activity, browser } = work;
  const { window, navigation } = face;
  return createHandlers({
    ...ground,
    ...work,
    readState: face.readState,
    handInTerms: terms,
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
    onPageListens: navigation.pageListens,
  });
}

/** Answers the command line. */
function createCommandHandler(
  ground: Opened,
  work: Work,
  readState: ReturnType<typeof createAppState>,
) {
  const { settings, policy, vault, setAside, chat } = ground;
  const { terms, activity } = work;
  const settingsReport = () => reportSettings(settings, policy);
  const findOut = async (): Promise<Findings> => {
    const [diagnostics, { checkConnectivity }] = await Promise.all([
      import('../shell/diagnostics/findings.ts'),
      import('../shell/diagnostics/connectivity.ts'),
    ]);
    return diagnostics.findOut({
      ...chat,
      versions: systemVersions(app.getVersion()),
      app: () => ({
        pid: process.pid,
        vault: { durable: vault.durable, setAside },
        held: heldCounts(readState().held),
      }),
      settings: settingsReport,
      held: vault.held,
      checkConnectivity,
    });
  };
  return createControlHandler({
    ...ground,
    ...work,
    readState,
    electron: process.versions.electron ?? '',
    handInTerms: terms,
    settingsReport,
    findOut,
    setStartAtLogin: (on) => settings.set('startAtLogin', on),
    setActivity: ({ id, ...order }) => activity.set(id, order),
  });
}
