import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { constants } from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import { claimInstance } from './app/claim.ts';
import { openChat, openSettings, openVault, type Instance } from './app/open.ts';
import { createElsewhere, createSignOffs } from './app/work.ts';
import { systemClock } from './common/clock.ts';
import { errorText } from './common/log.ts';
import { findTemporaryFolderFor } from './common/socket-folder.ts';
import type { Vault } from './sessions/vault.ts';
import { VAULT_FILE } from './sessions/vault-file.ts';
import { reportSettings } from './settings/report.ts';
import type { Command } from './shell/cli/command-line.ts';
import { findRunningApp, type RunningApp } from './shell/cli/control-client.ts';
import { signOffHeld } from './shell/cli/control-handler.ts';
import type { CommandResult, OnceReady } from './shell/cli/command-result.ts';
import { finish, finishFailed } from './shell/cli/finish.ts';
import { needsHeadless, runHeadless } from './shell/cli/headless.ts';
import { ANSWER_WITHIN_MS, EXIT, type SignOffCommand } from './shell/cli/protocol.ts';
import {
  type DiagnosticsInvocation,
  resultOfSignOff,
  runCommand,
} from './shell/cli/run-command.ts';
import { readInput } from './shell/cli/read-input.ts';
import { knownControlEndpoint } from './shell/cli/control-endpoint.ts';
import { systemTerminal } from './shell/cli/terminal.ts';
import { systemCaller, wrongPerson } from './shell/cli/wrong-person.ts';
import { logFolder } from './shell/log-file.ts';
import { osCipher } from './shell/os-cipher.ts';

/**
 * Carries a command of the command line out, by the running app where there is one, and ends the process
 * with the command's exit code. Resolves sooner where Electron has to be ready for it: the rest follows then.
 */
export async function carryOut(instance: Instance, command: Command): Promise<void> {
  const { dataDir, machineDir, isNamed, receipts, loginItem } = instance;
  const givenMs = command.kind === 'sign-off' ? command.timeoutMs : null;
  const patienceMs = Math.min(givenMs ?? ANSWER_WITHIN_MS, ANSWER_WITHIN_MS);
  const findAt = (folder: string): Promise<RunningApp | null> =>
    findRunningApp(knownControlEndpoint(folder), patienceMs);
  const findApp = async (): Promise<RunningApp | null> => {
    const found = await findAt(machineDir);
    if (found !== null || process.platform === 'win32') return found;
    // An app whose folder cannot be used is where another one stands in for it.
    const standIn = findTemporaryFolderFor(machineDir);
    return standIn === null ? null : findAt(standIn);
  };
  const result = await runCommand(command, {
    app: await findApp(),
    receipts,
    wrongPerson: wrongPerson(systemCaller(), {
      dataDir,
      isNamed,
      hasVault: existsSync(path.join(machineDir, VAULT_FILE)),
    }),
    findApp,
    terminal: systemTerminal(),
    readInput: (file) => readInput(file),
    readFile: (file) => readFile(file, 'utf8'),
    settingsReport: async () => {
      const { settings, policy } = await openSettings(dataDir, quietly);
      return reportSettings(settings, policy);
    },
    async setStartAtLogin(on) {
      const { settings } = await openSettings(dataDir, quietly);
      const problem = settings.set('startAtLogin', on);
      if (problem === null) loginItem.apply(on);
      return problem;
    },
    diagnostics: (request, running) => diagnose(instance, request, running),
  });
  if ('exitCode' in result) return finish(result);
  if (needsHeadless()) return finish(await runHeadless(givenMs ?? LEFTOVERS_WITHIN_MS));
  app.dock?.hide();
  const asJson = command.kind === 'sign-off' && command.json;
  const carriedOut =
    'onceReady' in result
      ? app.whenReady().then(result.onceReady).then(finish)
      : endLeftovers(instance, result.endLeftovers, asJson);
  void carriedOut.catch(finishFailed);
}

async function diagnose(
  { dataDir, logsDir, receipts }: Instance,
  request: DiagnosticsInvocation,
  running: RunningApp | null,
): Promise<CommandResult | OnceReady> {
  // Only this command needs them: the start of the app does not wait for them.
  const [{ runDiagnostics }, { checkConnectivity }, { reportSystem, systemVersions }] =
    await Promise.all([
      import('./shell/diagnostics/run-diagnostics.ts'),
      import('./shell/diagnostics/connectivity.ts'),
      import('./shell/diagnostics/system-report.ts'),
    ]);
  return runDiagnostics(request, running, {
    async systemReport() {
      const { settings, policy } = await openSettings(dataDir, quietly);
      return reportSystem({
        ...openChat(settings, quietly).chat,
        versions: systemVersions(app.getVersion()),
        app: () => null,
        settings: () => reportSettings(settings, policy),
        held: () => [],
        checkConnectivity,
      });
    },
    logFolder: (named) => logFolder(named, logsDir),
    receipts,
    now: systemClock.now,
  });
}

/** Ends what a crash left over, where no app runs that would. */
async function endLeftovers(
  instance: Instance,
  request: SignOffCommand,
  asJson: boolean,
): Promise<void> {
  const { dataDir, machineDir, logging } = instance;
  const { log } = logging;
  // A fault with one session keeps none of the others from being ended.
  process.on('uncaughtException', (error) =>
    log('uncaught-exception', { error: errorText(error) }),
  );
  const claim = await claimInstance(machineDir, { role: 'command', hidden: true });
  if (claim.kind === 'unusable') {
    throw new Error(`its folder ${machineDir} cannot be used: ${claim.why}.`);
  }
  if (claim.kind !== 'taken') {
    throw new Error('Signoff is just starting or quitting. Try again in a moment.');
  }
  process.once('exit', claim.instance.release);
  const loading = openSettings(dataDir, log);
  await app.whenReady();
  const { settings } = await loading;
  const cipher = await osCipher();
  const { vault, setAside, isUnread } = openVault({ ...instance, cipher, login: null, log });
  flushOnSignals(vault);
  const parts = {
    ...instance,
    cipher,
    vault,
    thread: openChat(settings, log).thread,
    settings,
    clock: systemClock,
    log,
  };
  const { machines, named } = createElsewhere(parts, createSignOffs(parts));
  machines.look();
  const find: Vault['find'] = (id) => vault.find(id) ?? machines.find(id);
  const reply = await signOffHeld({ find, coordinator: named }, 'leftover', request);
  const result = resultOfSignOff(reply, asJson);
  const unread = unreadVault(setAside, isUnread);
  await finish(
    unread === null
      ? result
      : { ...result, exitCode: EXIT.failed, problems: [...result.problems, unread] },
  );
}

/** electron-store's own listeners would end the process before what is over has left the vault. */
function flushOnSignals(vault: Vault): void {
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      vault.flush();
      process.exit(128 + constants.signals[signal]);
    });
  }
}

/** What keeps a vault that is there from being ended, in words; null where nothing does. */
function unreadVault(setAside: string | null, isUnread: boolean): string | null {
  if (setAside !== null) {
    return `The saved sessions could not be read; the file was set aside as ${setAside}.`;
  }
  if (!isUnread) return null;
  return 'There are saved sessions, but they cannot be read here: the keyring is locked, or the session bus that leads to it, or the disk, cannot be reached.';
}

/** The most that IT may give leftovers, and what a keyring takes. */
const LEFTOVERS_WITHIN_MS = 310_000;

/** For commands, which say themselves what is wrong. */
function quietly(): void {
  // Nothing is logged beside a command's own output.
}
