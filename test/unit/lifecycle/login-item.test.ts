import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  createLoginItem,
  execLine,
  type LoginItems,
  type StartCommand,
} from '../../../main/lifecycle/login-item.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const COMMAND: StartCommand = { executable: '/opt/Signoff/signoff', args: [] };

/** A login item of an app on this system, in a home folder of its own. */
function onSystem(
  platform: NodeJS.Platform,
  {
    env = {},
    command = COMMAND,
    startsAlready = false,
  }: { env?: NodeJS.ProcessEnv; command?: StartCommand; startsAlready?: boolean } = {},
) {
  const home = tempFolder();
  const asked: Parameters<LoginItems['setLoginItemSettings']>[0][] = [];
  const item = createLoginItem({
    platform,
    env,
    homeFolder: home,
    loginItems: {
      getLoginItemSettings: () => ({ openAtLogin: asked.at(-1)?.openAtLogin ?? startsAlready }),
      setLoginItemSettings: (settings) => asked.push(settings),
    },
    command,
  });
  return { item, home, asked, file: path.join(home, '.config/autostart/signoff.desktop') };
}

/** The line of a desktop file under that key. */
function line(file: string, key: string): string | undefined {
  return readFileSync(file, 'utf8')
    .split('\n')
    .find((text) => text.startsWith(`${key}=`))
    ?.slice(key.length + 1);
}

describe.each(['win32', 'darwin'] as const)('on %s', (platform) => {
  test.each([true, false])('the system is asked for it (%j)', (on) => {
    const { item, asked } = onSystem(platform, { startsAlready: !on });
    item.apply(on);
    expect(asked).toEqual([{ openAtLogin: on, path: '/opt/Signoff/signoff', args: ['--hidden'] }]);
  });

  test.each([true, false])('the system is not asked for what is so (%j)', (on) => {
    const { item, asked } = onSystem(platform, { startsAlready: on });
    item.apply(on);
    expect(asked).toEqual([]);
  });

  test('no file is written', () => {
    const { item, file } = onSystem(platform);
    item.apply(true);
    expect(existsSync(file)).toBe(false);
  });
});

describe('on Linux', () => {
  test('Electron, which has no part in it, is not asked', () => {
    const { item, asked } = onSystem('linux');
    item.apply(true);
    expect(asked).toEqual([]);
  });

  test('an autostart file starts Signoff in the tray', () => {
    const { item, file } = onSystem('linux');
    item.apply(true);
    expect(line(file, 'Exec')).toBe('"/opt/Signoff/signoff" "--hidden"');
  });

  test.each([
    ['Type', 'Application'],
    ['Name', 'Signoff'],
  ])('the file has the key %s, without which it counts for nothing', (key, value) => {
    const { item, file } = onSystem('linux');
    item.apply(true);
    expect(line(file, key)).toBe(value);
  });

  test('the file begins as every desktop file does', () => {
    const { item, file } = onSystem('linux');
    item.apply(true);
    expect(readFileSync(file, 'utf8')).toMatch(/^\[Desktop Entry\]\n/);
  });

  test('the file stands in the person’s own folder for configuration', () => {
    const config = tempFolder();
    const { item, file } = onSystem('linux', { env: { XDG_CONFIG_HOME: config } });
    item.apply(true);
    expect(existsSync(path.join(config, 'autostart/signoff.desktop'))).toBe(true);
    expect(existsSync(file)).toBe(false);
  });

  test.each(['', 'config'])('a folder that is not absolute (%j) counts for nothing', (folder) => {
    const { item, file } = onSystem('linux', { env: { XDG_CONFIG_HOME: folder } });
    item.apply(true);
    expect(existsSync(file)).toBe(true);
  });

  test('an AppImage is started, and not what it has unpacked', () => {
    const { item, file } = onSystem('linux', { env: { APPIMAGE: '/home/ann/Signoff.AppImage' } });
    item.apply(true);
    expect(line(file, 'Exec')).toBe('"/home/ann/Signoff.AppImage" "--hidden"');
  });

  test('what else the app needs to start is kept', () => {
    const command = { executable: '/opt/electron', args: ['/src', '--user-data-dir=/data'] };
    const { item, file } = onSystem('linux', { command });
    item.apply(true);
    expect(line(file, 'Exec')).toBe('"/opt/electron" "/src" "--user-data-dir=/data" "--hidden"');
  });

  test('the file goes when it is switched off', () => {
    const { item, file } = onSystem('linux');
    item.apply(true);
    item.apply(false);
    expect(existsSync(file)).toBe(false);
  });

  test('switched off, there need be no file', () => {
    const { item } = onSystem('linux');
    expect(() => item.apply(false)).not.toThrow();
  });

  test('the file is right again after the app has moved', () => {
    const { item, file } = onSystem('linux');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(
      file,
      '[Desktop Entry]\nType=Application\nName=Signoff\nExec="/old" "--hidden"\n',
    );
    item.apply(true);
    expect(line(file, 'Exec')).toBe('"/opt/Signoff/signoff" "--hidden"');
  });

  test('another Signoff’s file is left to it', () => {
    const { item, file } = onSystem('linux');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '[Desktop Entry]\nType=Application\nName=Signoff\nExec="/other"\n');
    item.apply(false);
    expect(existsSync(file)).toBe(true);
  });
});

describe('a command in a desktop file', () => {
  test.each([
    { what: 'a space', argument: '/a b', written: '"/a b"' },
    { what: 'a quotation mark', argument: '/a"b', written: String.raw`"/a\\"b"` },
    { what: 'a dollar sign', argument: '/a$b', written: String.raw`"/a\\$b"` },
    { what: 'a backtick', argument: '/a`b', written: String.raw`"/a\\${'`'}b"` },
    { what: 'a backslash', argument: '/a\\b', written: String.raw`"/a\\\\b"` },
    { what: 'a percent sign', argument: '/a%b', written: '"/a%%b"' },
    { what: 'a line break', argument: '/a\nb', written: String.raw`"/a\nb"` },
    { what: 'other writing', argument: '/büro/日本', written: '"/büro/日本"' },
  ])('may have $what in it', ({ argument, written }) => {
    expect(execLine([argument])).toBe(written);
  });
});
