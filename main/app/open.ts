import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { networkInterfaces, uptime } from 'node:os';
import path from 'node:path';
import { app, net, powerMonitor } from 'electron';
import ElectronStore from 'electron-store';
import type { Chat } from '../chat/chat.ts';
import { createHttpAccess } from '../chat/http-access.ts';
import { systemResolve } from '../chat/server-addresses.ts';
import { systemClock } from '../common/clock.ts';
import { errorText, type Log, type Logging } from '../common/log.ts';
import type { Cipher } from '../common/sealed.ts';
import type { LoginItem } from '../lifecycle/login-item.ts';
import { currentLogin, sessionOfLogin, systemLoginSources } from '../lifecycle/login.ts';
import { createSessionWatch } from '../lifecycle/session-watch.ts';
import type { SingleInstance } from '../lifecycle/single-instance.ts';
import { createSleepInhibitor } from '../lifecycle/sleep-inhibitor.ts';
import type { Receipts } from '../results/receipts.ts';
import { createVault, type Vault } from '../sessions/vault.ts';
import { openVaultFile, VAULT_FILE } from '../sessions/vault-file.ts';
import { createPolicyCache, POLICY_CACHE_FILE } from '../settings/policy/policy-cache.ts';
import { createPolicy, type Policy } from '../settings/policy/policy.ts';
import { createSystemSource } from '../settings/policy/system-source.ts';
import { createSettings, type CurrentSettings } from '../settings/settings.ts';
import { chooseLanguage } from '../shell/language.ts';
import { createKeyOnDisk, type KeyOnDisk } from '../shell/key-on-disk.ts';
import { osCipher } from '../shell/os-cipher.ts';
import { createSystemProxy } from '../shell/system-proxy.ts';
import { openWording, type Wording } from '../shell/wording.ts';
import { type ChatThread, createChatThread } from '../thread/client.ts';
import type { Folders } from './folders.ts';
import type { Ground, Machine } from './ground.ts';

/** What one process of Signoff has from its first moment on, whatever it is to do. */
export interface Instance extends Folders {
  /** This machine's name, for people. */
  readonly host: string;
  /** Whether the command line names the data folder. */
  readonly isNamed: boolean;
  /**
   * Why this machine's own folder cannot be used, in words; null where it can. Until the next start another one stands in
   * for it then, and nothing is saved.
   */
  readonly unusable: string | null;
  /** Where the log is, unless a policy names another folder. */
  readonly logsDir: string;
  readonly logging: Logging;
  readonly receipts: Receipts;
  readonly loginItem: LoginItem;
}

/** The ground of the app that Electron is ready for, and what else of Electron and files is opened for it. */
export interface Opened extends Ground {
  readonly policy: Policy;
  readonly settings: CurrentSettings;
  readonly key: KeyOnDisk;
  readonly receipts: Receipts;
  /** The file name that an unreadable vault was set aside under at this start. */
  readonly setAside: string | null;
  /** Whether nothing can be saved, because this machine's folder cannot be written to. */
  readonly isFolderUnusable: boolean;
  readonly logsDir: string;
  readonly logging: Logging;
  readonly loginItem: LoginItem;
  readonly wording: Wording;
  readonly language: () => ReturnType<typeof chooseLanguage>;
  /** Hears of the starts of the app that this one stands in for. */
  readonly onOtherStart: SingleInstance['onStart'];
}

/** Opens it, what takes long at the same time. Resolves once Electron is ready. */
export async function open(
  instance: Instance,
  { onStart }: Pick<SingleInstance, 'onStart'>,
): Promise<Opened> {
  const { dataDir, machineDir, logging, receipts, loginItem } = instance;
  const { log } = logging;
  if (instance.unusable !== null) log('folder-unusable', { problem: instance.unusable });
  const findingLogin = currentLogin(systemLoginSources);
  const loading = openSettings(dataDir, log);
  await app.whenReady();
  const [login, { settings, policy }] = await Promise.all([findingLogin, loading]);
  const cipher = await osCipher();
  const { vault, setAside, resumeUntil } = openVault({
    ...instance,
    cipher: instance.unusable === null ? cipher : null,
    login,
    log,
  });
  const language = () =>
    chooseLanguage(settings.values().language, app.getPreferredSystemLanguages());
  const wording = await openWording(language);
  return {
    dataDir,
    machineDir,
    logsDir: instance.logsDir,
    login,
    log,
    logging,
    policy,
    settings,
    key: createKeyOnDisk({
      platform: process.platform,
      profile: machineDir,
      clock: systemClock,
    }),
    cipher,
    vault,
    setAside,
    isFolderUnusable: instance.unusable !== null,
    resumeUntil,
    receipts,
    ...openChat(settings, log),
    loginItem,
    words: wording.words,
    wording,
    language,
    clock: systemClock,
    random: Math.random,
    machine: thisMachine(login, log),
    onOtherStart: onStart,
  };
}

