import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Policy } from '../../../main/settings/policy/policy.ts';
import {
  agentSettingsSchema,
  type Settings,
  settingsSchema,
} from '../../../main/settings/schema.ts';
import { createSettings } from '../../../main/settings/settings.ts';
import type { StartAtLogin } from '../../../main/settings/start-at-login.ts';
import { loadSettings } from '../../../main/settings/settings-file.ts';
import { asOrdinaryUser, giveToOrdinaryUser } from '../../support/ordinary-user.ts';
import fc from '../../support/property.ts';
import { MEMORY, tempFolder } from '../../support/temp-folder.ts';

const NAMES = settingsSchema.keyof().options;
const AGENTS = agentSettingsSchema.keyof().options;

/** Settings in a folder of their own, with what they report. */
function inFolder({
  content = null,
  managed = {},
  startAtLogin = { desktop: {}, installation: {} },
}: {
  content?: string | null;
  managed?: Partial<Settings>;
  startAtLogin?: StartAtLogin;
} = {}) {
  const folder = tempFolder(MEMORY);
  const file = path.join(folder, 'settings.json');
  if (content !== null) writeFileSync(file, content);
  const problems: string[] = [];
  const writeFaults: unknown[] = [];
  let levels: ReturnType<Policy['levels']> = { machine: managed, user: {} };
  const heard: (() => void)[] = [];
  const settings = createSettings({
    file,
    policy: { levels: () => levels, onChange: (listener) => void heard.push(listener) },
    onProblem: (problem) => problems.push(problem),
    onWriteFault: (error) => writeFaults.push(error),
    startAtLogin: () => startAtLogin,
  });
  const changed: string[] = [];
  settings.onChange((name) => changed.push(name));
  return {
    settings,
    folder,
    file,
    problems,
    writeFaults,
    changed,
    changePolicy(next: Partial<typeof levels>) {
      levels = { ...levels, ...next };
      for (const listener of heard) listener();
    },
    stored: (): unknown => JSON.parse(readFileSync(file, 'utf8')),
  };
}

