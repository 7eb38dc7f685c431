import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { METADATA } from '../../../main/settings/metadata.ts';
import { readAgentValues, readValues } from '../../../main/settings/read-values.ts';
import { LANGUAGES, settingsSchema } from '../../../main/settings/schema.ts';
import { loadSettings } from '../../../main/settings/settings-file.ts';
import fc from '../../support/property.ts';
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
  onSuspend: 'sign-off',
  onLock: 'unavailable',
  onDisconnect: 'nothing',
  onIdle: 'sign-off',
  idleMinutes: 3,
  browserHandIn: true,
  browserOrigins: ['https://console.example.com', 'http://localhost:8080'],
};

const GOOD: readonly [name: string, value: unknown][] = [
  ['leftover', 'ask'],
  ['leftover', 'sign-off'],
  ['leftover', 'resume'],
  ['onDisconnect', 'as-lock'],
  ...['onSuspend', 'onLock', 'onDisconnect', 'onIdle'].flatMap((name) =>
    ['nothing', 'unavailable', 'sign-off'].map((value): [string, unknown] => [name, value]),
  ),
  ['idleMinutes', 1],
  ['idleMinutes', 480],
  ['receiptDays', 7],
  ['receiptDays', 3650],
  ['appearance', 'light'],
  ...LANGUAGES.map((language): [string, unknown] => ['language', language]),
  ['browserOrigins', []],
  ['browserOrigins', ['http://127.0.0.1', 'https://console.example.com:8443']],
  ['browserOrigins', Array.from({ length: 20 }, (_, n) => `https://console-${n}.example.com`)],
];

