import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type App, FOR_EVERYBODY } from '../../../main/common/start-at-login.ts';
import { startAtLoginOf } from '../../../main/settings/start-at-login.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const ENTRY = '[Desktop Entry]\nType=Application\nName=Signoff\nExec=/opt/Signoff/signoff\n';
const INSTALLED: App = {
  platform: 'linux',
  env: {},
  executable: FOR_EVERYBODY.linuxExecutable,
  hasArguments: false,
};
const ELSEWHERE: App = { ...INSTALLED, executable: '/home/ann/Signoff/signoff' };

/** What a system says on which these entries and agents stand; null where one does not. */
function said(
  app: App,
  {
    own = null,
    everybodys = ENTRY,
    macAgent = null,
    isWanted = false,
  }: {
    own?: string | null;
    everybodys?: string | null;
    macAgent?: string | null;
    isWanted?: boolean;
  } = {},
) {
  const home = tempFolder();
  const places = {
    ...FOR_EVERYBODY,
    linuxEntry: path.join(home, 'everybodys.desktop'),
    macAgent: path.join(home, 'agent.plist'),
  };
  const ownEntry = path.join(home, '.config/autostart/signoff.desktop');
  mkdirSync(path.dirname(ownEntry), { recursive: true });
  for (const [file, text] of [
    [ownEntry, own],
    [places.linuxEntry, everybodys],
    [places.macAgent, macAgent],
  ] as const) {
    if (text !== null) writeFileSync(file, text);
  }
  return startAtLoginOf(app, home, isWanted, places);
}

const ON = { startAtLogin: true };
const OFF = { startAtLogin: false };

describe('on Linux', () => {
  test('a deb or an rpm starts it', () => {
    expect(said(INSTALLED)).toEqual({ desktop: {}, installation: ON });
  });

  test.each([
    { what: 'without its entry', app: INSTALLED, everybodys: null },
    {
      what: 'with its entry switched off for everybody',
      app: INSTALLED,
      everybodys: `${ENTRY}Hidden=true\n`,
    },
    { what: 'beside another Signoff', app: ELSEWHERE },
    { what: 'for another data folder', app: { ...INSTALLED, hasArguments: true } },
  ])('an installation does not $what', ({ app, everybodys }) => {
    expect(said(app, { ...(everybodys !== undefined && { everybodys }) }).installation).toEqual({});
  });

  test.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
    'a desktop that has written %s has switched it off',
    (line) => {
      const own = `${ENTRY}${line}\n`;
      expect(said(INSTALLED, { own }).desktop).toEqual(OFF);
      expect(said(ELSEWHERE, { own, isWanted: true }).desktop).toEqual(OFF);
    },
  );

  test.each(['Hidden=false', 'X-GNOME-Autostart-enabled=true', 'Comment=Hidden=true'])(
    'a desktop that has written %s has not',
    (line) => {
      expect(said(INSTALLED, { own: `${ENTRY}${line}\n` }).desktop).toEqual({});
    },
  );

  test('an entry that the agent had, and that was deleted, is switched off', () => {
    expect(said(ELSEWHERE, { isWanted: true }).desktop).toEqual(OFF);
  });

  test('where there was none, none was deleted', () => {
    expect(said(ELSEWHERE).desktop).toEqual({});
  });

  test('where it is started for everybody, the agent needs none', () => {
    expect(said(INSTALLED, { isWanted: true }).desktop).toEqual({});
  });
});

describe('on Windows', () => {
  const env = { ProgramFiles: String.raw`C:\Program Files` };

  test.each([
    { executable: String.raw`C:\Program Files\Signoff\Signoff.exe`, installation: ON },
    {
      executable: String.raw`C:\Users\ann\AppData\Local\Programs\Signoff\Signoff.exe`,
      installation: {},
    },
  ])('$executable', ({ executable, installation }) => {
    const app = { platform: 'win32', env, executable, hasArguments: false } as const;
    expect(said(app)).toEqual({ desktop: {}, installation });
  });
});

describe('on macOS', () => {
  const executable = '/Applications/Signoff.app/Contents/MacOS/Signoff';
  const app = { platform: 'darwin', env: {}, executable, hasArguments: false } as const;

  test('the launch agent of the pkg starts it', () => {
    expect(said(app, { macAgent: `<string>${executable}</string>` }).installation).toEqual(ON);
  });

  test.each([null, '<string>/Users/ann/Signoff.app/Contents/MacOS/Signoff</string>'])(
    'without it (%j), nothing does',
    (macAgent) => {
      expect(said(app, { macAgent }).installation).toEqual({});
    },
  );
});
