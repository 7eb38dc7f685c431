import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { constants, homedir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { app, dialog, Menu } from 'electron';
import ElectronStore from 'electron-store';
import { runApp } from './app.ts';
import { type Chat, createChat } from './chat/chat.ts';
import { takeDataFolderLock } from './lifecycle/data-folder-lock.ts';
import { createLoginItem } from './lifecycle/login-item.ts';
import { currentLogin, systemLoginSources } from './lifecycle/login.ts';
import { createVault, type Vault } from './sessions/vault.ts';
import type { Cipher } from './common/sealed.ts';
import { openVaultFile, VAULT_FILE } from './sessions/vault-file.ts';
import { budgetsMs } from './settings/budgets.ts';
import { createLastPolicy, LAST_POLICY_FILE } from './settings/policy/last-policy.ts';
import { createPolicy, type Policy } from './settings/policy/policy.ts';
import { createSystemSource } from './settings/policy/system-source.ts';
import { reportSettings } from './settings/report.ts';
import { createSettings, type CurrentSettings } from './settings/settings.ts';
import { systemClock } from './common/clock.ts';
import { type Coordinator, createCoordinator } from './signoff/coordinator.ts';
import { createEndSession } from './signoff/end-session.ts';
import { createReceipts } from './results/receipts.ts';
import { type Command, HELP, ownArguments, readCommandLine } from './shell/cli/command-line.ts';
import type { CommandResult, OnceReady } from './shell/cli/command-result.ts';
import { findRunningApp, type RunningApp } from './shell/cli/control-client.ts';
import { signOffHeld } from './shell/cli/control-handler.ts';
import { finish, finishFailed } from './shell/cli/finish.ts';
import { needsHeadless, runHeadless } from './shell/cli/headless.ts';
import { EXIT, type SignOffCommand } from './shell/cli/protocol.ts';
import {
  type DiagnosticsInvocation,
  resultOfSignOff,
  runCommand,
} from './shell/cli/run-command.ts';
import { knownControlSocketPath } from './shell/cli/socket-path.ts';
import { systemTerminal } from './shell/cli/terminal.ts';
import { wrongPerson } from './shell/cli/wrong-person.ts';
import { systemVersions } from './shell/diagnostics/versions.ts';
import { createLogging, errorText, type Log } from './shell/log.ts';
import { logFolder } from './shell/log-folder.ts';
import { osCipher } from './shell/os-cipher.ts';
import { createSystemProxy } from './shell/system-proxy.ts';
import { registerAppScheme } from './shell/window/app-scheme.ts';

// By it Windows knows whose notifications they are: the appId in electron-builder.yml.
if (process.platform === 'win32') app.setAppUserModelId('app.signoff.desktop');
// Whatever this process writes, only its owner may read.
process.umask(0o077);

const { invocation, userDataDir } = readCommandLine(ownArguments(process.argv, app.isPackaged));
if (userDataDir !== null) app.setPath('userData', path.resolve(userDataDir));
const dataDir = app.getPath('userData');
const receipts = createReceipts(path.join(dataDir, 'receipts'), systemClock.now);
const logging = createLogging((line) => process.stderr.write(`${line}\n`));
const { log } = logging;
const loginItem = createLoginItem({
  platform: process.platform,
  env: process.env,
  homeFolder: homedir(),
  loginItems: app,
  command: {
    executable: process.execPath,
    args: [
      ...(app.isPackaged ? [] : [app.getAppPath()]),
      ...(userDataDir === null ? [] : [`--user-data-dir=${dataDir}`]),
    ],
  },
});

// Awaited at the top level, a command is over before Chromium starts up: it is quick, and it needs
// no display. Whatever waits for Electron to be ready must not be awaited here: it would never be.
switch (invocation.kind) {
  case 'start':
    await startApp(invocation).catch(finishFailed);
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
  const findApp = (): Promise<RunningApp | null> => findRunningApp(knownControlSocketPath(dataDir));
  const result = await runCommand(invoked, {
    app: await findApp(),
    receipts,
    wrongPerson: wrongPerson({
      platform: process.platform,
      uid: process.getuid?.() ?? null,
      homeFolder: homedir(),
      dataDir,
      isNamed: userDataDir !== null,
      hasVault: existsSync(path.join(dataDir, VAULT_FILE)),
    }),
    findApp,
    terminal: systemTerminal(),
    readStandardInput: () => text(process.stdin),
    readFile: (file) => readFile(file, 'utf8'),
    settingsReport: async () => {
      const { settings, policy } = await loadSettings(quietly);
      return reportSettings(settings, policy);
    },
    async setStartAtLogin(on) {
      const { settings } = await loadSettings(quietly);
      const problem = settings.set('startAtLogin', on);
      if (problem === null) loginItem.apply(on);
      return problem;
    },
    diagnostics: (request, running) => diagnose(request, running),
  });
  if ('exitCode' in result) return finish(result);
  if (needsHeadless()) process.exit(await runHeadless());
  app.dock?.hide();
  const asJson = invoked.kind === 'sign-off' && invoked.json;
  const carriedOut =
    'onceReady' in result
      ? app.whenReady().then(result.onceReady).then(finish)
      : endLeftovers(result.endLeftovers, asJson);
  void carriedOut.catch(finishFailed);
}

async function diagnose(
  request: DiagnosticsInvocation,
  running: RunningApp | null,
): Promise<CommandResult | OnceReady> {
  // Only this command needs them: the start of the app does not wait for them.
  const [{ runDiagnostics }, { checkConnectivity }, { findOut }] = await Promise.all([
    import('./shell/diagnostics/run-diagnostics.ts'),
    import('./shell/diagnostics/connectivity.ts'),
    import('./shell/diagnostics/findings.ts'),
  ]);
  return runDiagnostics(request, running, {
    async findOut() {
      const { settings, policy } = await loadSettings(quietly);
      const chat = connect(settings, quietly);
      return findOut({
        ...chat,
        versions: systemVersions(app.getVersion()),
        app: () => null,
        settings: () => reportSettings(settings, policy),
        held: () => [],
        checkConnectivity,
      });
    },
    logFolder: (named) => logFolder(named, app.getPath('logs')),
    receipts,
    now: systemClock.now,
  });
}

const NO_CIPHER =
  'the operating system does not decrypt it: the keyring is locked, or the session bus cannot be reached';

async function endLeftovers(request: SignOffCommand, asJson: boolean): Promise<void> {
  if (!app.requestSingleInstanceLock({ hidden: true })) {
    throw new Error('Signoff is just starting or quitting. Try again in a moment.');
  }
  const loading = loadSettings(log);
  await app.whenReady();
  const { settings } = await loading;
  const { vault, setAside, isUnread } = openVault(osCipher(), null);
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    // electron-store's own listeners would end the process before what is over has left the vault.
    process.removeAllListeners(signal);
    process.on(signal, () => {
      vault.flush();
      process.exit(128 + constants.signals[signal]);
    });
  }
  const coordinator = coordinate(vault, settings, connect(settings, log));
  const reply = await signOffHeld({ vault, coordinator }, 'leftover', request);
  const result = resultOfSignOff(reply, asJson);
  const unread = unreadVault(setAside, isUnread);
  await finish(
    unread === null
      ? result
      : { ...result, exitCode: EXIT.failed, problems: [...result.problems, unread] },
  );
}

