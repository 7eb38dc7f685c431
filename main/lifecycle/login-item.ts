import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isMissing } from '../disk/is-missing.ts';

/** What makes the operating system start Signoff, in the tray, at the person's login. */
export interface LoginItem {
  /** Has it started at login, from where it is now, or no more. Throws what the disk throws. */
  apply(startAtLogin: boolean): void;
}

/** What Electron does for it on Windows and macOS. */
export interface LoginItems {
  getLoginItemSettings(command: { path: string; args: string[] }): { openAtLogin: boolean };
  setLoginItemSettings(settings: { openAtLogin: boolean; path: string; args: string[] }): void;
}

/** How this app is started again: its executable, and the arguments that it needs. */
export interface StartCommand {
  readonly executable: string;
  readonly args: readonly string[];
}

export function createLoginItem(parts: {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  homeFolder: string;
  loginItems: LoginItems;
  command: StartCommand;
}): LoginItem {
  const { platform, env, homeFolder, loginItems, command } = parts;
  const args = [...command.args, '--hidden'];
  if (platform !== 'linux') {
    const started = { path: command.executable, args };
    return {
      apply(openAtLogin) {
        // What is not this very command may belong to another Signoff on this machine.
        if (loginItems.getLoginItemSettings(started).openAtLogin === openAtLogin) return;
        loginItems.setLoginItemSettings({ openAtLogin, ...started });
      },
    };
  }
  // An AppImage runs from a folder that is there only while it does.
  const executable = env['APPIMAGE'] || command.executable;
  return autostartFile(path.join(configFolder(env, homeFolder), 'autostart'), [
    executable,
    ...args,
  ]);
}

/** Where the desktop looks, as the XDG Base Directory Specification says: a relative path counts for nothing. */
function configFolder(env: NodeJS.ProcessEnv, homeFolder: string): string {
  const folder = env['XDG_CONFIG_HOME'] ?? '';
  return path.isAbsolute(folder) ? folder : path.join(homeFolder, '.config');
}

/** A file as the Desktop Application Autostart Specification has it. */
function autostartFile(folder: string, command: readonly string[]): LoginItem {
  const file = path.join(folder, 'signoff.desktop');
  const exec = `Exec=${execLine(command)}`;
  const content = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Signoff',
    'Comment=Signs chat sessions off when their agent leaves',
    exec,
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
  return command
    .map((argument) => `"${argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`)
    .join(' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n');
}
