import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { ended, endedWithUs, whileRunning } from './ended.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const WATCHER_PATH = '/StatusNotifierWatcher';
const MOST_TRIES = 5;
const MENU = { path: '/com/canonical/dbusmenu', name: 'com.canonical.dbusmenu' };

/** What a desktop's panel is to a tray icon: shows its menu, and clicks in it. */
export interface TrayHost {
  /** The labels of the menu of the newest icon, once it has come. */
  labels(): Promise<string[]>;
  tooltip(): Promise<string>;
  click(label: string): Promise<void>;
  /** The alpha of each pixel of the newest icon, once it has come, row by row. */
  shape(): Promise<{ width: number; alpha: number[] }>;
  /** The name on the bus of the newest icon, once it has come. */
  icon(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Puts a panel on the session bus, as KDE's and GNOME's extension are one: the StatusNotifierItem
 * protocol (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem), with the icon's menu
 * over com.canonical.dbusmenu. `env` says which bus.
 */
export async function openTrayHost(env: NodeJS.ProcessEnv = process.env): Promise<TrayHost> {
  const gdbus = async (command: string, ...args: string[]): Promise<string> =>
    (await promisify(execFile)('gdbus', [command, '--session', ...args], { env })).stdout;
  const call = (
    destination: string,
    path: string,
    method: string,
    ...args: string[]
  ): Promise<string> => gdbus('call', '-d', destination, '-o', path, '-m', method, '--', ...args);
  // Debian's own Python is the one that has dbusmock.
  const mock = endedWithUs(
    spawn('/usr/bin/python3', ['-m', 'dbusmock', '--session', WATCHER, WATCHER_PATH, WATCHER], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env,
    }),
  );
  const icon = Promise.withResolvers<string>();
  createInterface({ input: mock.stdout }).on('line', (line) => {
    const owner = /RegisterStatusNotifierItem "([^"]+)"/.exec(line)?.[1];
    if (owner !== undefined) icon.resolve(owner);
  });
  await whileRunning(mock, gdbus('wait', WATCHER));
  const configure = (...args: string[]): Promise<string> =>
    call(WATCHER, WATCHER_PATH, `org.freedesktop.DBus.Mock.${args[0] ?? ''}`, ...args.slice(1));
  await configure('AddMethod', WATCHER, 'RegisterStatusNotifierItem', 's', '', '');
  await configure('AddProperty', WATCHER, 'IsStatusNotifierHostRegistered', '<true>');

  const items = async (): Promise<{ id: string; label: string }[]> => {
    const layout = await call(
      await icon.promise,
      MENU.path,
      `${MENU.name}.GetLayout`,
      '0',
      '-1',
      '@as []',
    );
    return [...layout.matchAll(/\((\d+), \{[^}]*'label': <["']([^"']*)["']>/g)].map(
      ([, id = '', label = '']) => ({ id, label }),
    );
  };
  const property = async (name: string): Promise<string> =>
    call(
      await icon.promise,
      '/StatusNotifierItem',
      'org.freedesktop.DBus.Properties.Get',
      'org.kde.StatusNotifierItem',
      name,
    );
  return {
    labels: async () => (await items()).map(({ label }) => label),
    tooltip: () => property('ToolTip'),
    async shape() {
      const pixmap = /\((\d+), \d+, \[byte ([^\]]*)\]\)/.exec(await property('IconPixmap'));
      // ARGB, in network byte order.
      const bytes = (pixmap?.[2] ?? '').split(', ').map(Number);
      return { width: Number(pixmap?.[1]), alpha: bytes.filter((_, index) => index % 4 === 0) };
    },
    async click(label) {
      for (let tries = 1; ; tries += 1) {
        const item = (await items()).find((other) => other.label === label);
        if (item === undefined) throw new Error(`The tray's menu has no '${label}'.`);
        const click = [item.id, 'clicked', "<''>", '0'];
        try {
          await call(await icon.promise, MENU.path, `${MENU.name}.Event`, ...click);
          return;
        } catch (error) {
          // The menu was made anew between the look and the click, and with it every id.
          if (tries === MOST_TRIES) throw error;
        }
      }
    },
    icon: () => icon.promise,
    close: () => ended(mock),
  };
}
