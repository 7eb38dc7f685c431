import os from 'node:os';
import path from 'node:path';
import {
  app,
  clipboard,
  dialog,
  ipcMain,
  nativeTheme,
  net,
  powerMonitor,
  session,
  shell,
} from 'electron';
import ElectronStore from 'electron-store';
import * as z from 'zod';
import type { Chat } from './chat/chat.ts';
import { createBrowserHandIn } from './browser/browser-hand-in.ts';
import { BROWSER_MEMORY_FILE, createBrowserMemory } from './browser/browser-memory.ts';
import { createOriginQuestion } from './browser/origin-question.ts';
import { registerBridge, sendEvent } from './bridge/bridge.ts';
import { createHandlers } from './bridge/handlers.ts';
import { createStateReader } from './bridge/state.ts';
import { createFleet } from './fleet/fleet.ts';
import { createGhostTime } from './fleet/ghost-time.ts';
import { createAway } from './lifecycle/away.ts';
import {
  goNow,
  listenForLeaving,
  listenForPower,
  listenOnWindows,
} from './lifecycle/electron-events.ts';
import { createLeaving } from './lifecycle/leaving.ts';
import { createLeftoverQuestion, planLeftovers } from './lifecycle/leftover.ts';
import type { LoginItem } from './lifecycle/login-item.ts';
import { createSleepInhibitor } from './lifecycle/sleep-inhibitor.ts';
import { readHandInText } from './sessions/hand-in.ts';
import { createHold, type Hold } from './sessions/hold.ts';
import { type Vault, VaultWriteError } from './sessions/vault.ts';
import type { Cipher } from './common/sealed.ts';
import { budgetsMs } from './settings/budgets.ts';
import { handInTerms } from './settings/hand-in-terms.ts';
import type { Policy } from './settings/policy/policy.ts';
import { reportSettings } from './settings/report.ts';
import type { SettingName } from './settings/schema.ts';
import type { CurrentSettings } from './settings/settings.ts';
import { type ActivityOrder, createActivity } from './presence/activity.ts';
import { createNetworkWatch } from './presence/network-watch.ts';
import { createPresence, type Presence } from './presence/presence.ts';
import { createSequence } from './presence/sequence.ts';
import { createRemembered, REMEMBERED_FILE } from './signin/remembered.ts';
import { createSignIn, type SignIn } from './signin/sign-in.ts';
import { signOffDuringSignIn } from './signin/sign-off-during-sign-in.ts';
import { signInTerms } from './settings/sign-in-terms.ts';
import { unavailableReasons } from './settings/unavailable-reasons.ts';
import { systemClock, within } from './common/clock.ts';
import type { Coordinator } from './signoff/coordinator.ts';
import { createRetries } from './signoff/retries.ts';
import { isOver, type SignOffCause } from './results/receipt.ts';
import type { Receipts } from './results/receipts.ts';
import { applyAppearance } from './shell/appearance.ts';
import { createControlHandler } from './shell/cli/control-handler.ts';
import { listenForCommands } from './shell/cli/control-server.ts';
import { controlSocketPath } from './shell/cli/socket-path.ts';
import { chooseLanguage } from './shell/language.ts';
import { errorText, type Logging } from './shell/log.ts';
import { releaseMemory } from './shell/release-memory.ts';
import { openLogFile } from './shell/log-file.ts';
import { logFolder } from './shell/log-folder.ts';
import type { Findings } from './shell/diagnostics/findings.ts';
import { heldCounts } from './shell/diagnostics/held-counts.ts';
import { systemVersions } from './shell/diagnostics/versions.ts';
import { createNotifications } from './shell/notifications.ts';
import { createOsNotifications } from './shell/os-notifications.ts';
import { createStateDisplay } from './shell/state-display.ts';
import { createTray } from './shell/tray/tray.ts';
import { buildNamesFeed } from './shell/updates/build-feed.ts';
import { updateObstacle } from './shell/updates/obstacle.ts';
import { createUpdates } from './shell/updates/updates.ts';
import { openWording } from './shell/wording.ts';
import { serveApp } from './shell/window/app-scheme.ts';
import { confineContents, denyPermissions } from './shell/window/hardening.ts';
import { createMainWindow } from './shell/window/main-window.ts';
import { createNavigation } from './shell/window/navigation.ts';
import { chooseExportFile } from './shell/window/save-dialog.ts';
import { showWhileLeaving } from './shell/window/show-while-leaving.ts';

