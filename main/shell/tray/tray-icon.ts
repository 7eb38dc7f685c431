import { trayMood, type TraySession } from './tray-menu.ts';

/** More than a digit cannot be read in a taskbar. */
const MOST_COUNTED = 9;

/**
 * The file of the icon for what is held. Windows tells the taskbar's colours apart from the apps';
 * Linux tells nobody its panel's, so there it is one icon for all.
 */
export function trayIconFile(
  sessions: readonly TraySession[],
  system: { readonly platform: NodeJS.Platform; readonly darkTaskbar: boolean },
): string {
  const mood = trayMood(sessions);
  // The name tells Electron that macOS is to colour the shape.
  if (system.platform === 'darwin') return `mac-${mood}Template.png`;
  const count = sessions.length > MOST_COUNTED ? 'more' : `${sessions.length}`;
  const shape = mood === 'holding' ? count : mood;
  if (system.platform !== 'win32') return `linux-${shape}.png`;
  return `windows-${system.darkTaskbar ? 'dark' : 'light'}-${shape}.ico`;
}