/** What keeps a vault that is there from being ended, in words; null where nothing does. */
function unreadVault(setAside: string | null, isUnread: boolean): string | null {
  if (setAside !== null) {
    return `The saved sessions could not be read; the file was set aside as ${setAside}.`;
  }
  if (!isUnread) return null;
  return 'There are saved sessions, but they cannot be read here: the keyring is locked, or the session bus that leads to it, or the disk, cannot be reached.';
}

/** For commands, which say themselves what is wrong. */
function quietly(): void {
  // Nothing is logged beside a command's own output.
}

async function loadSettings(hear: Log): Promise<{ settings: CurrentSettings; policy: Policy }> {
  const policy = createPolicy({
    source: createSystemSource((error) => hear('policy-not-watched', { error: errorText(error) })),
    last: createLastPolicy({
      file: path.join(dataDir, LAST_POLICY_FILE),
      onFault: (error) => hear('policy-not-remembered', { error: errorText(error) }),
    }),
    onProblem: ({ source, problem, isUnread }) =>
      hear(isUnread ? 'policy-not-read' : 'policy-ignored', { source, problem }),
    after: systemClock.after,
  });
  await policy.refresh();
  const settings = createSettings({
    file: path.join(dataDir, 'settings.json'),
    policy,
    onProblem: (problem) => hear('setting-ignored', { problem }),
    onWriteFault: (error) => hear('settings-not-saved', { error: errorText(error) }),
  });
  return { settings, policy };
}

