import { Menu, nativeImage, type NativeImage, nativeTheme, Tray } from 'electron';
import type { Words } from '../../../words/words.ts';
import failedDark from './icons/failed.svg?tray&color=%23f0a840';
import failedLight from './icons/failed.svg?tray&color=%23b45309';
import holdingDark from './icons/holding.svg?tray&color=%23ffffff';
import holdingLight from './icons/holding.svg?tray&color=%231f2933';
import idleDark from './icons/idle.svg?tray&color=%23ffffff';
import idleLight from './icons/idle.svg?tray&color=%231f2933';
import {
  nothingElse,
  type TrayAction,
  type TrayItem,
  type TrayMatters,
  trayMenu,
  trayMood,
  type TraySession,
  trayTooltip,
} from './tray-menu.ts';

export interface TrayIcon {
  /** Shows this, in the agent's language of the moment. */
  update(sessions: readonly TraySession[], matters: TrayMatters): void;
}

/** Puts the icon into the tray (the menu bar on macOS) and keeps it right in light and dark. */
export function createTray(act: (action: TrayAction) => void, words: () => Words): TrayIcon {
  let sessions: readonly TraySession[] = [];
  let matters = nothingElse;
  const tray = new Tray(icon([]));
  const show = (): void => {
    tray.setImage(icon(sessions));
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

const ICONS = {
  idle: { dark: idleDark, light: idleLight },
  holding: { dark: holdingDark, light: holdingLight },
  failed: { dark: failedDark, light: failedLight },
} as const;

function icon(sessions: readonly TraySession[]): NativeImage {
  // Windows tells the taskbar's colours apart from ours; Linux tells nobody its panel's.
  const dark =
    process.platform === 'win32'
      ? nativeTheme.shouldUseDarkColorsForSystemIntegratedUI
      : nativeTheme.shouldUseDarkColors;
  const scales = ICONS[trayMood(sessions)][dark ? 'dark' : 'light'];
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