const switches = ['startAtLogin', 'notifyOutcomes', 'notifyHandIns', 'browserHandIn'];
const BAD: readonly [name: string, value: unknown][] = [
  ...['', 'ASK', 'never', null, true, 0, {}, ['ask']].map((value): [string, unknown] => [
    'leftover',
    value,
  ]),
  ...switches.flatMap((name) =>
    ['true', '', 1, 0, null, [], {}].map((value): [string, unknown] => [name, value]),
  ),
  ['onLock', 'as-lock'],
  ...['onSuspend', 'onLock', 'onDisconnect', 'onIdle'].flatMap((name) =>
    [true, false, 'resume', '', null, ['nothing']].map((value): [string, unknown] => [name, value]),
  ),
  ...[
    'https://console.example.com',
    true,
    null,
    {},
    Array.from({ length: 21 }, (_, n) => `https://console-${n}.example.com`),
  ].map((value): [string, unknown] => ['browserOrigins', value]),
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
  ['sessionsFrom', ['both', 'sign-in', 'hand-in'], ['', 'window', null]],
  [
    'signInSite',
    ['', 'https://support.example.com', 'http://127.0.0.1:8080'],
    ['support.example.com', 'http://support.example.com', 'https://support.example.com/app'],
  ],
  [
    'applicationContext',
    ['S', 'Signoff at Example', 'x'.repeat(40), '"quoted"'],
    ['', ' ', ' Signoff', 'Signoff ', 'Sign\noff', 'Sign\toff', 'é', 'x'.repeat(41), 1],
  ],
  ['mayRememberPassword', [true, false], ['false', 0]],
  ['absentAfterSeconds', [30, 240, 3600], [29, 3601, 240.5, '240']],
  ['availableKinds', [[], ['4 Chats only']], ['4', '4 ']],
  ['unavailableReasons', [[], ['2 Lunch', '0 Zero', '999999999 x']], ['2 Lunch', { 2: 'Lunch' }]],
  ['onChatOffered', ['tell', 'unavailable'], ['nothing', true]],
  ['browserHandInPort', [1024, 47_823, 65_535], [80, 0, 65_536, '47823']],
  [
    'browserHandInToken',
    ['', 'x'.repeat(16), `${'~!'.repeat(99)}xy`],
    ['x'.repeat(15), 'x'.repeat(201), 'x'.repeat(16) + ' ', 'é'.repeat(16), null],
  ],
  ['quitBudgetSeconds', [1, 5, 10], [0, 11, 1.5, '5']],
  ['shutdownBudgetSeconds', [1, 30], [0, 31]],
  ['signalBudgetSeconds', [1, 60], [0, 61]],
  ['suspendBudgetSeconds', [1, 30], [0, 31]],
  ['askedBudgetSeconds', [1, 60], [0, 61]],
  ['leftoverBudgetSeconds', [5, 300], [4, 301]],
  ['leftoverAfterSeconds', [10, 60, 300], [9, 301]],
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
    ['', 'https://otel.example.com:4318', 'http://127.0.0.1:4318'],
    [
      'otel.example.com',
      'http://collector:4318',
      'grpc://otel.example.com',
      'https://key@otel.example.com',
    ],
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

test.each([
  '*',
  'null',
  'https://*.example.com',
  'http://console.example.com',
  'https://console.example.com/app',
  'https://ann@console.example.com',
  'console.example.com',
  'moz-extension://console',
])('a console’s address that is not right is passed over by itself (%j)', (origin) => {
  expect(readAgentValues({ browserOrigins: ['https://a.example', origin] })).toEqual({
    values: { browserOrigins: ['https://a.example'] },
    problems: [expect.stringMatching(/^browserOrigins\[1\]: must be an address such as/)],
  });
});

describe('what IT alone may set', () => {
  test.each(GOOD_FOR_IT)('is taken from a policy ($name: $value)', ({ name, value }) => {
    expect(readValues({ [name]: value })).toEqual({ values: { [name]: value }, problems: [] });
  });

  test.each(BAD_FOR_IT)(
    'is passed over where it is not right, or its strictest counts ($name: $value)',
    ({ name, value }) => {
      const instead = METADATA.get(name)?.fallback ?? null;
      expect(readValues({ [name]: value, leftover: 'ask' })).toEqual({
        values: { leftover: 'ask', ...(instead === null ? {} : { [name]: instead }) },
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

  test.each([
    '2',
    '2 ',
    '2  Lunch',
    '2 Lunch ',
    'Lunch',
    ' 2 Lunch',
    '-2 Lunch',
    '1000000000 Lunch',
    '2 Lu\nnch',
    '2 \u0001',
    `2 ${'x'.repeat(61)}`,
  ])('loses a reason that is not right, by itself (%j)', (reason) => {
    expect(readValues({ unavailableReasons: ['1 Break', reason] })).toEqual({
      values: { unavailableReasons: ['1 Break'] },
      problems: [expect.stringMatching(/^unavailableReasons\[1\]: must be a number and a name/)],
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
      onSuspend: fc.constantFrom('nothing', 'unavailable', 'sign-off'),
      onLock: fc.constantFrom('nothing', 'unavailable', 'sign-off'),
      onDisconnect: fc.constantFrom('as-lock', 'nothing', 'unavailable', 'sign-off'),
      onIdle: fc.constantFrom('nothing', 'unavailable', 'sign-off'),
      idleMinutes: fc.integer({ min: 1, max: 480 }),
      browserHandIn: fc.boolean(),
      browserOrigins: fc.array(fc.constantFrom('https://a.example', 'http://[::1]:8080'), {
        maxLength: 20,
      }),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  const runs = { numRuns: 1_000 };

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

  test('a problem is told for each name and entry that was not taken, and for no other', () => {
    fc.assert(
      fc.property(json, (input) => {
        fc.pre(typeof input === 'object' && input !== null && !Array.isArray(input));
        const { values: read, problems } = readAgentValues(input);
        const lost = Object.entries(input).map(([name, value]) => {
          if (!Object.hasOwn(read, name)) return 1;
          const taken = read[name as keyof typeof read];
          return Array.isArray(value) && Array.isArray(taken) ? value.length - taken.length : 0;
        });
        expect(problems).toHaveLength(lost.reduce((sum, count) => sum + count, 0));
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
      { numRuns: 300 },
    );
  });
});