function connect(settings: CurrentSettings, hear: Log): Chat {
  return createChat(`Signoff/${app.getVersion()}`, {
    settings: settings.values,
    systemProxy: createSystemProxy({
      async ask(url) {
        await app.whenReady();
        return app.resolveProxy(url);
      },
      clock: systemClock,
      onFault: (error) => hear('network-setting-ignored', { problem: errorText(error) }),
    }),
    onProblem: (problem) => hear('network-setting-ignored', { problem }),
  });
}

function openVault(
  cipher: Cipher | null,
  login: string | null,
): {
  vault: Vault;
  setAside: string | null;
  /** Whether there is one that was left alone, because it could not be read. */
  isUnread: boolean;
  resumeUntil: number | null;
} {
  const opened =
    cipher === null
      ? { file: null, setAside: null, fault: null }
      : openVaultFile({
          folder: dataDir,
          cipher,
          openStore: (options) => new ElectronStore(options),
          now: systemClock.now,
        });
  const isUnread = opened.file === null && existsSync(path.join(dataDir, VAULT_FILE));
  if (isUnread) {
    log('vault-not-read', { error: cipher === null ? NO_CIPHER : errorText(opened.fault) });
  }
  const vault = createVault({
    file: opened.file,
    login,
    newId: randomUUID,
    now: systemClock.now,
    onWriteFault: (error) => log('vault-write-failed', { error: errorText(error) }),
  });
  const resumeUntil = opened.file?.resumeUntil ?? null;
  return { vault, setAside: opened.setAside, isUnread, resumeUntil };
}

function coordinate(vault: Vault, settings: CurrentSettings, chat: Chat): Coordinator {
  return createCoordinator({
    vault,
    receipts,
    endSession: createEndSession(chat.transport),
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    budgetMs: (cause) => budgetsMs(settings.values())[cause],
    onReceiptFault: (error) => log('receipt-write-failed', { error: errorText(error) }),
  });
}

/** Resolves when the app has the data folder to itself; the rest goes on once Electron is ready. */
async function startApp({ hidden, atLogin }: { hidden: boolean; atLogin: boolean }): Promise<void> {
  const lock = await takeDataFolderLock({
    request: () => app.requestSingleInstanceLock({ hidden }),
    takesCommands: async () => (await findRunningApp(knownControlSocketPath(dataDir))) !== null,
    clock: systemClock,
  });
  // The running app has shown its window.
  if (lock === 'running') process.exit(EXIT.done);
  if (lock === 'busy') return refuseToStart(hidden);
  registerAppScheme();
  // Before Electron is ready: it would make its own, and we have none but on macOS.
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  // A log's reader that has gone away, or an error that nothing awaited, is no reason to go too:
  // Electron would show a box with a stack trace and wait.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', (error) =>
    log('uncaught-exception', { error: errorText(error) }),
  );
  const login = currentLogin(systemLoginSources);
  const loading = loadSettings(log);
  app
    .whenReady()
    .then(async () => {
      const [known, { settings, policy }] = await Promise.all([login, loading]);
      const cipher = osCipher();
      const opened = openVault(cipher, known);
      const chat = connect(settings, log);
      await runApp({
        hidden,
        atLogin,
        login: known,
        dataDir,
        logging,
        policy,
        settings,
        loginItem,
        cipher,
        receipts,
        chat,
        opened,
        coordinator: coordinate(opened.vault, settings, chat),
      });
    })
    .catch(finishFailed);
}

/** Nobody reads what an app that was started by its icon prints. */
async function refuseToStart(hidden: boolean): Promise<never> {
  const problem = `Another program uses Signoff's files in ${dataDir}. Log out and in again, or restart the computer, and start Signoff once more.`;
  if (!hidden && process.platform !== 'linux') dialog.showErrorBox('Signoff', problem);
  return finish({ exitCode: EXIT.failed, output: '', problems: [problem] });
}
