import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAgentValues, readValues } from '../../../main/settings/read-values.ts';
import { LANGUAGES, settingsSchema } from '../../../main/settings/schema.ts';
import { loadSettings } from '../../../main/settings/settings.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const DEFAULTS = settingsSchema.parse({});
const ALL_SET = {
  startAtLogin: true,
  notifyOutcomes: false,
  notifyHandIns: false,
  appearance: 'dark',
  language: 'pt-BR',
  receiptDays: 365,
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
  ['receiptDays', 7],
  ['receiptDays', 3650],
  ['appearance', 'light'],
  ...LANGUAGES.map((language): [string, unknown] => ['language', language]),
];

const switches = [
  'startAtLogin',
  'notifyOutcomes',
  'notifyHandIns',
  'signOffOnSuspend',
  'signOffOnLock',
  'signOffOnIdle',
];
const BAD: readonly [name: string, value: unknown][] = [
  ...['', 'ASK', 'never', null, true, 0, {}, ['ask']].map((value): [string, unknown] => [
    'leftover',
    value,
  ]),
  ...switches.flatMap((name) =>
    ['true', '', 1, 0, null, [], {}].map((value): [string, unknown] => [name, value]),
  ),
  ...[6, 3651, 30.5, '90', null].map((value): [string, unknown] => ['receiptDays', value]),
  ...['', 'pt', 'EN', null].map((value): [string, unknown] => ['language', value]),
  ...[0, -1, 481, 1.5, '15', null, true, 1e300, [15], {}].map((value): [string, unknown] => [
    'idleMinutes',
    value,
  ]),
];

/** What IT alone may set, and what it cannot be. */
const FOR_IT: readonly [name: string, good: readonly unknown[], bad: readonly unknown[]][] = [
  ['allowedServers', [[], ['*'], ['https://*.example.com', 'https://chat.example.org']], ['*', {}]],
  [
    'defaultServer',
    ['', 'https://chat.example.com', 'http://127.0.0.1:8080', 'https://chat.example.com:8443/'],
    ['chat.example.com', 'http://chat.example.com', 'https://a@b.example', 'https://a.example/x'],
  ],
  ['defaultSite', ['', 'day001_221100_sql_001h'], ['.', '..', ' a', 'a\n', '\uD800']],
  ['defaultPool', ['', '297:1'], ['297 1', 'é']],
  ['quitBudgetSeconds', [1, 5, 10], [0, 11, 1.5, '5']],
  ['shutdownBudgetSeconds', [1, 30], [0, 31]],
  ['signalBudgetSeconds', [1, 60], [0, 61]],
  ['suspendBudgetSeconds', [1, 30], [0, 31]],
  ['askedBudgetSeconds', [1, 60], [0, 61]],
  ['leftoverBudgetSeconds', [5, 300], [4, 301]],
  ['mayQuitHolding', [true, false], ['false', 0]],
  [
    'proxy',
    [
      'system',
      'direct',
      'http://proxy.example.com:8080',
      'http://[::1]:3128',
      'http://u:p%40@proxy.example.com:8080',
    ],
    [
      '',
      'none',
      'proxy:8080',
      'http://proxy.example.com',
      'http://u@proxy.example.com:8080',
      'http://proxy.example.com:99999',
      'http://10.0.0.256:80',
    ],
  ],
  [
    'extraCaCertificates',
    ['', '/etc/ssl/ca.pem', 'C:\\ca.pem', '\\\\files\\ca.pem'],
    ['ca.pem', '~/ca.pem'],
  ],
  ['clientCertificate', ['', '/etc/ssl/own.pem'], ['own.pem', 1]],
  ['logLevel', ['error', 'warn', 'info', 'debug'], ['trace', '']],
  ['logFolder', ['', '/var/log/signoff', 'D:/logs'], ['logs', '../logs']],
  [
    'updateFeed',
    ['', 'https://updates.example.com/signoff', 'http://localhost:8080/'],
    ['http://updates.example.com', 'ftp://updates.example.com', 'https://u:p@updates.example.com'],
  ],
  ['updateChannel', ['latest', 'beta'], ['alpha', '']],
  [
    'telemetryEndpoint',
    ['', 'https://otel.example.com:4318', 'http://collector:4318'],
    ['otel.example.com', 'grpc://otel.example.com', 'https://key@otel.example.com'],
  ],
];
const GOOD_FOR_IT = FOR_IT.flatMap(([name, good]) => good.map((value) => ({ name, value })));
const BAD_FOR_IT = FOR_IT.flatMap(([name, , bad]) => bad.map((value) => ({ name, value })));

