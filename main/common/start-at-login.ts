import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isMissing } from './error-code.ts';
import { isBelow } from './is-below.ts';

/** What the packages lay down so that Signoff starts at everybody's login; see build/. */
export const FOR_EVERYBODY = {
  windowsValue: 'Signoff',
  macAgent: '/Library/LaunchAgents/app.signoff.desktop.plist',
  linuxExecutable: '/opt/Signoff/signoff',
  linuxEntry: '/etc/xdg/autostart/signoff.desktop',
};

/** The app, as it is asked whether its package has it started at everybody's login. */
export interface App {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly executable: string;
  /** Whether it takes arguments of its own to be started, such as another data folder. */
  readonly hasArguments: boolean;
}

/** Whether the app's package starts it at everybody's login. Throws what the disk throws. */
export function startsForEverybody(app: App, places = FOR_EVERYBODY): boolean {
  const { platform, env, executable, hasArguments } = app;
  if (hasArguments) return false;
  switch (platform) {
    case 'win32':
      // What is for one person is in their own folder.
      return isBelow(executable, env['ProgramW6432'] ?? env['ProgramFiles'], path.win32);
    case 'darwin':
      return readIfThere(places.macAgent)?.includes(`<string>${executable}</string>`) === true;
    default: {
      const entry = readIfThere(places.linuxEntry);
      return executable === places.linuxExecutable && entry !== null && !isSwitchedOff(entry);
    }
  }
}

/** The person's own entry by the Desktop Application Autostart Specification, which goes before everybody's. */
export function autostartFile(env: NodeJS.ProcessEnv, homeFolder: string): string {
  // By the XDG Base Directory Specification, which ignores a relative path.
  const named = env['XDG_CONFIG_HOME'] ?? '';
  const config = path.isAbsolute(named) ? named : path.join(homeFolder, '.config');
  return path.join(config, 'autostart', 'signoff.desktop');
}

/** Whether a desktop has switched this entry off: as the specification has it, or as GNOME does. */
export function isSwitchedOff(entry: string): boolean {
  return entry
    .split('\n')
    .some((line) => /^(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/.test(line));
}

/** A file's text; null where there is no such file. Throws what else the disk throws. */
export function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
