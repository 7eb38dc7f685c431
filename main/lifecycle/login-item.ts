import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileToStart } from '../common/file-to-start.ts';
import {
  autostartFile,
  FOR_EVERYBODY,
  isSwitchedOff,
  readIfThere,
  startsForEverybody,
} from '../common/start-at-login.ts';

/** Makes the operating system start Signoff, in the tray, at the person's login. */
export interface LoginItem {
  /**
   * Whether the system's own settings have it switched off. Linux has no part in this: there, the settings read the
   * desktop's file themselves.
   */
  isSwitchedOff(): boolean;
  /** Adds or removes the start of this executable. Throws what the disk throws. */
  apply(startAtLogin: boolean): void;
}

/** The part of Electron's `app` that does so on Windows and macOS. */
export interface LoginItems {
  getLoginItemSettings(item: Item): LoginItemState;
  setLoginItemSettings(settings: Item & { openAtLogin: boolean; enabled: boolean }): void;
}

/** A command or, on macOS, a launch agent in the app's bundle. */
export interface Item {
  path?: string;
  args?: string[];
  type?: 'agentService';
  serviceName?: string;
}

export interface LoginItemState {
  /** Whether the person has this very command as a login item. */
  readonly openAtLogin: boolean;
  /** Windows only. False where the Task Manager has disabled all items of the executable. */
  readonly executableWillLaunchAtLogin?: boolean;
  /** macOS 13 and later only; elsewhere empty or left out. */
  readonly status?: string;
  /** Windows only. All items of the executable, with any arguments. */
  readonly launchItems?: readonly {
    readonly name: string;
    readonly scope: string;
    readonly enabled: boolean;
  }[];
}

/** The command that starts this app again. */
export interface StartCommand {
  readonly executable: string;
  readonly args: readonly string[];
}

/** In the app's bundle; see build/mac. */
export const MAC_AGENT = {
  type: 'agentService',
  serviceName: 'app.signoff.desktop.agent.plist',
} as const;

export function createLoginItem(parts: {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  homeFolder: string;
  loginItems: LoginItems;
  command: StartCommand;
  /** Where the packages have what starts Signoff for everybody. */
  places?: typeof FOR_EVERYBODY;
}): LoginItem {
  const { platform, env, homeFolder, loginItems, command, places } = parts;
  const { executable, args } = command;
  const app = { platform, env, executable, hasArguments: args.length > 0 };
  const forEverybody = (): boolean => startsForEverybody(app, places);
  if (platform === 'win32') return windowsItem(loginItems, command);
  if (platform === 'darwin') return macItem(loginItems, command, forEverybody);
  const started = [fileToStart(executable, env), ...hiddenStart(command)];
  return entryOfDesktop(autostartFile(env, homeFolder), started, forEverybody);
}

function hiddenStart({ args }: StartCommand): string[] {
  return [...args, '--hidden'];
}

/** The start for all users is of the installed app, which has no arguments. */
function isInstalledOne({ args }: StartCommand): boolean {
  return args.length === 0;
}

/** A registry value of the person's, unless one starts Signoff for all users. */
function windowsItem(loginItems: LoginItems, command: StartCommand): LoginItem {
  // Electron joins these without quoting, and takes an unquoted executable to end at its first space.
  const started = {
    path: `"${command.executable}"`,
    args: hiddenStart(command).map((arg) => (arg.includes(' ') ? `"${arg}"` : arg)),
  };
  const look = () => {
    const state = loginItems.getLoginItemSettings(started);
    const everybodys = isInstalledOne(command)
      ? state.launchItems?.find(
          ({ name, scope }) => name === FOR_EVERYBODY.windowsValue && scope === 'machine',
        )
      : undefined;
    return {
      hasOwn: state.openAtLogin,
      // An item that the Task Manager has disabled exists, and starts nothing.
      isOwnOff: state.openAtLogin && state.executableWillLaunchAtLogin !== true,
      isForEverybody: everybodys?.enabled === true,
      isOffForEverybody: everybodys?.enabled === false,
    };
  };
  return {
    isSwitchedOff() {
      const { hasOwn, isOwnOff, isOffForEverybody } = look();
      return isOwnOff || (isOffForEverybody && !hasOwn);
    },
    apply(startAtLogin) {
      const { hasOwn, isOwnOff, isForEverybody } = look();
      const openAtLogin = startAtLogin && !isForEverybody;
      // What is switched off is left so, or the next start would not know of it, until it is to be on.
      const isSo = openAtLogin ? hasOwn && !isOwnOff : !hasOwn || isOwnOff;
      // Another command may belong to another Signoff on this machine.
      if (!isSo) loginItems.setLoginItemSettings({ openAtLogin, enabled: true, ...started });
    },
  };
}