/** What parsing this text gives: the only way to a name such as `__proto__`. */
const parsed = (text: string): unknown => JSON.parse(text);

describe('settings', () => {
  test('that say nothing name nothing, without a problem', () => {
    expect(readAgentValues({})).toEqual({ values: {}, problems: [] });
  });

  test('that say everything are taken, without a problem', () => {
    expect(readAgentValues(ALL_SET)).toEqual({ values: ALL_SET, problems: [] });
  });

  test.each(GOOD)('take %s: %j, and name nothing else', (name, value) => {
    expect(readAgentValues({ [name]: value })).toEqual({ values: { [name]: value }, problems: [] });
  });

  test.each(BAD)('name %s: %j as what could not be taken', (name, value) => {
    expect(readAgentValues({ [name]: value }).problems).toEqual([
      expect.stringMatching(new RegExp(`^${name}: .+`)),
    ]);
  });

  test.each(BAD)('pass over %s: %j by itself', (name, value) => {
    const { [name]: _, ...others } = ALL_SET as Record<string, unknown>;
    expect(readAgentValues({ ...ALL_SET, [name]: value }).values).toEqual(others);
  });

  test('name every problem, in their order', () => {
    const { problems } = readAgentValues({ idleMinutes: 0, nonsense: 1, leftover: 'x' });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'idleMinutes',
      'nonsense',
      'leftover',
    ]);
  });
});

