import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadSettings, readSettings } from '../../../main/settings/settings.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const DEFAULTS = {
  leftover: 'ask',
  signOffOnSuspend: false,
  signOffOnLock: false,
  signOffOnIdle: false,
  idleMinutes: 15,
};
const ALL_SET = {
  leftover: 'resume',
  signOffOnSuspend: true,
  signOffOnLock: true,
  signOffOnIdle: true,
  idleMinutes: 3,
};

const GOOD: readonly [name: string, value: unknown][] = [
  ['leftover', 'ask'],
  ['leftover', 'sign-off'],
  ['leftover', 'resume'],
  ['signOffOnSuspend', true],
  ['signOffOnLock', true],
  ['signOffOnIdle', true],
  ['idleMinutes', 1],
  ['idleMinutes', 480],
];

const switches = ['signOffOnSuspend', 'signOffOnLock', 'signOffOnIdle'];
const BAD: readonly [name: string, value: unknown][] = [
  ...['', 'ASK', 'never', null, true, 0, {}, ['ask']].map((value): [string, unknown] => [
    'leftover',
    value,
  ]),
  ...switches.flatMap((name) =>
    ['true', '', 1, 0, null, [], {}].map((value): [string, unknown] => [name, value]),
  ),
  ...[0, -1, 481, 1.5, '15', null, true, 1e300, [15], {}].map((value): [string, unknown] => [
    'idleMinutes',
    value,
  ]),
];

/** What parsing this text gives: the only way to a name such as `__proto__`. */
const parsed = (text: string): unknown => JSON.parse(text);

describe('settings', () => {
  test('that say nothing are the defaults, without a problem', () => {
    expect(readSettings({})).toEqual({ settings: DEFAULTS, problems: [] });
  });

  test('that say everything are taken, without a problem', () => {
    expect(readSettings(ALL_SET)).toEqual({ settings: ALL_SET, problems: [] });
  });

  test.each(GOOD)('take %s: %j, and leave all else as it is', (name, value) => {
    expect(readSettings({ [name]: value })).toEqual({
      settings: { ...DEFAULTS, [name]: value },
      problems: [],
    });
  });

  test.each(BAD)('name %s: %j as what could not be taken', (name, value) => {
    expect(readSettings({ [name]: value }).problems).toEqual([
      expect.stringMatching(new RegExp(`^${name}: .+`)),
    ]);
  });

  test.each(BAD)('pass over %s: %j by itself', (name, value) => {
    expect(readSettings({ ...ALL_SET, [name]: value }).settings).toEqual({
      ...ALL_SET,
      [name]: DEFAULTS[name as keyof typeof DEFAULTS],
    });
  });

  test('name every problem, in their order', () => {
    const { problems } = readSettings({ idleMinutes: 0, nonsense: 1, leftover: 'x' });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'idleMinutes',
      'nonsense',
      'leftover',
    ]);
  });
});

describe('a name that no setting has', () => {
  const NAMES = ['idleMinute', 'Leftover', 'leftover ', '', 'toString', 'constructor', 'valueOf'];

  test.each([...NAMES, 'hasOwnProperty', '__proto__', '__defineGetter__'])(
    'is named (%j)',
    (name) => {
      const { problems } = readSettings(parsed(`{${JSON.stringify(name)}: {}}`));
      expect(problems).toEqual([`${name}: there is no such setting`]);
    },
  );

  test.each([...NAMES, '__proto__'])('leaves all else as it is (%j)', (name) => {
    const text = `{${JSON.stringify(name)}: {"leftover": "sign-off"}, "idleMinutes": 3}`;
    expect(readSettings(parsed(text)).settings).toEqual({ ...DEFAULTS, idleMinutes: 3 });
  });

  test('brings nothing in by way of a prototype', () => {
    const settings = readSettings(parsed('{"__proto__": {"polluted": true}}')).settings;
    expect('polluted' in settings || 'polluted' in {}).toBe(false);
  });
});

test.each([null, undefined, true, 15, 'ask', [], [{ leftover: 'resume' }]])(
  'what is not an object (%j) leaves the defaults, and is said',
  (input) => {
    expect(readSettings(input)).toEqual({
      settings: DEFAULTS,
      problems: ['The settings are not a JSON object.'],
    });
  },
);