/** What follows a start or a closed window is over by then. */
const AT_REST_AFTER_MS = 3_000;

/** Opening the log takes some milliseconds. */
const LOG_WITHIN_MS = 500;
/** A clock that is wrong when the machine starts is set by then; until then, it may make every receipt old. */
const PRUNE_AFTER_MS = 60 * 60 * 1000;

/** What a second start tells the running app: the data that goes with its asking for the lock. */
const secondStart = z.object({ hidden: z.boolean() }).catch({ hidden: false });

/** What decides how servers are reached. */
const NETWORK_SETTINGS: ReadonlySet<SettingName> = new Set([
  'proxy',
  'extraCaCertificates',
  'clientCertificate',
]);

/** Runs the app until it goes: joins the rooms, and has the OS, the window and the command line heard. */
export async function runApp(parts: {
  hidden: boolean;
  /** Started by the package's autostart entry, which asks at everybody's login. */
  atLogin: boolean;
  /** This login to the operating system; null where it is not known. */
  login: string | null;
  dataDir: string;
  logging: Logging;
  policy: Policy;
  settings: CurrentSettings;
  loginItem: LoginItem;
  /** The operating system's encryption; null where it offers none. */
  cipher: Cipher | null;
  receipts: Receipts;
  chat: Chat;
  opened: { vault: Vault; setAside: string | null; resumeUntil: number | null };
  coordinator: Coordinator;
}): Promise<void> {
  const { hidden, atLogin, login, dataDir, logging, policy, settings, loginItem } = parts;
  const { cipher, receipts, chat, coordinator } = parts;
  const { log } = logging;
  const runningSince = systemClock.now();
  const { vault, setAside, resumeUntil } = parts.opened;
  if (atLogin && !settings.values().startAtLogin && vault.held().length === 0) {
    log('not-wanted-at-login', {});
    app.exit(0);
    return;
  }
  const isOnline = (): boolean => net.isOnline();
  const isSigningOff = (): boolean =>
    vault.held().some(({ id }) => coordinator.underWay(id) !== undefined);
  const telemetryFailed = (error: unknown): void =>
    log('telemetry-failed', { error: errorText(error) });

  const warmUp = (): void =>
    void chat
      .warmUp()
      .then(prepareNetwork)
      .catch((error: unknown) => log('warm-up-failed', { error: errorText(error) }));
  const releaseMemorySoon = (): void => {
    setTimeout(() => {
      if (window.isOpen() || leaving.isUnderWay() || isBusy()) return;
      releaseMemory();
      // With the rest, V8 has thrown the code away that the request to come runs through.
      warmUp();
    }, AT_REST_AFTER_MS).unref();
  };

  const language = () =>
    chooseLanguage(settings.values().language, app.getPreferredSystemLanguages());
  const { words, changed: languageChanged } = await openWording(language);
  const terms = () => handInTerms(settings.values());
  const agentTerms = () => signInTerms(settings.values());

  const sequence = createSequence({ vault, clock: systemClock });
  const activity = createActivity({
    vault,
    coordinator,
    setActivityStatus: chat.setActivityStatus,
    sequence,
    clock: systemClock,
    random: Math.random,
    reasons: () => unavailableReasons(settings.values()),
    words: () => words().sessions.activityProblems,
    onUnknownSession: (heldId) => presence.check(heldId),
    onGivenUp(heldId, problem) {
      const held = vault.find(heldId);
      if (held !== undefined) notifications.activityNotChanged(held, problem);
    },
  });
  const setActivity = ({ id, ...order }: ActivityOrder & { readonly id: string | null }) =>
    activity.set(id, order);
  const setActivityFromTray = async (order: ActivityOrder & { readonly id: string }) => {
    const { problem } = await setActivity(order);
    const held = vault.find(order.id);
    if (problem !== null && held !== undefined && !window.isFocused())
      notifications.activityNotChanged(held, problem);
  };
  const remembered = createRemembered({
    file: path.join(dataDir, REMEMBERED_FILE),
    cipher,
    terms: agentTerms,
    onWriteFault: (error) => log('sign-in-not-remembered', { error: errorText(error) }),
  });
  const signIn = createSignIn({
    chat,
    vault: {
      hold(signedIn, startedHere) {
        const held = vault.hold(signedIn, startedHere);
        noteAtWork(held.id);
        return held;
      },
      find: vault.find,
    },
    giveUp(heldId) {
      agentLeft.add(heldId);
      return retries.signOff('asked', [heldId]);
    },
    terms: () => {
      const { offers, applicationContext, isAllowed } = agentTerms();
      return { offered: offers.signIn, applicationContext, isAllowed };
    },
    remembered,
    setActivity: (heldId, available) =>
      activity.set(heldId, { value: available ? 'available' : 'unavailable', reason: null }),
    isLeaving: () => leaving.isUnderWay(),
    clock: systemClock,
    random: Math.random,
  });
  const loggedSignIn: SignIn['signIn'] = async (input) => {
    const end = await signIn.signIn(input);
    if (end.ok) log('signed-in', { server: vault.find(end.id)?.server ?? null });
    else if (end.why === 'failed') log('not-signed-in', { step: end.step, code: end.code });
    else if (end.why === 'conflict') log('not-signed-in', { step: 'session', code: 'CONFLICT' });
    return end;
  };

  const logOpened = Promise.withResolvers<undefined>();
  /** An app that goes right after its start has its log written all the same. */
  const logInTime = () => within(systemClock, LOG_WITHIN_MS, logOpened.promise);
  /** Whether something is under way that the next start could not go on with. */
  const isBusy = (): boolean =>
    signIn.step() !== null || isSigningOff() || leftoverQuestion.state() !== null;
  const budgetMs = (cause: SignOffCause): number => budgetsMs(settings.values())[cause];
  const leaving = createLeaving({
    vault,
    coordinator: signOffDuringSignIn({ signIn, coordinator, clock: systemClock, budgetMs }),
    clock: systemClock,
    budgetMs,
    mayQuitHolding: () => settings.values().mayQuitHolding,
    mayComeBack: () => !isBusy() && !retries.isPending(),
    go() {
      log('going', { held: vault.held().length });
      // A machine that shuts down waits for no telemetry.
      if (leaving.state()?.cause === 'shutdown') goNow(app);
      else void Promise.all([fleet.flush(), logInTime()]).then(() => goNow(app));
    },
  });
  listenForLeaving(app, leaving);

  const retries = createRetries({ coordinator, clock: systemClock, isOnline });
  const leftover = planLeftovers(vault.held(), {
    login,
    resumeUntil,
    now: systemClock.now(),
    leftover: settings.values().leftover,
  });
  const leftoverQuestion = createLeftoverQuestion({
    ids: leftover.ask,
    clock: systemClock,
    keep: vault.keep,
    signOff: (ids) => void retries.signOff('leftover', ids),
  });
  const holdNow = createHold(vault, leaving.isUnderWay);
  /** Nobody is at work in these: they are not kept present. */
  const agentLeft = new Set(leftover.signOff);
  /** There is nothing left to ask about it, or to end, although it was found at the start or given up. */
  const noteAtWork = (heldId: string): void => {
    leftoverQuestion.narrow((id) => id !== heldId);
    retries.forget(heldId);
    coordinator.forgetFailure(heldId);
    agentLeft.delete(heldId);
    presence.changed();
  };
  const hold: Hold = (handIn) => {
    const result = holdNow(handIn);
    if (result.ok) noteAtWork(result.id);
    return result;
  };
  vault.onChange(() => leftoverQuestion.narrow((id) => vault.find(id) !== undefined));

  /** What comes from outside the window is told of. */
  const holdAndTell: Hold = (handIn) => {
    const result = hold(handIn);
    const held = result.ok ? vault.find(result.id) : undefined;
    if (held !== undefined) notifications.handedIn(held);
    return result;
  };
  const browserMemory = createBrowserMemory({
    file: path.join(dataDir, BROWSER_MEMORY_FILE),
    cipher,
    onWriteFault: (error) => log('browser-not-remembered', { error: errorText(error) }),
  });
  const originQuestion = createOriginQuestion({
    memory: browserMemory,
    clock: systemClock,
    onAsked: (origin) => notifications.asksAboutOrigin(origin),
  });
  const browser = createBrowserHandIn({
    terms() {
      const { browserHandIn, browserHandInPort, browserOrigins, browserHandInToken } =
        settings.values();
      return {
        on: browserHandIn && terms().isOffered,
        port: browserHandInPort,
        origins: browserOrigins,
        token: browserHandInToken,
      };
    },
    memory: browserMemory,
    originQuestion,
    hold: (text) => holdAndTell(readHandInText(text, terms())),
    words: () => words().settings.browserProblems,
    clock: systemClock,
    onHandedIn: (origin) => log('browser-handed-in', { origin }),
    onRefused: (reason, origin) => log('browser-refused', { reason, origin }),
    onNotListening: (problem) => log('browser-not-listening', { problem }),
    onFault: (error) => log('uncaught-exception', { error: errorText(error) }),
  });

  const presence = createPresence({
    vault,
    coordinator,
    getMessages: chat.getMessages,
    sequence,
    clock: systemClock,
    random: Math.random,
    absentAfterMs: () => settings.values().absentAfterSeconds * 1_000,
    // Whether anybody is at work in a session that was found at the start may not be known yet; whoever
    // quits is not, whatever becomes of the session.
    mayPoll: (id) =>
      !leaving.isUnderWay() &&
      !agentLeft.has(id) &&
      leftoverQuestion.state()?.ids.includes(id) !== true,
    isAway: (id) => away.isSignedOff() || retries.isRetrying(id),
    onFault(error) {
      const event = error instanceof VaultWriteError ? 'vault-write-failed' : 'uncaught-exception';
      log(event, { error: errorText(error) });
    },
  });
  leftoverQuestion.onChange(presence.changed);
  leaving.onChange(presence.changed);
  retries.onChange(presence.changed);
  const networkWatch = createNetworkWatch({
    addresses: () =>
      Object.values(os.networkInterfaces())
        .flatMap((addresses = []) => addresses)
        .flatMap(({ address, internal }) => (internal ? [] : address)),
    onChange: presence.again,
    clock: systemClock,
  });
  presence.onChange(() => networkWatch.watch(presence.isPolling()));

  const ghostTime = createGhostTime(systemClock);
  const fleet = createFleet({
    endpoint: () => settings.values().telemetryEndpoint,
    async load(endpoint) {
      const { createOtlpExporter } = await import('./fleet/otlp-exporter.ts');
      return createOtlpExporter({
        endpoint,
        version: app.getVersion(),
        agent: chat.agent,
        onFault: telemetryFailed,
      });
    },
    clock: systemClock,
    onFault: telemetryFailed,
  });
  const updates = createUpdates({
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
        import('./shell/updates/electron-updater.ts'),
        chat.agent(),
      ]);
      return createElectronUpdater(feed, agent);
    },
    isBusy: () => leaving.isUnderWay() || isBusy(),
    isHolding: () => vault.held().length > 0,
    goToComeBack: leaving.goToComeBack,
    clock: systemClock,
    random: Math.random,
    onProgress: (event, updateVersion) => log(event, { version: updateVersion }),
    onObstacle: (reason) => log('updates-off', { reason }),
    onFault: (error) => log('update-failed', { error: errorText(error) }),
  });
  const heldServers = (): string[] => [...new Set(vault.held().map(({ server }) => server))];
  let preparedFor = heldServers();
  const prepareNetwork = (): void => {
    preparedFor = heldServers();
    chat
      .prepare(preparedFor)
      .catch((error: unknown) => log('warm-up-failed', { error: errorText(error) }));
  };

  const away = createAway({
    settings: settings.values,
    vault,
    retries,
    availability: activity,
    clock: systemClock,
    onBack: presence.changed,
    idleSeconds: () => powerMonitor.getSystemIdleTime(),
    sleepInhibitor: createSleepInhibitor(process.platform, (error) =>
      log('sleep-not-inhibited', { error: errorText(error) }),
    ),
  });
  listenForPower(powerMonitor, away, leaving);
  listenOnWindows(app, leaving);

  const version = app.getVersion();
  const readState = createStateReader({
    version,
    runningSince,
    vault,
    setAside,
    coordinator,
    leftoverQuestion,
    leaving,
    retries,
    settings,
    language,
    handInDefaults: () => terms().defaults,
    signIn: () => {
      const { offers, mayRemember } = agentTerms();
      const defaults = remembered.defaults();
      return { offers, defaults, mayRemember: mayRemember && cipher !== null, step: signIn.step() };
    },
    presence,
    activity,
    unavailableReasons: () => unavailableReasons(settings.values()),
    browser: browser.state,
    originQuestion,
    isOnline,
    clock: systemClock,
  });

  applyAppearance(nativeTheme, settings.values().appearance);
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
    onClosed() {
      navigation.windowClosed();
      releaseMemorySoon();
      if (!leaving.isUnderWay()) notifications.windowClosed();
    },
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
    isSigningOff,
    memory,
    clock: systemClock,
  });
  const tray = createTray({
    state: readState(),
    act(action) {
      if (action.kind === 'open') window.show();
      else if (action.kind === 'answer-leftover') leftoverQuestion.answer(action.answer);
      else if (action.kind === 'quit') void leaving.leave({ cause: 'quit', mayAsk: true });
      else if (action.kind === 'set-activity') void setActivityFromTray(action);
      else void coordinator.signOff({ cause: 'asked', ids: action.ids });
    },
    words,
    icons: path.join(import.meta.dirname, 'tray'),
    clock: systemClock,
  });

  registerBridge(
    ipcMain,
    createHandlers({
      readState,
      hold,
      handInTerms: terms,
      signIn: loggedSignIn,
      cancelSignIn: signIn.cancel,
      forgetPassword() {
        remembered.forgetPassword();
        show();
      },
      setActivity,
      originQuestion,
      async copyBrowserToken() {
        const token = browser.token();
        if (token === null) return false;
        await clipboard.writeText(token);
        return true;
      },
      coordinator,
      chat,
      receipts,
      settings,
      leftoverQuestion,
      leaving,
      words,
      clock: systemClock,
      chooseFile: (format) => chooseExportFile(dialog, window.parent(), format, new Date()),
      onExportProgress: (written) => sendEvent(window.send, 'export', { written }),
      showInFolder: (file) => shell.showItemInFolder(file),
      onPageListens: navigation.pageListens,
    }),
    window.isSender,
  );

  const show = createStateDisplay({
    readState,
    tray,
    window: {
      isOpen: window.isOpen,
      update: (state) => sendEvent(window.send, 'state', state),
    },
  });
  vault.onChange(show);
  coordinator.onProgress(show);
  leftoverQuestion.onChange(show);
  originQuestion.onChange(show);
  browser.onChange(show);
  leaving.onChange(show);
  signIn.onChange(show);
  activity.onChange(show);
  presence.onChange((id, is, was) => {
    show();
    if (is?.state === 'present') activity.again(id);
    const held = vault.find(id);
    if (held === undefined) return;
    notifications.presenceChanged(held, is?.state ?? null);
    const event = is === null ? null : presenceEvent(is.state, was?.state ?? null);
    if (event !== null) log(event, { server: held.server });
  });
  coordinator.onProgress(() => {
    if (settings.values().telemetryEndpoint !== '') {
      ghostTime.progressed(
        vault.held().map(({ id }) => id),
        (id) => coordinator.underWay(id) !== undefined,
      );
    }
    updates.workChanged();
  });
  vault.onChange(() => {
    updates.workChanged();
    // Sessions come and go, amid a quit by the hundred; their servers hardly ever do.
    if (heldServers().join(' ') !== preparedFor.join(' ')) prepareNetwork();
  });
  coordinator.onReceipt((receipt) => {
    const { kind, cause, outcome, forced, attempts, address, startedAt, finishedAt } = receipt;
    log(isOver(outcome) ? 'signed-off' : 'not-signed-off', {
      kind,
      cause,
      outcome,
      forced,
      attempts,
      server: address.server,
      tookMs: Date.parse(finishedAt) - Date.parse(startedAt),
    });
    fleet.signedOff(receipt, ghostTime.ended(receipt));
    if (window.isOpen()) sendEvent(window.send, 'receipt', receipt);
    notifications.signedOff(receipt);
  });
  showWhileLeaving(leaving, window.show, systemClock);

  const applyLoginItem = (): void => {
    try {
      loginItem.apply(settings.values().startAtLogin);
    } catch (error) {
      log('login-item-failed', { error: errorText(error) });
    }
  };
  const prune = (): void =>
    void receipts
      .prune(settings.values().receiptDays)
      .catch((error: unknown) => log('prune-failed', { error: errorText(error) }));
  settings.onChange((name) => {
    away.changed();
    browser.changed();
    remembered.changed();
    if (name === 'language') {
      languageChanged()
        .then(show)
        .catch((error: unknown) => log('uncaught-exception', { error: errorText(error) }));
    }
    if (name === 'appearance') applyAppearance(nativeTheme, settings.values().appearance);
    if (name === 'startAtLogin') applyLoginItem();
    if (name === 'receiptDays') prune();
    fleet.changed();
    updates.changed();
    if (NETWORK_SETTINGS.has(name)) prepareNetwork();
    show();
  });

  let isToStartAgain = false;
  /** Has the app started anew, like this, once it has gone. */
  const startAgain = (asHidden: boolean): void => {
    if (isToStartAgain) return;
    isToStartAgain = true;
    const args = process.argv.slice(1).filter((arg) => arg !== '--hidden');
    app.relaunch({
      args: asHidden ? [...args, '--hidden'] : args,
      // What an AppImage runs from is gone once it has ended.
      execPath: process.env['APPIMAGE'] ?? process.execPath,
    });
  };
  // Not by its arguments, whose order Chromium has changed by then.
  app.on('second-instance', (_event, _argv, _folder, start) => {
    const asHidden = secondStart.parse(start).hidden;
    const isGoing = leaving.mayGo() || leaving.state()?.phase === 'ending';
    // Whoever starts the app while it goes is to have one all the same.
    if (isGoing && leaving.state()?.cause !== 'shutdown') startAgain(asHidden);
    else if (!asHidden) window.show();
  });
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (reason !== 'clean-exit') log('process-gone', { type, reason });
  });
  app.on('activate', () => window.show());
  // macOS starts a login item without its arguments.
  const isLoginItem = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  if (!(hidden || isLoginItem) || leftover.ask.length > 0) window.show();
  if (leftover.ask.length > 0) notifications.asksAboutLeftovers(leftover.ask.length);

  const findOut = async (): Promise<Findings> => {
    const [diagnostics, { checkConnectivity }] = await Promise.all([
      import('./shell/diagnostics/findings.ts'),
      import('./shell/diagnostics/connectivity.ts'),
    ]);
    return diagnostics.findOut({
      ...chat,
      versions: systemVersions(version),
      app: () => ({
        pid: process.pid,
        vault: { durable: vault.durable, setAside },
        held: heldCounts(readState().held),
      }),
      settings: () => reportSettings(settings, policy),
      held: vault.held,
      checkConnectivity,
    });
  };

  vault.keep(leftover.keep);
  void retries.signOff('leftover', leftover.signOff);
  presence.changed();
  const handleCommand = createControlHandler({
    readState,
    electron: process.versions.electron ?? '',
    handInTerms: terms,
    settingsReport: () => reportSettings(settings, policy),
    findOut,
    setStartAtLogin: (on) => settings.set('startAtLogin', on),
    signIn: { signIn: loggedSignIn, cancel: signIn.cancel },
    setActivity,
    hold: holdAndTell,
    vault,
    coordinator,
    leaving,
  });
  try {
    await listenForCommands(controlSocketPath(dataDir), handleCommand, (error) =>
      log('command-failed', { error: errorText(error) }),
    );
  } catch (error) {
    // What is held is looked after all the same.
    log('commands-not-heard', { error: errorText(error) });
  }
  browser.changed();
  log('ready', { version, durable: vault.durable, held: vault.held().length });
  // What nobody waits for comes after what somebody does.
  warmUp();
  policy.watch();
  // Windows does not tell of a change of its policies; these are the moments at which there may be one.
  powerMonitor.on('resume', () => void policy.refresh());
  powerMonitor.on('resume', presence.again);
  powerMonitor.on('unlock-screen', () => void policy.refresh());
  fleet.changed();
  updates.changed();
  applyLoginItem();
  remembered.changed();
  setTimeout(prune, PRUNE_AFTER_MS).unref();
  releaseMemorySoon();
  try {
    const folder = logFolder(settings.values().logFolder, app.getPath('logs'));
    const logFile = await openLogFile(folder, (error) => log('log-not-written', { error }));
    logging.toFile(logFile.write, () => settings.values().logLevel);
  } catch (error) {
    log('log-not-written', { error: errorText(error) });
  } finally {
    logOpened.resolve(undefined);
  }
}

function presenceEvent(
  is: Presence['state'],
  was: Presence['state'] | null,
): 'presence-lost' | 'presence-dropped' | 'presence-back' | null {
  if (is === was) return null;
  if (is === 'present') return was === null ? null : 'presence-back';
  return is === 'dropped' ? 'presence-dropped' : 'presence-lost';
}
