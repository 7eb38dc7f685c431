import path from 'node:path';
import { Menu, nativeImage, nativeTheme, Tray } from 'electron';
import type { Words } from '../../../words/words.ts';
import { trayIconFile } from './tray-icon.ts';
import {
  nothingElse,
  type TrayAction,
  type TrayItem,
  type TrayMatters,
  trayMenu,
  type TraySession,
  trayTooltip,
} from './tray-menu.ts';

export interface TrayIcon {
  /** Shows this, in the agent's language of the moment. */
  update(sessions: readonly TraySession[], matters: TrayMatters): void;
}

/** Puts the icon into the tray (the menu bar on macOS); `icons` is the folder that its pictures are in. */
export function createTray(parts: {
  act: (action: TrayAction) => void;
  words: () => Words;
  icons: string;
}): TrayIcon {
  const { act, words, icons } = parts;
  let sessions: readonly TraySession[] = [];
  let matters = nothingElse;
  let shown = iconFile(sessions);
  const picture = (file: string) => nativeImage.createFromPath(path.join(icons, file));
  const tray = new Tray(picture(shown));
  const show = (): void => {
    const file = iconFile(sessions);
    if (file !== shown) tray.setImage(picture(file));
    shown = file;
    // The menu bar has room for a number.
    if (process.platform === 'darwin')
      tray.setTitle(sessions.length > 0 ? `${sessions.length}` : '');
    const say = words().shell;
    tray.setToolTip(trayTooltip(say, sessions));
    const menu = trayMenu(say, sessions, matters);
    tray.setContextMenu(Menu.buildFromTemplate(menu.map((item) => menuItem(item, act))));
  };
  nativeTheme.on('updated', show);
  // On macOS a click opens the menu, as every menu bar item does.
  if (process.platform !== 'darwin') tray.on('click', () => act({ kind: 'open' }));
  show();
  return {
    update(next, nextMatters) {
      sessions = next;
      matters = nextMatters;
      show();
    },
  };
}

function iconFile(sessions: readonly TraySession[]): string {
  return trayIconFile(sessions, {
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
      // Not a radio item: of those, Electron has one checked at all times.
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