/**
 * A launch agent of the person's, unless one starts Signoff for all users: the second start shows a window. launchd
 * starts it again where it was killed. Before macOS 13, and for a command of its own, it is a mere login item.
 */
function macItem(
  loginItems: LoginItems,
  command: StartCommand,
  forEverybody: () => boolean,
): LoginItem {
  const started = { path: command.executable, args: hiddenStart(command) };
  const agentFile = path.join(
    path.dirname(command.executable),
    '../Library/LaunchAgents',
    MAC_AGENT.serviceName,
  );
  return {
    isSwitchedOff: () =>
      isInstalledOne(command) &&
      loginItems.getLoginItemSettings(MAC_AGENT).status === 'requires-approval',
    apply(startAtLogin) {
      const openAtLogin = startAtLogin && !forEverybody();
      const { status = '' } = loginItems.getLoginItemSettings(MAC_AGENT);
      const hasAgent = status !== '' && isInstalledOne(command) && readIfThere(agentFile) !== null;
      if (hasAgent) applyAgent(openAtLogin, status);
      const asItem = openAtLogin && !hasAgent;
      if (loginItems.getLoginItemSettings(started).openAtLogin === asItem) return;
      loginItems.setLoginItemSettings({ openAtLogin: asItem, enabled: true, ...started });
    },
  };

  function applyAgent(openAtLogin: boolean, status: string): void {
    // Somebody has switched it off in the system's settings, and the next start is to know of it.
    if (status === 'requires-approval') return;
    if ((status === 'enabled') === openAtLogin) return;
    loginItems.setLoginItemSettings({ ...MAC_AGENT, openAtLogin, enabled: true });
  }
}

/**
 * A file by the Desktop Application Autostart Specification, unless the package starts Signoff for everybody. One that
 * the desktop has switched off is left as it is, until somebody has Signoff started at login.
 */
function entryOfDesktop(
  file: string,
  command: readonly string[],
  forEverybody: () => boolean,
): LoginItem {
  const [executable = ''] = command;
  const exec = `Exec=${execLine(command)}`;
  const content = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Signoff',
    'Comment=Signs chat sessions off when their agent leaves',
    exec,
    // Disables the entry once the app has been removed.
    `TryExec=${fileText(executable)}`,
    'Terminal=false',
    'StartupNotify=false',
    '',
  ].join('\n');
  return {
    isSwitchedOff: () => false,
    apply(startAtLogin) {
      const found = readIfThere(file);
      if (startAtLogin && !forEverybody()) {
        if (found === content) return;
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, content);
        return;
      }
      if (found === null) return;
      // A different command may belong to another Signoff on this machine.
      const isOurs = found.split('\n').includes(exec);
      const isOff = isSwitchedOff(found);
      if (startAtLogin ? isOurs || isOff : isOurs && !isOff) rmSync(file);
    },
  };
}

/**
 * A command by the Desktop Entry Specification: each argument quoted, with `"`, `` ` ``, `$` and `\`
 * escaped; percent signs doubled, since a single one begins a field code; then every backslash doubled, as
 * in all text of such a file.
 * https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
 */
export function execLine(command: readonly string[]): string {
  return fileText(
    command
      .map((argument) => `"${argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`)
      .join(' '),
  );
}

/** Text as it stands in a desktop file. */
function fileText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
