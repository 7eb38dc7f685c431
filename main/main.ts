import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { app, ipcMain, Menu, net, powerMonitor, session } from 'electron';
import ElectronStore from 'electron-store';
import { registerBridge, sendEvent } from './bridge/bridge.ts';
import { createViews } from './bridge/views.ts';
import { rehearseLogoff } from './chat/rehearsal.ts';
import { createTransport } from './chat/transport.ts';
import {
  goNow,
  listenForLeaving,
  listenForPower,
  listenOnWindows,
} from './lifecycle/electron-events.ts';
import { createAway } from './lifecycle/away.ts';
import { createLeaving } from './lifecycle/leaving.ts';
import { createLeftoverQuestion, planLeftovers } from './lifecycle/leftover.ts';
import { currentLogin, systemLoginSources } from './lifecycle/login.ts';
import { createSleepInhibitor } from './lifecycle/sleep-inhibitor.ts';
import { readHandIn } from './sessions/hand-in.ts';
import { createHold } from './sessions/hold.ts';
import { sessionName } from './sessions/session.ts';
import { createVault, type Vault } from './sessions/vault.ts';
import { openVaultFile } from './sessions/vault-file.ts';
import { systemClock } from './signoff/clock.ts';
import { type Coordinator, createCoordinator } from './signoff/coordinator.ts';
import { createOwed } from './signoff/owed.ts';
import { loadSettings } from './settings/settings.ts';
import { createEndSession } from './signoff/end-session.ts';
import { createReceipts } from './signoff/receipts.ts';
import { type Command, HELP, ownArguments, readCommandLine } from './shell/cli/command-line.ts';
import { findRunningApp } from './shell/cli/control-client.ts';
import { createControlHandler, signOffHeld } from './shell/cli/control-handler.ts';
import { listenForCommands } from './shell/cli/control-server.ts';
import { finish, finishFailed } from './shell/cli/finish.ts';
import { needsHeadless, runHeadless } from './shell/cli/headless.ts';
import { EXIT, type SignOffCommand } from './shell/cli/protocol.ts';
import { resultOfSignOff, runCommand } from './shell/cli/run-command.ts';
import { controlSocketPath } from './shell/cli/socket-path.ts';
import { coalesced } from './shell/coalesced.ts';
import { errorText, logToStderr as log } from './shell/log.ts';
import { notifyOfLeftover, tellAboutTray } from './shell/notifications.ts';
import { osCipher } from './shell/os-cipher.ts';
import { createTray } from './shell/tray/tray.ts';
import { registerAppScheme, serveApp } from './shell/window/app-scheme.ts';
import { harden } from './shell/window/hardening.ts';
import { createMainWindow } from './shell/window/main-window.ts';
import { showWhileLeaving } from './shell/window/show-while-leaving.ts';

// Whatever this process writes, only its owner may read.
process.umask(0o077);

const { invocation, userDataDir } = readCommandLine(ownArguments(process.argv, app.isPackaged));
if (userDataDir !== null) app.setPath('userData', path.resolve(userDataDir));
const dataDir = app.getPath('userData');
const receipts = createReceipts(path.join(dataDir, 'receipts'), systemClock.now);

// Awaited at the top level, a command is over before Chromium starts up: it is quick, and it needs
// no display. Whatever waits for Electron to be ready must not be awaited here: it would never be.
switch (invocation.kind) {
  case 'start':
    startApp(invocation.hidden);
    break;
  case 'help':
    await finish({ exitCode: EXIT.done, output: HELP, problems: [] });
    break;
  case 'version':
    await finish({ exitCode: EXIT.done, output: `${app.getVersion()}\n`, problems: [] });
    break;
  case 'misused':
    await finish({ exitCode: EXIT.misused, output: '', problems: [invocation.message] });
    break;
  default:
    await command(invocation).catch(finishFailed);
}

async function command(invoked: Command): Promise<void> {
  const result = await runCommand(invoked, {
    app: await findRunningApp(controlSocketPath(dataDir)),
    receipts,
    readStandardInput: () => text(process.stdin),
  });
  if (!('endLeftovers' in result)) return finish(result);
  if (needsHeadless()) process.exit(await runHeadless());
  const asJson = invoked.kind === 'sign-off' && invoked.json;
  void endLeftovers(result.endLeftovers, asJson).catch(finishFailed);
}

async function endLeftovers(request: SignOffCommand, asJson: boolean): Promise<void> {
  if (!app.requestSingleInstanceLock({ hidden: true })) {
    throw new Error('Signoff is just starting or quitting. Try again in a moment.');
  }
  app.dock?.hide();
  await app.whenReady();
  const { vault } = openVault(null);
  const reply = await signOffHeld({ vault, coordinator: coordinate(vault) }, 'leftover', request);
  await finish(resultOfSignOff(reply, asJson));
}

function openVault(login: string | null): {
  vault: Vault;
  setAside: string | null;
  resumeUntil: number | null;
} {
  const cipher = osCipher();
  const opened =
    cipher === null
      ? { file: null, setAside: null }
      : openVaultFile({
          folder: dataDir,
          cipher,
          openStore: (options) => new ElectronStore(options),
          now: systemClock.now,
        });
  const vault = createVault({
    file: opened.file,
    login,
    newId: randomUUID,
    now: systemClock.now,
    onWriteFault: (error) => log('vault-write-failed', { error: errorText(error) }),
  });
  return { vault, setAside: opened.setAside, resumeUntil: opened.file?.resumeUntil ?? null };
}

