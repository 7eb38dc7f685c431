import path from 'node:path';
import { Menu, nativeImage, nativeTheme, Tray } from 'electron';
import type { State } from '../../../preload/contract.ts';
import type { Words } from '../../../words/words.ts';
import type { Clock } from '../../common/clock.ts';
import { trayIconFile } from './tray-icon.ts';
import {
  type TrayAction,
  nextCountdownStep,
  type TrayItem,
  trayMenu,
  trayTooltip,
} from './tray-menu.ts';

export interface TrayIcon {
  /** Shows this state from now on, with a countdown if a session is about to be dropped. */
  update(state: State): void;
}

/** Puts the icon into the tray (the menu bar on macOS). */
export function createTray(parts: {
  state: State;
  act: (action: TrayAction) => void;
  words: () => Words;
  /** The folder of the icon files. */
  icons: string;
  clock: Clock;
}): TrayIcon {
  const { act, words, icons, clock } = parts;
  let { state } = parts;
  let shown = iconFile(state);
  let stopCountdown: (() => void) | null = null;
  const picture = (file: string) => nativeImage.createFromPath(path.join(icons, file));
  const tray = new Tray(picture(shown));
  const show = (): void => {
    const now = clock.now();
    const file = iconFile(state);
    if (file !== shown) tray.setImage(picture(file));
    shown = file;
    // The menu bar has room for a number.
    if (process.platform === 'darwin')
      tray.setTitle(state.held.length > 0 ? `${state.held.length}` : '');
    tray.setToolTip(trayTooltip(words(), state, now));
    const menu = trayMenu(words(), state, now);
    tray.setContextMenu(Menu.buildFromTemplate(menu.map((item) => menuItem(item, act))));
    stopCountdown?.();
    const countsIn = nextCountdownStep(state, now);
    stopCountdown = countsIn === null ? null : clock.after(countsIn, show);
  };
  nativeTheme.on('updated', show);
  // On macOS a click opens the menu.
  if (process.platform !== 'darwin') tray.on('click', () => act({ kind: 'open' }));
  show();
  return {
    update(next) {
      state = next;
      show();
    },
  };
}

function iconFile(state: State): string {
  return trayIconFile(state, {
    platform: process.platform,
    darkTaskbar: nativeTheme.shouldUseDarkColorsForSystemIntegratedUI,
  });
}

function menuItem(
  item: TrayItem,
  act: (action: TrayAction) => void,
): Electron.MenuItemConstructorOptions {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'text':
      return { label: item.label, enabled: false };
    case 'action':
      return { label: item.label, enabled: item.enabled, click: () => act(item.action) };
    case 'choice':
      // Not a radio item: Electron always keeps one of those checked.
      return {
        type: 'checkbox',
        label: item.label,
        checked: item.checked,
        enabled: item.enabled,
        click: () => act(item.action),
      };
    case 'submenu':
      return { label: item.label, submenu: item.items.map((inner) => menuItem(inner, act)) };
  }
}
