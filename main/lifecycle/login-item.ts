import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isMissing } from '../common/is-missing.ts';

/** What makes the operating system start Signoff, in the tray, at the person's login. */
export interface LoginItem {
  /** Has it started at login, from where it is now, or no more. Throws what the disk throws. */
  apply(startAtLogin: boolean): void;
}

/** What Electron does for it on Windows and macOS. */
export interface LoginItems {
  getLoginItemSettings(command: { path: string; args: string[] }): LoginItemState;
  setLoginItemSettings(settings: {
    openAtLogin: boolean;
    enabled: boolean;
    path: string;
    args: string[];
  }): void;
}

/** How things stand; all but the first is told on Windows only. */
export interface LoginItemState {
  /** Whether the person has this very command as a login item. */
  readonly openAtLogin: boolean;
  /** False where everything that would start the executable was switched off in the Task Manager. */
  readonly executableWillLaunchAtLogin?: boolean;
  /** All that starts the executable, with whatever arguments. */
  readonly launchItems?: readonly {
    readonly name: string;
    readonly scope: string;
    readonly enabled: boolean;
  }[];
}

/** How this app is started again: its executable, and the arguments that it needs. */
export interface StartCommand {
  readonly executable: string;
  readonly args: readonly string[];
}

/** What a package for the machine has put there; see build/installer.nsh and build/pkg-scripts. */
export const FOR_EVERYBODY = {
  windowsValue: 'Signoff',
  macAgent: '/Library/LaunchAgents/app.signoff.desktop.plist',
};

export function createLoginItem(parts: {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  homeFolder: string;
  loginItems: LoginItems;
  command: StartCommand;
  /** The launch agent that starts Signoff for everybody of a Mac. */
  macAgent?: string;
}): LoginItem {
  const { platform, env, homeFolder, loginItems, command } = parts;
  if (platform === 'win32') return windowsItem(loginItems, command);
  if (platform === 'darwin') {
    return macItem(loginItems, command, parts.macAgent ?? FOR_EVERYBODY.macAgent);
  }
  // An AppImage runs from a folder that is there only while it does.
  const executable = env['APPIMAGE'] || command.executable;
  return autostartFile(path.join(configFolder(env, homeFolder), 'autostart'), [
    executable,
    ...hiddenStart(command),
  ]);
}

/** The arguments with which it is started at login. */
function hiddenStart({ args }: StartCommand): string[] {
  return [...args, '--hidden'];
}

/** A start for everybody is one of the installed app, with nothing of its own to be told. */
function isInstalledOne({ args }: StartCommand): boolean {
  return args.length === 0;
}

/** A value of the person's in the registry. It is not needed beside one that starts Signoff for everybody. */
function windowsItem(loginItems: LoginItems, command: StartCommand): LoginItem {
  // Electron joins them as they are, and takes an executable without quotes to end at its first space.
  const started = {
    path: `"${command.executable}"`,
    args: hiddenStart(command).map((arg) => (arg.includes(' ') ? `"${arg}"` : arg)),
  };
  return {
    apply(startAtLogin) {
      const state = loginItems.getLoginItemSettings(started);
      const forEverybody =
        isInstalledOne(command) &&
        state.launchItems?.some(
          ({ name, scope, enabled }) =>
            name === FOR_EVERYBODY.windowsValue && scope === 'machine' && enabled,
        ) === true;
      const openAtLogin = startAtLogin && !forEverybody;
      // One that the Task Manager has switched off is there, and starts nothing.
      const isSo = openAtLogin
        ? state.openAtLogin && state.executableWillLaunchAtLogin === true
        : !state.openAtLogin;
      // What is not this very command may belong to another Signoff on this machine.
      if (!isSo) loginItems.setLoginItemSettings({ openAtLogin, enabled: true, ...started });
    },
  };
}

/**
 * A login item of the person's, unless a launch agent starts Signoff for everybody: of the two, the second
 * would have the first one show its window.
 */
function macItem(loginItems: LoginItems, command: StartCommand, macAgent: string): LoginItem {
  const started = { path: command.executable, args: hiddenStart(command) };
  return {
    apply(startAtLogin) {
      const forEverybody =
        isInstalledOne(command) &&
        readIfThere(macAgent)?.includes(`<string>${command.executable}</string>`) === true;
      const openAtLogin = startAtLogin && !forEverybody;
      if (loginItems.getLoginItemSettings(started).openAtLogin === openAtLogin) return;
      loginItems.setLoginItemSettings({ openAtLogin, enabled: true, ...started });
    },
  };
}

/** Where the desktop looks, as the XDG Base Directory Specification says: a relative path counts for nothing. */
function configFolder(env: NodeJS.ProcessEnv, homeFolder: string): string {
  const folder = env['XDG_CONFIG_HOME'] ?? '';
  return path.isAbsolute(folder) ? folder : path.join(homeFolder, '.config');
}

/** A file as the Desktop Application Autostart Specification has it. */
function autostartFile(folder: string, command: readonly string[]): LoginItem {
  const file = path.join(folder, 'signoff.desktop');
  const [executable = ''] = command;
  const exec = `Exec=${execLine(command)}`;
  const content = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Signoff',
    'Comment=Signs chat sessions off when their agent leaves',
    exec,
    // Without the app, which may have been removed since, the entry counts for nothing.
    `TryExec=${fileText(executable)}`,
    'Terminal=false',
    'StartupNotify=false',
    '',
  ].join('\n');
  return {
    apply(startAtLogin) {
      const found = readIfThere(file);
      if (startAtLogin) {
        if (found === content) return;
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, content);
      } else if (found?.split('\n').includes(exec) === true) {
        // Another's may belong to another Signoff on this machine.
        rmSync(file);
      }
    },
  };
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/**
 * A command as the Desktop Entry Specification wants it: each argument in quotes, in which `"`, `` ` ``,
 * `$` and `\` have a backslash before them; a percent sign doubled, since one alone begins a field code;
 * and then every backslash doubled, as in all text of such a file.
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
