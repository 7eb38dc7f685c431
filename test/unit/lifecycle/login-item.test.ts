import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { FOR_EVERYBODY } from '../../../main/common/start-at-login.ts';
import {
  createLoginItem,
  execLine,
  MAC_AGENT,
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
    everybodys = '',
  }: {
    env?: NodeJS.ProcessEnv;
    command?: StartCommand;
    state?: Partial<LoginItemState>;
    /** What the launch agent for everybody has in it; there is none where it is empty. */
    macAgent?: string;
    /** What the packages' autostart entry has in it; there is none where it is empty. */
    everybodys?: string;
  } = {},
) {
  const home = tempFolder();
  const places = {
    ...FOR_EVERYBODY,
    macAgent: path.join(home, 'agent.plist'),
    linuxEntry: path.join(home, 'everybodys.desktop'),
  };
  if (macAgent !== '') writeFileSync(places.macAgent, macAgent);
  if (everybodys !== '') writeFileSync(places.linuxEntry, everybodys);
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
    places,
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
    const state = { openAtLogin: !on, executableWillLaunchAtLogin: !on };
    const { item, asked } = onSystem('win32', { command, state });
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

  describe('what the Task Manager has switched off', () => {
    const state = { openAtLogin: true, executableWillLaunchAtLogin: false };

    test('is known to be', () => {
      expect(onSystem('win32', { command, state }).item.isSwitchedOff()).toBe(true);
    });

    test('is so for everybody as well', () => {
      const launchItems = [{ ...forEverybody, enabled: false }];
      const { item } = onSystem('win32', { command, state: { launchItems } });
      expect(item.isSwitchedOff()).toBe(true);
    });

    test.each([
      { what: 'nothing', state: {} },
      { what: 'what starts it', state: { openAtLogin: true, executableWillLaunchAtLogin: true } },
      { what: 'what starts it for everybody', state: { launchItems: [forEverybody] } },
    ])('$what is not', ({ state: on }) => {
      expect(onSystem('win32', { command, state: on }).item.isSwitchedOff()).toBe(false);
    });

    test('is left so', () => {
      const { item, asked } = onSystem('win32', { command, state });
      item.apply(false);
      expect(asked).toEqual([]);
    });

    test('is on again once it is to be', () => {
      const { item, asked } = onSystem('win32', { command, state });
      item.apply(true);
      expect(asked).toMatchObject([{ openAtLogin: true, enabled: true }]);
    });
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

  describe('with a launch agent in its bundle', () => {
    /** An app in a bundle; `status` is the agent's, and `isItem` whether there is a login item from before. */
    function inBundle(status: string, { isItem = false, args = [] as string[] } = {}) {
      const contents = path.join(tempFolder(), 'Signoff.app/Contents');
      const agents = path.join(contents, 'Library/LaunchAgents');
      mkdirSync(agents, { recursive: true });
      writeFileSync(path.join(agents, MAC_AGENT.serviceName), '');
      const bundled = { executable: path.join(contents, 'MacOS/Signoff'), args };
      return onSystem('darwin', { command: bundled, state: { openAtLogin: isItem, status } });
    }
    const agent = { type: 'agentService', serviceName: 'app.signoff.desktop.agent.plist' };

    // What was never registered is not found, as macOS has it.
    test.each(['not-registered', 'not-found'])('launchd is to start it (%s)', (status) => {
      const { item, asked } = inBundle(status);
      item.apply(true);
      expect(asked).toEqual([{ ...agent, openAtLogin: true, enabled: true }]);
    });

    test('launchd is not asked for what is so', () => {
      const { item, asked } = inBundle('enabled');
      item.apply(true);
      expect(asked).toEqual([]);
    });

    test('launchd is to start it no more', () => {
      const { item, asked } = inBundle('enabled');
      item.apply(false);
      expect(asked).toEqual([{ ...agent, openAtLogin: false, enabled: true }]);
    });

    test.each([true, false])(
      'what the system’s settings have switched off is left so (%j)',
      (on) => {
        const { item, asked } = inBundle('requires-approval');
        expect(item.isSwitchedOff()).toBe(true);
        item.apply(on);
        expect(asked).toEqual([]);
      },
    );

    test.each(['enabled', 'not-registered', ''])('%j is not switched off', (status) => {
      expect(inBundle(status).item.isSwitchedOff()).toBe(false);
    });

    test('the login item from before goes', () => {
      const { item, asked } = inBundle('enabled', { isItem: true });
      item.apply(true);
      expect(asked).toMatchObject([{ openAtLogin: false, args: ['--hidden'] }]);
    });

    test.each([
      { what: 'before macOS 13', status: '', args: [] },
      { what: 'with another data folder', status: 'enabled', args: ['--user-data-dir=/data'] },
    ])('it is a mere login item $what', ({ status, args }) => {
      const { item, asked } = inBundle(status, { args });
      item.apply(true);
      expect(asked).toMatchObject([{ openAtLogin: true, args: [...args, '--hidden'] }]);
    });
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
    const { item, file } = onSystem('linux', {
      env: { APPIMAGE: '/home/ann/Signoff.AppImage', APPDIR: '/tmp/.mount_Signof' },
      command: { executable: '/tmp/.mount_Signof/signoff', args: [] },
    });
    item.apply(true);
    expect(line(file, 'Exec')).toBe('"/home/ann/Signoff.AppImage" "--hidden"');
  });

  test.each([{ APPDIR: '/tmp/.mount_Consol' }, { APPDIR: '/opt/Sign' }, {}])(
    'started by another app that is an AppImage (%j), it is not that one',
    (more) => {
      const { item, file } = onSystem('linux', { env: { APPIMAGE: '/home/ann/Other', ...more } });
      item.apply(true);
      expect(line(file, 'Exec')).toBe('"/opt/Signoff/signoff" "--hidden"');
    },
  );

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

  const written = (file: string, text: string): void => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const OWN = '[Desktop Entry]\nExec="/opt/Signoff/signoff" "--hidden"\n';
  const HIDDEN = `${OWN}Hidden=true\n`;

  test('what the desktop has switched off is left as it is', () => {
    const { item, file } = onSystem('linux');
    written(file, HIDDEN);
    item.apply(false);
    expect(readFileSync(file, 'utf8')).toBe(HIDDEN);
  });

  test('what the desktop has switched off is on again once it is to be', () => {
    const { item, file } = onSystem('linux');
    written(file, HIDDEN);
    item.apply(true);
    expect(line(file, 'Hidden')).toBeUndefined();
  });

  describe('where the package starts Signoff for everybody', () => {
    const everybodys = '[Desktop Entry]\nExec=/usr/bin/signoff --hidden --at-login\n';

    test('the person needs no file', () => {
      const { item, file } = onSystem('linux', { everybodys });
      item.apply(true);
      expect(existsSync(file)).toBe(false);
    });

    test.each([
      { what: 'that Signoff had written', text: OWN },
      { what: 'by which the desktop had switched it off', text: HIDDEN },
    ])('a file of the person’s $what goes', ({ text }) => {
      const { item, file } = onSystem('linux', { everybodys });
      written(file, text);
      item.apply(true);
      expect(existsSync(file)).toBe(false);
    });

    test('another file of the person’s stays', () => {
      const { item, file } = onSystem('linux', { everybodys });
      written(file, '[Desktop Entry]\nExec=signoff --hidden --at-login\n');
      item.apply(true);
      expect(existsSync(file)).toBe(true);
    });

    test('a Signoff with another data folder has its own', () => {
      const command = { ...COMMAND, args: ['--user-data-dir=/data'] };
      const { item, file } = onSystem('linux', { everybodys, command });
      item.apply(true);
      expect(existsSync(file)).toBe(true);
    });
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
