import { Menu, nativeImage, type NativeImage, nativeTheme, Tray } from 'electron';
import holdingDark from './icons/holding.svg?tray&color=%23ffffff';
import holdingLight from './icons/holding.svg?tray&color=%231f2933';
import idleDark from './icons/idle.svg?tray&color=%23ffffff';
import idleLight from './icons/idle.svg?tray&color=%231f2933';
import {
  type TrayAction,
  type TrayItem,
  trayMenu,
  type TraySession,
  trayTooltip,
} from './tray-menu.ts';

export interface TrayIcon {
  update(sessions: readonly TraySession[], asksAboutLeftover: boolean): void;
}

/** Puts the icon into the tray (the menu bar on macOS) and keeps it right in light and dark. */
export function createTray(act: (action: TrayAction) => void): TrayIcon {
  let sessions: readonly TraySession[] = [];
  let asking = false;
  const tray = new Tray(icon(0));
  const show = (): void => {
    tray.setImage(icon(sessions.length));
    tray.setToolTip(trayTooltip(sessions.length));
    tray.setContextMenu(
      Menu.buildFromTemplate(trayMenu(sessions, asking).map((item) => menuItem(item, act))),
    );
  };
  nativeTheme.on('updated', show);
  // On macOS a click opens the menu, as every menu bar item does.
  if (process.platform !== 'darwin') tray.on('click', () => act({ kind: 'open' }));
  show();
  return {
    update(next, asksAboutLeftover) {
      sessions = next;
      asking = asksAboutLeftover;
      show();
    },
  };
}

function icon(held: number): NativeImage {
  const dark = nativeTheme.shouldUseDarkColors;
  const scales = held > 0 ? (dark ? holdingDark : holdingLight) : dark ? idleDark : idleLight;
  const image = nativeImage.createFromDataURL(scales['1x']);
  image.addRepresentation({ scaleFactor: 2, dataURL: scales['2x'] });
  // macOS colours the shape itself, for whatever the menu bar looks like.
  image.setTemplateImage(process.platform === 'darwin');
  return image;
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
  }
}
