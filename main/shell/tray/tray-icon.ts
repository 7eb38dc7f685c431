import type { State } from '../../../preload/contract.ts';
import { trayStatus } from './tray-menu.ts';

/** Two digits are not legible in a taskbar. */
const MAX_COUNT = 9;

/** The icon's file for a state. Only Windows reports the taskbar's colours. */
export function trayIconFile(
  state: State,
  system: { readonly platform: NodeJS.Platform; readonly darkTaskbar: boolean },
): string {
  const status = trayStatus(state);
  // By this name Electron makes it a template image, which macOS colours.
  if (system.platform === 'darwin') return `mac-${status}Template.png`;
  const { length } = state.held;
  const count = length > MAX_COUNT ? 'more' : `${length}`;
  const shape = status === 'holding' ? count : status;
  if (system.platform !== 'win32') return `linux-${shape}.png`;
  return `windows-${system.darkTaskbar ? 'dark' : 'light'}-${shape}.ico`;
}