describe('a setting that is changed', () => {
  test('counts at once', () => {
    const { settings } = inFolder();
    settings.set('idleMinutes', 30);
    expect(settings.values().idleMinutes).toBe(30);
  });

  test('counts after the next start', () => {
    const { settings, file } = inFolder();
    settings.set('appearance', 'dark');
    expect(loadSettings(file).values.appearance).toBe('dark');
  });

  test('leaves the others as they are', () => {
    const { settings } = inFolder({ content: '{"leftover": "resume"}' });
    const before = settings.values();
    settings.set('appearance', 'dark');
    expect(settings.values()).toEqual({ ...before, appearance: 'dark' });
  });

  test('is told of, once, after it counts', () => {
    const { settings } = inFolder();
    const seen: unknown[] = [];
    settings.onChange((name) => seen.push([name, settings.values()[name]]));
    settings.set('language', 'ja');
    expect(seen).toEqual([['language', 'ja']]);
  });

  test('is the only one that stands in a file that was not there', () => {
    const { settings, stored } = inFolder();
    settings.set('idleMinutes', 30);
    expect(stored()).toEqual({ idleMinutes: 30 });
  });

  test('leaves in the file what was passed over', () => {
    const content = '{"fromTheFuture": [1], "__proto__": 2, "appearance": "pink"}';
    const { settings, file } = inFolder({ content });
    settings.set('idleMinutes', 30);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(
      JSON.parse('{"fromTheFuture": [1], "__proto__": 2, "appearance": "pink", "idleMinutes": 30}'),
    );
  });

  test('leaves in the file what was written there meanwhile', () => {
    const { settings, file, stored } = inFolder();
    writeFileSync(file, '{"leftover": "sign-off"}');
    settings.set('idleMinutes', 30);
    expect(stored()).toEqual({ leftover: 'sign-off', idleMinutes: 30 });
  });

  test.skipIf(process.platform === 'win32')('stands where only its owner may read it', () => {
    const { settings, file } = inFolder();
    settings.set('idleMinutes', 30);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('leaves nothing beside the file', () => {
    const { settings, folder } = inFolder();
    settings.set('idleMinutes', 30);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });
});

describe('a setting that cannot be changed', () => {
  test.each([
    ['idleMinutes', 0],
    ['idleMinutes', 481],
    ['idleMinutes', '30'],
    ['receiptDays', 6],
    ['appearance', 'pink'],
    ['startAtLogin', 1],
    ['startAtLogin', undefined],
  ] as const)('for what it would be (%s: %j) stays as it was', (name, value) => {
    const { settings } = inFolder();
    const before = settings.values();
    expect(settings.set(name, value)).toBe('out-of-bounds');
    expect(settings.values()).toEqual(before);
  });

  test('for what it would be is written nowhere', () => {
    const { settings, file } = inFolder();
    settings.set('idleMinutes', 0);
    expect(existsSync(file)).toBe(false);
  });

  test('for what it would be is told to nobody', () => {
    const { settings, changed } = inFolder();
    settings.set('idleMinutes', 0);
    expect(changed).toEqual([]);
  });

  test('because IT manages it stays as it is', () => {
    const { settings } = inFolder({ managed: { idleMinutes: 5 } });
    expect(settings.set('idleMinutes', 30)).toBe('managed');
    expect(settings.values().idleMinutes).toBe(5);
  });

  test('because the file cannot be written stays as it was', () => {
    const { settings, file, changed } = inFolder();
    mkdirSync(file);
    expect(settings.set('idleMinutes', 30)).toBe('not-saved');
    expect(settings.values().idleMinutes).toBe(15);
    expect(changed).toEqual([]);
  });

  test('because the file cannot be written has its reason reported', () => {
    const { settings, file, writeFaults } = inFolder();
    mkdirSync(file);
    settings.set('idleMinutes', 30);
    expect(writeFaults).toHaveLength(1);
  });

  test('because its place is taken leaves nothing beside the file', () => {
    const { settings, file, folder } = inFolder();
    mkdirSync(path.join(file, 'in the way'), { recursive: true });
    settings.set('idleMinutes', 30);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  test.skipIf(process.platform === 'win32')(
    'because the folder is read-only stays as it was',
    () => {
      const { settings, folder } = inFolder();
      giveToOrdinaryUser(folder);
      chmodSync(folder, 0o500);
      expect(asOrdinaryUser(() => settings.set('idleMinutes', 30))).toBe('not-saved');
      chmodSync(folder, 0o700);
    },
  );
});

describe('what IT manages', () => {
  test('counts before the file', () => {
    const { settings } = inFolder({
      content: '{"leftover": "resume"}',
      managed: { leftover: 'sign-off' },
    });
    expect(settings.values().leftover).toBe('sign-off');
  });

  test('is named', () => {
    const managed = { leftover: 'sign-off', idleMinutes: 5 } as const;
    expect(inFolder({ managed }).settings.managed()).toEqual(['leftover', 'idleMinutes']);
  });

  test('is nothing where nothing is said', () => {
    expect(inFolder().settings.managed()).toEqual([]);
  });

  test('is not told to the window where it is IT’s alone', () => {
    expect(inFolder({ managed: { proxy: 'direct' } }).settings.managed()).toEqual([]);
  });

  test.each(NAMES.filter((name) => !AGENTS.some((agents) => agents === name)))(
    'cannot be changed where it is IT’s alone, also while no policy sets it (%s)',
    (name) => {
      const { settings, file } = inFolder();
      const before = settings.values();
      expect(settings.set(name, before[name])).toBe('managed');
      expect(existsSync(file)).toBe(false);
    },
  );
});

describe('a policy that changes meanwhile', () => {
  test('counts at once', () => {
    const { settings, changePolicy } = inFolder();
    changePolicy({ machine: { idleMinutes: 5, quitBudgetSeconds: 9 } });
    expect(settings.values()).toMatchObject({ idleMinutes: 5, quitBudgetSeconds: 9 });
    expect(settings.managed()).toEqual(['idleMinutes']);
  });

  test('gives back to the agent what they had set', () => {
    const { settings, changePolicy } = inFolder({ managed: { idleMinutes: 5 } });
    changePolicy({ machine: {} });
    settings.set('idleMinutes', 30);
    changePolicy({ user: { idleMinutes: 7 } });
    changePolicy({ user: {} });
    expect({ now: settings.values().idleMinutes, managed: settings.managed() }).toEqual({
      now: 30,
      managed: [],
    });
  });

  test('is told of by the settings that changed, after they count', () => {
    const { settings, changePolicy } = inFolder();
    const seen: unknown[] = [];
    settings.onChange((name) => seen.push([name, settings.values()[name]]));
    changePolicy({ machine: { logLevel: 'debug', idleMinutes: 5, notifyHandIns: true } });
    expect(seen).toEqual([
      ['notifyHandIns', true],
      ['idleMinutes', 5],
      ['logLevel', 'debug'],
    ]);
  });

  test('that says the same is told to nobody', () => {
    const { changed, changePolicy } = inFolder({ managed: { idleMinutes: 5 } });
    changePolicy({ machine: { idleMinutes: 5 } });
    expect(changed).toEqual([]);
  });
});

describe('a file that says nothing', () => {
  test.each(['', '{"leftover": ', '[]', 'null'])(
    '(%j) is kept apart when one is set',
    (content) => {
      const { settings, folder } = inFolder({ content });
      settings.set('idleMinutes', 30);
      expect(readFileSync(path.join(folder, 'settings.unreadable.json'), 'utf8')).toBe(content);
    },
  );

  test('has what is set take its place', () => {
    const { settings, stored } = inFolder({ content: 'leftover: ask' });
    settings.set('idleMinutes', 30);
    expect(stored()).toEqual({ idleMinutes: 30 });
  });

  test('is reported when it is read', () => {
    expect(inFolder({ content: 'leftover: ask' }).problems).toHaveLength(1);
  });
});

describe('whatever is set', () => {
  const value = fc.oneof(
    fc.anything(),
    fc.boolean(),
    fc.integer({ min: -1, max: 4000 }),
    fc.constantFrom('system', 'light', 'ask', 'resume', 'de', 'pt-BR'),
  );
  const steps = fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 8 });
  const runs = { numRuns: 300 };

  test('never throws, and the next start reads what counts now', () => {
    fc.assert(
      fc.property(steps, (changes) => {
        const { settings, file } = inFolder();
        for (const [name, wanted] of changes) settings.set(name, wanted);
        const { values, problems } = loadSettings(file);
        expect({ values: settingsSchema.parse(values), problems }).toEqual({
          values: settings.values(),
          problems: [],
        });
      }),
      runs,
    );
  });

  test('is either taken as it is or changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), value, (name, wanted) => {
        const { settings } = inFolder();
        const before = settings.values();
        const problem = settings.set(name, wanted);
        expect(settings.values()).toEqual(
          problem === null ? { ...before, [name]: wanted } : before,
        );
      }),
      runs,
    );
  });
});