function coordinate(vault: Vault): Coordinator {
  return createCoordinator({
    vault,
    receipts,
    endSession: createEndSession(createTransport({ userAgent: `Signoff/${app.getVersion()}` })),
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    onReceiptFault: (error) => log('receipt-write-failed', { error: errorText(error) }),
  });
}

function startApp(hidden: boolean): void {
  // The running app hears of it and shows its window.
  if (!app.requestSingleInstanceLock({ hidden })) process.exit(EXIT.done);
  registerAppScheme();
  // A log's reader that has gone away, or an error that nothing awaited, is no reason to go too:
  // Electron would show a box with a stack trace and wait.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', (error) =>
    log('uncaught-exception', { error: errorText(error) }),
  );
  const login = currentLogin(systemLoginSources);
  app
    .whenReady()
    .then(async () => run(hidden, await login))
    .catch(finishFailed);
}

async function run(hidden: boolean, login: string | null): Promise<void> {
  const { vault, setAside, resumeUntil } = openVault(login);
  const coordinator = coordinate(vault);
  const leaving = createLeaving({ vault, coordinator, clock: systemClock, go: () => goNow(app) });
  listenForLeaving(app, leaving);
  const hold = createHold(vault, () => leaving.state() !== null || leaving.mayGo());
  const { settings, problems } = loadSettings(path.join(dataDir, 'settings.json'));
  for (const problem of problems) log('setting-ignored', { problem });

  const owed = createOwed({ coordinator, clock: systemClock, isOnline: () => net.isOnline() });
  const leftover = planLeftovers(vault.held(), {
    login,
    resumeUntil,
    now: systemClock.now(),
    leftover: settings.leftover,
  });
  const leftoverQuestion = createLeftoverQuestion({
    ids: leftover.ask,
    clock: systemClock,
    keep: vault.keep,
    signOff: (ids) => void owed.signOff('leftover', ids),
  });
  const away = createAway({
    settings,
    vault,
    owed,
    clock: systemClock,
    idleSeconds: () => powerMonitor.getSystemIdleTime(),
    sleepInhibitor: createSleepInhibitor(process.platform, (error) =>
      log('sleep-not-inhibited', { error: errorText(error) }),
    ),
  });
  listenForPower(powerMonitor, away, leaving);
  listenOnWindows(app, leaving);
  const version = app.getVersion();
  const views = createViews({
    version,
    vault,
    setAside,
    coordinator,
    leftoverQuestion,
    leaving,
    clock: systemClock,
  });

  harden(app, session.defaultSession);
  serveApp(session.defaultSession, path.join(import.meta.dirname, '../renderer'));
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  const memory = new ElectronStore<{ toldAboutTray: boolean }>({
    name: 'window',
    defaults: { toldAboutTray: false },
    // Nothing in it is worth not starting for.
    clearInvalidConfig: true,
  });
  const window = createMainWindow({
    preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
    onClosed: () => {
      if (leaving.state() === null) tellAboutTray(memory);
    },
    onCrash: (reason) => log('window-crashed', { reason }),
    onFault: (error) => log('window-failed', { error: errorText(error) }),
  });
  const tray = createTray((action) => {
    if (action.kind === 'open') window.show();
    else if (action.kind === 'answer-leftover') leftoverQuestion.answer(action.answer);
    else if (action.kind === 'quit') void leaving.leave({ cause: 'quit', mayAsk: true });
    else void coordinator.signOff({ cause: 'asked', ids: action.ids });
  });

  registerBridge(
    ipcMain,
    {
      getState: views,
      hold: (request) => hold(readHandIn(request.session)),
      signOff: ({ ids, force }) => coordinator.signOff({ cause: 'asked', ids, force }),
      getResults: (request) => receipts.page(request),
      answerLeftover: ({ answer }) => leftoverQuestion.answer(answer),
      answerLeaving: ({ answer }) => leaving.answer(answer),
    },
    window.isSender,
  );

  const show = coalesced(() => {
    tray.update(
      vault.held().map((held) => ({
        id: held.id,
        name: sessionName(held),
        canSignOff: coordinator.underWay(held.id) === undefined,
      })),
      leftoverQuestion.state() !== null,
    );
    sendEvent(window.send, 'state', views());
  });
  vault.onChange(show);
  coordinator.onProgress(show);
  leftoverQuestion.onChange(show);
  leaving.onChange(show);
  coordinator.onReceipt((receipt) => sendEvent(window.send, 'receipt', receipt));
  showWhileLeaving(leaving, window.show, systemClock);
  show();

  app.on('second-instance', (_event, argv) => {
    const { invocation: second } = readCommandLine(ownArguments(argv, app.isPackaged));
    if (second.kind !== 'start' || !second.hidden) window.show();
  });
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (reason !== 'clean-exit') log('process-gone', { type, reason });
  });
  app.on('activate', () => window.show());
  if (!hidden || leftover.ask.length > 0) window.show();
  if (leftover.ask.length > 0) notifyOfLeftover(leftover.ask.length, window.show);

  vault.keep(leftover.keep);
  void owed.signOff('leftover', leftover.signOff);
  receipts.prune().catch((error: unknown) => log('prune-failed', { error: errorText(error) }));
  await listenForCommands(
    controlSocketPath(dataDir),
    createControlHandler({
      views,
      electron: process.versions.electron ?? '',
      hold,
      vault,
      coordinator,
      leaving,
    }),
    (error) => log('command-failed', { error: errorText(error) }),
  );
  rehearseLogoff().catch((error: unknown) => log('rehearsal-failed', { error: errorText(error) }));
  log('ready', { version, durable: vault.durable, held: vault.held().length });
}
