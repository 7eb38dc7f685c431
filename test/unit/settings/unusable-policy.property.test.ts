import { describe, expect, test } from 'vitest';
import { METADATA, type SettingMetadata } from '../../../main/settings/metadata.ts';
import { readAgentValues, readValues, type Values } from '../../../main/settings/read-values.ts';
import { reportSettings } from '../../../main/settings/report.ts';
import { resolve, sourceOf } from '../../../main/settings/resolve.ts';
import fc from '../../support/property.ts';

const SETTINGS = [...METADATA.values()];
const RESTRICTING = SETTINGS.filter(({ fallback }) => fallback !== null);
const OTHERS = SETTINGS.filter(({ fallback }) => fallback === null);

const NOBODY: Values = {};
/** As open as a user's policy, and the agent, can have it. */
const OPEN: Values = {
  leftover: 'resume',
  browserHandIn: true,
  browserOrigins: ['https://console.example.com'],
  allowedServers: ['*'],
  sessionsFrom: 'both',
  mayRememberPassword: true,
  mayQuitHolding: true,
  extraCaCertificates: '/etc/ssl/other.pem',
  updateFeed: 'https://updates.example.com',
  updateChannel: 'beta',
  telemetryEndpoint: 'https://otel.example.com',
};

/** What JSON, and the registry, can have in a setting's place that is of no use to it as a whole. */
const unusableFor = ({ schema, kind }: SettingMetadata): fc.Arbitrary<unknown> =>
  fc
    .oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(null, '', 'yes', 'https://a.example', 0, 1, 2, -1, 1e9, {}, [[]]),
      fc.array(fc.constant('https://a.example'), { minLength: 101, maxLength: 110 }),
      fc.string({ minLength: 513, maxLength: 600 }),
    )
    .filter((value) => !schema.safeParse(value).success)
    .filter((value) => kind.type !== 'list' || !Array.isArray(value) || value.length > kind.most);

/** A setting with a value that is of no use to it. */
const slip = (settings: readonly SettingMetadata[]) =>
  fc
    .constantFrom(...settings)
    .chain((setting) => fc.record({ setting: fc.constant(setting), value: unusableFor(setting) }));
const runs = { numRuns: 2_000 };
/** Of the start at login. */
const NOTHING_SAID = { desktop: {}, installation: {} };

test('the strictest that a setting can be is one of its values', () => {
  expect(RESTRICTING.filter(({ schema, fallback }) => !schema.safeParse(fallback).success)).toEqual(
    [],
  );
});

test('what restricts is known here', () => {
  expect(RESTRICTING.map(({ name }) => name)).toEqual(Object.keys(OPEN));
});

describe('of a setting that restricts, a value of the policy that cannot be used', () => {
  test('leaves the strictest, whatever the sources after it say', () => {
    fc.assert(
      fc.property(
        slip(RESTRICTING),
        fc.constantFrom(NOBODY, OPEN),
        fc.constantFrom('machine', 'user'),
        ({ setting, value }, others, level) => {
          const { values } = readValues({ [setting.name]: value });
          const levels = {
            machine: {},
            user: others,
            agent: others,
            ...NOTHING_SAID,
            [level]: values,
          };
          expect(resolve(levels)[setting.name]).toEqual(setting.fallback);
          expect(sourceOf(setting.name, levels)).toBe(`${level} policy`);
        },
      ),
      runs,
    );
  });

  test('is told of, with what counts instead', () => {
    fc.assert(
      fc.property(slip(RESTRICTING), ({ setting, value }) => {
        const { problems } = readValues({ [setting.name]: value });
        expect(problems).toHaveLength(1);
        expect(problems[0]).toMatch(new RegExp(`^${setting.name}(\\[\\d+\\])*: must be `));
        const instead = JSON.stringify(setting.fallback);
        expect(problems[0]?.endsWith(`; ${instead} counts instead`)).toBe(true);
      }),
      runs,
    );
  });

  test('is reported as the policy’s, beside its problem', () => {
    const machine = readValues({ allowedServers: 'https://a.example' });
    const report = reportSettings(
      {
        levels: () => ({ machine: machine.values, user: {}, agent: {}, ...NOTHING_SAID }),
        problems: () => [],
      },
      {
        problems: () =>
          machine.problems.map((problem) => ({ source: 'machine policy' as const, problem })),
      },
    );
    expect(report.settings.find(({ name }) => name === 'allowedServers')).toEqual({
      name: 'allowedServers',
      value: [],
      source: 'machine policy',
    });
    expect(report.problems).toEqual([
      {
        source: 'machine policy',
        problem: 'allowedServers: must be a list of at most 100 texts; [] counts instead',
      },
    ]);
  });

  test('that the agent’s own file has is passed over, as any', () => {
    fc.assert(
      fc.property(
        slip(RESTRICTING.filter(({ isAgentSetting }) => isAgentSetting)),
        ({ setting, value }) => {
          expect(readAgentValues({ [setting.name]: value }).values).toEqual({});
        },
      ),
      runs,
    );
  });
});

test('a list that restricts never gains by entries that cannot be used', () => {
  const patterns = fc.constantFrom<unknown>('https://a.example', 'https://*.b.example', '*');
  const bad = fc.constantFrom<unknown>('a.example', 'http://b.example', '', 7, null, [], {});
  fc.assert(
    fc.property(fc.array(fc.oneof(patterns, bad), { maxLength: 120 }), (allowedServers) => {
      const { values } = readValues({ allowedServers });
      const good = allowedServers.filter(
        (entry) => readValues({ allowedServers: [entry] }).problems.length === 0,
      );
      expect(values.allowedServers).toEqual(allowedServers.length > 100 ? [] : good);
    }),
    runs,
  );
});

test('of every other setting, the next source counts', () => {
  fc.assert(
    fc.property(slip(OTHERS), ({ setting, value }) => {
      const { values, problems } = readValues({ [setting.name]: value });
      expect(values).toEqual({});
      expect(problems).toEqual([expect.not.stringContaining('instead')]);
    }),
    runs,
  );
});