describe('the start at login', () => {
  const everywhere = { desktop: {}, installation: { startAtLogin: true } };
  const switchedOff = { ...everywhere, desktop: { startAtLogin: false } };
  const counts = ({ settings }: ReturnType<typeof inFolder>) => [
    settings.values().startAtLogin,
    settings.sourceOf('startAtLogin'),
  ];

  test('is on where Signoff is installed for everybody, until somebody says no', () => {
    const installed = inFolder({ startAtLogin: everywhere });
    expect(counts(installed)).toEqual([true, 'installation']);
    installed.settings.set('startAtLogin', false);
    expect(counts(installed)).toEqual([false, 'agent']);
  });

  test('is off where the desktop says so, whatever the agent has said before', () => {
    const content = '{"startAtLogin":true}';
    expect(counts(inFolder({ content, startAtLogin: switchedOff }))).toEqual([false, 'desktop']);
  });

  test('is on again once the agent says so to Signoff', () => {
    const off = inFolder({ startAtLogin: switchedOff });
    off.settings.set('startAtLogin', true);
    expect(counts(off)).toEqual([true, 'agent']);
    expect(off.changed).toEqual(['startAtLogin']);
  });

  test('is as the desktop has it while the agent changes something else', () => {
    const off = inFolder({ startAtLogin: switchedOff });
    off.settings.set('idleMinutes', 30);
    expect(counts(off)).toEqual([false, 'desktop']);
  });

  test('is as the desktop has it, also where that is heard later', () => {
    const late = inFolder({ content: '{"startAtLogin":true}' });
    late.settings.desktopSays({ startAtLogin: false });
    expect(counts(late)).toEqual([false, 'desktop']);
    expect(late.changed).toEqual(['startAtLogin']);
  });

  test('is as IT has it, whatever the desktop says', () => {
    const managed = inFolder({ managed: { startAtLogin: true }, startAtLogin: switchedOff });
    expect(counts(managed)).toEqual([true, 'machine policy']);
  });
});