describe('what IT alone may set', () => {
  test.each(GOOD_FOR_IT)('is taken from a policy ($name: $value)', ({ name, value }) => {
    expect(readValues({ [name]: value })).toEqual({ values: { [name]: value }, problems: [] });
  });

  test.each(BAD_FOR_IT)(
    'is passed over where it is not right ($name: $value)',
    ({ name, value }) => {
      expect(readValues({ [name]: value, leftover: 'ask' })).toEqual({
        values: { leftover: 'ask' },
        problems: [expect.stringMatching(new RegExp(`^${name}: must be .+`))],
      });
    },
  );

  test.each(GOOD_FOR_IT)(
    'is not taken from the agent’s file ($name: $value)',
    ({ name, value }) => {
      expect(readAgentValues({ [name]: value, leftover: 'ask' })).toEqual({
        values: { leftover: 'ask' },
        problems: [`${name}: only IT can set it, by policy`],
      });
    },
  );

  test('is all that there is in these tests', () => {
    expect([...Object.keys(ALL_SET), ...FOR_IT.map(([name]) => name)]).toEqual(
      Object.keys(DEFAULTS),
    );
  });

  test('loses those servers of a list that are not right, one by one', () => {
    const allowedServers = ['https://a.example', 'b.example', 7, 'https://*.example.com'];
    expect(readValues({ allowedServers })).toEqual({
      values: { allowedServers: ['https://a.example', 'https://*.example.com'] },
      problems: [
        expect.stringMatching(/^allowedServers\[1\]: must be "https:/),
        'allowedServers[2]: must be text',
      ],
    });
  });

  test('allows no server where none of the list is right', () => {
    expect(readValues({ allowedServers: ['b.example'] }).values).toEqual({ allowedServers: [] });
  });
});

describe('a name that no setting has', () => {
  const NAMES = ['idleMinute', 'Leftover', 'leftover ', '', 'toString', 'constructor', 'valueOf'];

  test.each([...NAMES, 'hasOwnProperty', '__proto__', '__defineGetter__'])(
    'is named (%j)',
    (name) => {
      const { problems } = readAgentValues(parsed(`{${JSON.stringify(name)}: {}}`));
      expect(problems).toEqual([`${name}: there is no such setting`]);
    },
  );

  test.each([...NAMES, '__proto__'])('leaves all else as it is (%j)', (name) => {
    const text = `{${JSON.stringify(name)}: {"leftover": "sign-off"}, "idleMinutes": 3}`;
    expect(readAgentValues(parsed(text)).values).toEqual({ idleMinutes: 3 });
  });

  test('brings nothing in by way of a prototype', () => {
    const settings = readAgentValues(parsed('{"__proto__": {"polluted": true}}')).values;
    expect('polluted' in settings || 'polluted' in {}).toBe(false);
  });
});

test.each([null, undefined, true, 15, 'ask', [], [{ leftover: 'resume' }]])(
  'what is not an object (%j) names nothing, and is said',
  (input) => {
    expect(readAgentValues(input)).toEqual({
      values: {},
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
      startAtLogin: fc.boolean(),
      notifyOutcomes: fc.boolean(),
      notifyHandIns: fc.boolean(),
      appearance: fc.constantFrom('system', 'light', 'dark'),
      language: fc.constantFrom('system', ...LANGUAGES),
      receiptDays: fc.integer({ min: 7, max: 3650 }),
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
        const { values } = readAgentValues(input);
        expect(readAgentValues(values)).toEqual({ values, problems: [] });
      }),
      runs,
    );
  });

  test('good settings are taken as they are', () => {
    fc.assert(
      fc.property(settings, (input) => {
        expect(readAgentValues(input)).toEqual({ values: input, problems: [] });
      }),
      runs,
    );
  });

  test('a problem is told for each name that was not taken, and for no other', () => {
    fc.assert(
      fc.property(json, (input) => {
        fc.pre(typeof input === 'object' && input !== null && !Array.isArray(input));
        const { values: read, problems } = readAgentValues(input);
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
      values: ALL_SET,
      problems: [],
    });
  });

  test('that is not there names nothing, which is no problem', () => {
    expect(loadSettings(path.join(tempFolder(), 'settings.json'))).toEqual({
      values: {},
      problems: [],
    });
  });

  test('whose folder is not there names nothing, which is no problem', () => {
    expect(loadSettings(path.join(tempFolder(), 'no', 'settings.json'))).toEqual({
      values: {},
      problems: [],
    });
  });

  test('that cannot be read names nothing, and says so', () => {
    const folder = path.join(tempFolder(), 'settings.json');
    mkdirSync(folder);
    expect(loadSettings(folder)).toEqual({
      values: {},
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
  ])('that is no JSON ($what) names nothing, and says so', ({ content }) => {
    expect(loadSettings(fileWith(content))).toEqual({
      values: {},
      problems: ['The settings file is not valid JSON; every setting has its default.'],
    });
  });

  test('that is JSON, but no object, names nothing, and says so', () => {
    expect(loadSettings(fileWith('[]'))).toEqual({
      values: {},
      problems: ['The settings are not a JSON object.'],
    });
  });

  test('may begin with the mark that Windows’ editors put there', () => {
    expect(loadSettings(fileWith(`\uFEFF${JSON.stringify(ALL_SET)}`))).toEqual({
      values: ALL_SET,
      problems: [],
    });
  });

  test('with one bad value keeps all others', () => {
    const { idleMinutes: _, ...others } = ALL_SET;
    const content = JSON.stringify({ ...ALL_SET, idleMinutes: 'often' });
    expect(loadSettings(fileWith(content)).values).toEqual(others);
  });

  test('of whatever content never keeps the app from starting', () => {
    const file = fileWith('');
    const content = fc.oneof(fc.uint8Array(), fc.string(), fc.json());
    fc.assert(
      fc.property(content, (bytes) => {
        writeFileSync(file, bytes);
        expect(settingsSchema.parse(loadSettings(file).values)).toBeDefined();
      }),
      { seed: 20_260_701, numRuns: 300 },
    );
  });
});
