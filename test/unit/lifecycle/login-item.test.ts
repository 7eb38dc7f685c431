import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  createLoginItem,
  execLine,
  type LoginItems,
  type LoginItemState,
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
    state = {},
    macAgent = '',
  }: {
    env?: NodeJS.ProcessEnv;
    command?: StartCommand;
    state?: Partial<LoginItemState>;
    /** What the launch agent for everybody has in it; there is none where it is empty. */
    macAgent?: string;
  } = {},
) {
  const home = tempFolder();
  const agentFile = path.join(home, 'agent.plist');
  if (macAgent !== '') writeFileSync(agentFile, macAgent);
  const asked: Parameters<LoginItems['setLoginItemSettings']>[0][] = [];
  const item = createLoginItem({
    platform,
    env,
    homeFolder: home,
    loginItems: {
      getLoginItemSettings: () => ({ openAtLogin: asked.at(-1)?.openAtLogin ?? false, ...state }),
      setLoginItemSettings: (settings) => asked.push(settings),
    },
    command,
    macAgent: agentFile,
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

describe('on Windows', () => {
  const executable = String.raw`C:\Program Files\Signoff\Signoff.exe`;
  const command = { executable, args: [] };
  /** What starts Signoff for everybody, as an installer for the machine has left it. */
  const forEverybody = { name: 'Signoff', scope: 'machine', enabled: true };

  test.each([true, false])('the system is asked for it (%j)', (on) => {
    const { item, asked } = onSystem('win32', { command, state: { openAtLogin: !on } });
    item.apply(on);
    // Electron puts path and arguments into the registry as they are.
    const started = { path: `"${executable}"`, args: ['--hidden'] };
    expect(asked).toEqual([{ openAtLogin: on, enabled: true, ...started }]);
  });

  test.each([true, false])('the system is not asked for what is so (%j)', (on) => {
    const state = { openAtLogin: on, executableWillLaunchAtLogin: on };
    const { item, asked } = onSystem('win32', { command, state });
    item.apply(on);
    expect(asked).toEqual([]);
  });

  test('what the Task Manager has switched off is switched on again', () => {
    const state = { openAtLogin: true, executableWillLaunchAtLogin: false };
    const { item, asked } = onSystem('win32', { command, state });
    item.apply(true);
    expect(asked).toMatchObject([{ openAtLogin: true, enabled: true }]);
  });

  test('where Signoff is started for everybody, the person needs nothing', () => {
    const { item, asked } = onSystem('win32', { command, state: { launchItems: [forEverybody] } });
    item.apply(true);
    expect(asked).toEqual([]);
  });

  test('what the person had before Signoff was installed for everybody goes', () => {
    const state = {
      openAtLogin: true,
      executableWillLaunchAtLogin: true,
      launchItems: [forEverybody],
    };
    const { item, asked } = onSystem('win32', { command, state });
    item.apply(true);
    expect(asked).toMatchObject([{ openAtLogin: false }]);
  });

  test.each([
    { what: 'is switched off', launchItem: { ...forEverybody, enabled: false } },
    { what: 'is another', launchItem: { ...forEverybody, name: 'Other' } },
    { what: 'is of the person alone', launchItem: { ...forEverybody, scope: 'user' } },
  ])('where what starts it for everybody $what, the person has their own', ({ launchItem }) => {
    const { item, asked } = onSystem('win32', { command, state: { launchItems: [launchItem] } });
    item.apply(true);
    expect(asked).toMatchObject([{ openAtLogin: true }]);
  });

  test('a Signoff with another data folder is none that is started for everybody', () => {
    const { item, asked } = onSystem('win32', {
      command: { executable, args: [String.raw`--user-data-dir=C:\my data`] },
      state: { launchItems: [forEverybody] },
    });
    item.apply(true);
    const args = [String.raw`"--user-data-dir=C:\my data"`, '--hidden'];
    expect(asked).toMatchObject([{ openAtLogin: true, args }]);
  });
});

describe('on macOS', () => {
  const executable = '/Applications/Signoff.app/Contents/MacOS/Signoff';
  const command = { executable, args: [] };
  const macAgent = `<array><string>${executable}</string><string>--hidden</string></array>`;

  test.each([true, false])('the system is asked for it (%j)', (on) => {
    const { item, asked } = onSystem('darwin', { command, state: { openAtLogin: !on } });
    item.apply(on);
    expect(asked).toMatchObject([{ openAtLogin: on, path: executable, args: ['--hidden'] }]);
  });

  test.each([true, false])('the system is not asked for what is so (%j)', (on) => {
    const { item, asked } = onSystem('darwin', { command, state: { openAtLogin: on } });
    item.apply(on);
    expect(asked).toEqual([]);
  });

  test('where a launch agent starts it for everybody, the person’s login item goes', () => {
    const { item, asked } = onSystem('darwin', {
      command,
      macAgent,
      state: { openAtLogin: true },
    });
    item.apply(true);
    expect(asked).toMatchObject([{ openAtLogin: false }]);
  });

  test('the launch agent of a Signoff elsewhere does not count', () => {
    const elsewhere = { executable: '/Users/ann/Signoff.app/Contents/MacOS/Signoff', args: [] };
    const { item, asked } = onSystem('darwin', { command: elsewhere, macAgent });
    item.apply(true);
    expect(asked).toMatchObject([{ openAtLogin: true }]);
  });
});

test.each(['win32', 'darwin'] as const)('on %s no file is written', (platform) => {
  const { item, file } = onSystem(platform);
  item.apply(true);
  expect(existsSync(file)).toBe(false);
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

  test('without the app, the file counts for nothing', () => {
    const command = { executable: String.raw`/opt/a b\signoff`, args: [] };
    const { item, file } = onSystem('linux', { command });
    item.apply(true);
    expect(line(file, 'TryExec')).toBe(String.raw`/opt/a b\\signoff`);
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