describe('whatever there is in JSON', () => {
  const someSetting = fc.constantFrom(...Object.keys(DEFAULTS), '__proto__', 'toString');
  const json = fc.oneof(
    fc.jsonValue(),
    fc
      .array(fc.tuple(fc.oneof(someSetting, fc.string()), fc.jsonValue()))
      // The one way to an object with a name such as `__proto__` of its own.
      .map((entries) =>
        parsed(
          `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(',')}}`,
        ),
      ),
  );
  const settings = fc.record(
    {
      leftover: fc.constantFrom('ask', 'sign-off', 'resume'),
      signOffOnSuspend: fc.boolean(),
      signOffOnLock: fc.boolean(),
      signOffOnIdle: fc.boolean(),
      idleMinutes: fc.integer({ min: 1, max: 480 }),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  const runs = { seed: 20_260_701, numRuns: 1_000 };

  test('settings come of it that are good', () => {
    fc.assert(
      fc.property(json, (input) => {
        const { settings: read } = readSettings(input);
        expect(readSettings(read)).toEqual({ settings: read, problems: [] });
      }),
      runs,
    );
  });

  test('good settings are taken as they are', () => {
    fc.assert(
      fc.property(settings, (input) => {
        expect(readSettings(input)).toEqual({ settings: { ...DEFAULTS, ...input }, problems: [] });
      }),
      runs,
    );
  });

  test('a problem is told for each name that was not taken, and for no other', () => {
    fc.assert(
      fc.property(json, (input) => {
        fc.pre(typeof input === 'object' && input !== null && !Array.isArray(input));
        const { settings: read, problems } = readSettings(input);
        const taken = Object.entries(input).filter(
          ([name, value]) => Object.hasOwn(read, name) && read[name as keyof typeof read] === value,
        );
        expect(problems).toHaveLength(Object.keys(input).length - taken.length);
      }),
      runs,
    );
  });
});

describe('the settings file', () => {
  function fileWith(content: string | Buffer): string {
    const file = path.join(tempFolder(), 'settings.json');
    writeFileSync(file, content);
    return file;
  }

  test('is read', () => {
    expect(loadSettings(fileWith(JSON.stringify(ALL_SET)))).toEqual({
      settings: ALL_SET,
      problems: [],
    });
  });

  test('that is not there leaves the defaults, which is no problem', () => {
    expect(loadSettings(path.join(tempFolder(), 'settings.json'))).toEqual({
      settings: DEFAULTS,
      problems: [],
    });
  });

  test('whose folder is not there leaves the defaults, which is no problem', () => {
    expect(loadSettings(path.join(tempFolder(), 'no', 'settings.json'))).toEqual({
      settings: DEFAULTS,
      problems: [],
    });
  });

  test('that cannot be read leaves the defaults, and says so', () => {
    const folder = path.join(tempFolder(), 'settings.json');
    mkdirSync(folder);
    expect(loadSettings(folder)).toEqual({
      settings: DEFAULTS,
      problems: ['The settings file could not be read; every setting has its default.'],
    });
  });

  test.each([
    { what: 'empty', content: '' },
    { what: 'cut off', content: '{"leftover": "sign-off"' },
    { what: 'commented', content: '{} // nothing yet' },
    { what: 'another format', content: 'leftover: sign-off' },
    { what: 'not text', content: Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]) },
    { what: 'zeros', content: '\0'.repeat(100) },
  ])('that is no JSON ($what) leaves the defaults, and says so', ({ content }) => {
    expect(loadSettings(fileWith(content))).toEqual({
      settings: DEFAULTS,
      problems: ['The settings file is not valid JSON; every setting has its default.'],
    });
  });

  test('that is JSON, but no object, leaves the defaults, and says so', () => {
    expect(loadSettings(fileWith('[]'))).toEqual({
      settings: DEFAULTS,
      problems: ['The settings are not a JSON object.'],
    });
  });

  test('may begin with the mark that Windows’ editors put there', () => {
    expect(loadSettings(fileWith(`\uFEFF${JSON.stringify(ALL_SET)}`))).toEqual({
      settings: ALL_SET,
      problems: [],
    });
  });

  test('with one bad value keeps all others', () => {
    const content = JSON.stringify({ ...ALL_SET, idleMinutes: 'often' });
    expect(loadSettings(fileWith(content)).settings).toEqual({ ...ALL_SET, idleMinutes: 15 });
  });

  test('of whatever content never keeps the app from starting', () => {
    const file = fileWith('');
    const content = fc.oneof(fc.uint8Array(), fc.string(), fc.json());
    fc.assert(
      fc.property(content, (bytes) => {
        writeFileSync(file, bytes);
        expect(Object.keys(loadSettings(file).settings)).toHaveLength(5);
      }),
      { seed: 20_260_701, numRuns: 300 },
    );
  });
});