/** The settings, and the policy that counts before the agent's own. `log` hears of what could not be used. */
export async function openSettings(
  dataDir: string,
  log: Log,
): Promise<{ settings: CurrentSettings; policy: Policy }> {
  const policy = createPolicy({
    source: createSystemSource((error) => log('policy-not-watched', { error: errorText(error) })),
    cache: createPolicyCache({
      file: path.join(dataDir, POLICY_CACHE_FILE),
      onFault: (error) => log('policy-not-remembered', { error: errorText(error) }),
    }),
    onProblem: ({ source, problem, isUnread }) =>
      log(isUnread ? 'policy-not-read' : 'policy-ignored', { source, problem }),
    after: systemClock.after,
  });
  await policy.refresh();
  const settings = createSettings({
    file: path.join(dataDir, 'settings.json'),
    policy,
    onProblem: (problem) => log('setting-ignored', { problem }),
    onWriteFault: (error) => log('settings-not-saved', { error: errorText(error) }),
  });
  return { settings, policy };
}

/** The chat servers, reached as the settings have it, and the thread that reaches them. */
export function openChat(
  settings: CurrentSettings,
  log: Log,
): { chat: Chat; thread: Pick<ChatThread, 'startSignOff' | 'waitFor'> } {
  const network = {
    systemProxy: createSystemProxy({
      async ask(url) {
        await app.whenReady();
        return app.resolveProxy(url);
      },
      clock: systemClock,
      onFault: (error) => log('network-setting-ignored', { problem: errorText(error) }),
    }),
    onProblem: (problem: string) => log('network-setting-ignored', { problem }),
  };
  const thread = createChatThread({
    ...network,
    script: path.join(import.meta.dirname, 'thread.js'),
    userAgent: `Signoff/${app.getVersion()}`,
    networkSettings: settings.values,
    onFault: (error) => log('uncaught-exception', { error }),
    clock: systemClock,
    newId: randomUUID,
  });
  const { calls, warmUp, prepare } = thread;
  const neverAborted = new AbortController().signal;
  const chat: Chat = {
    ...calls,
    checkAddress: (address) => calls.checkAddress(address, neverAborted),
    // The thread tells the problems to the log.
    ...createHttpAccess({
      ...network,
      settings: settings.values,
      resolveName: systemResolve,
      clock: systemClock,
      onProblem: () => undefined,
    }),
    warmUp,
    prepare,
  };
  return { chat, thread };
}

const NO_CIPHER =
  'the operating system does not decrypt it: the keyring is locked, or the session bus cannot be reached';

/** This machine's vault; one in memory where there is no cipher, or what is there cannot be read. */
export function openVault(parts: {
  machineDir: string;
  host: string;
  cipher: Cipher | null;
  login: string | null;
  log: Log;
}): {
  vault: Vault;
  setAside: string | null;
  /** Whether there is one that was left alone, because it could not be read. */
  isUnread: boolean;
  resumeUntil: number | null;
} {
  const { machineDir, host, cipher, login, log } = parts;
  const opened =
    cipher === null
      ? { file: null, setAside: null, fault: null, refused: [] }
      : openVaultFile({
          folder: machineDir,
          host,
          cipher,
          openStore: (options) => new ElectronStore(options),
          now: systemClock.now,
          uptime,
        });
  for (const { field, problem } of opened.refused) {
    log('value-refused', { from: 'vault', field, problem });
  }
  const isUnread = opened.file === null && existsSync(path.join(machineDir, VAULT_FILE));
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

function thisMachine(login: string | null, log: Log): Machine {
  return {
    isOnline: () => net.isOnline(),
    idleSeconds: () => powerMonitor.getSystemIdleTime(),
    addresses: () =>
      Object.values(networkInterfaces())
        .flatMap((addresses = []) => addresses)
        .flatMap(({ address, internal }) => (internal ? [] : address)),
    sleepInhibitor: createSleepInhibitor(process.platform, (error) =>
      log('sleep-not-inhibited', { error: errorText(error) }),
    ),
    sessionWatch: createSessionWatch({
      platform: process.platform,
      isLocked: () => powerMonitor.getSystemIdleState(1) === 'locked',
      sessionId: login === null ? null : sessionOfLogin(login),
      clock: systemClock,
      onFault: (error) => log('session-not-watched', { error: errorText(error) }),
    }),
  };
}
