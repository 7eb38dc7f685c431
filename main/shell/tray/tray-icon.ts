import type { State } from '../../../preload/contract.ts';
import { trayStatus } from './tray-menu.ts';

/** More than a digit cannot be read in a taskbar. */
const MAX_COUNT = 9;

/**
 * The file of the icon for what is held. Windows tells the taskbar's colours apart from the apps';
 * Linux tells nobody its panel's, so there it is one icon for all.
 */
export function trayIconFile(
  state: State,
  system: { readonly platform: NodeJS.Platform; readonly darkTaskbar: boolean },
): string {
  const mood = trayStatus(state);
  // The name tells Electron that macOS is to colour the shape.
  if (system.platform === 'darwin') return `mac-${mood}Template.png`;
  const { length } = state.held;
  const count = length > MAX_COUNT ? 'more' : `${length}`;
  const shape = mood === 'holding' ? count : mood;
  if (system.platform !== 'win32') return `linux-${shape}.png`;
  return `windows-${system.darkTaskbar ? 'dark' : 'light'}-${shape}.ico`;
}
