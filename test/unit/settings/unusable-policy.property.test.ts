import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FACTS, type SettingFacts } from '../../../main/settings/facts.ts';
import { readAgentValues, readValues, type Values } from '../../../main/settings/read-values.ts';
import { reportSettings } from '../../../main/settings/report.ts';
import { resolve, sourceOf } from '../../../main/settings/resolve.ts';

const SETTINGS = [...FACTS.values()];
const RESTRICTING = SETTINGS.filter(({ whenUnusable }) => whenUnusable !== null);
const OTHERS = SETTINGS.filter(({ whenUnusable }) => whenUnusable === null);

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
const unusableFor = ({ schema, kind }: SettingFacts): fc.Arbitrary<unknown> =>
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
const slip = (settings: readonly SettingFacts[]) =>
  fc
    .constantFrom(...settings)
    .chain((facts) => fc.record({ facts: fc.constant(facts), value: unusableFor(facts) }));
const runs = { seed: 20_261_125, numRuns: 2_000 };

test('the strictest that a setting can be is one of its values', () => {
  expect(
    RESTRICTING.filter(({ schema, whenUnusable }) => !schema.safeParse(whenUnusable).success),
  ).toEqual([]);
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
        ({ facts, value }, others, level) => {
          const { values } = readValues({ [facts.name]: value });
          const levels = { machine: {}, user: others, agent: others, [level]: values };
          expect(resolve(levels)[facts.name]).toEqual(facts.whenUnusable);
          expect(sourceOf(facts.name, levels)).toBe(`${level} policy`);
        },
      ),
      runs,
    );
  });

  test('is told of, with what counts instead', () => {
    fc.assert(
      fc.property(slip(RESTRICTING), ({ facts, value }) => {
        const { problems } = readValues({ [facts.name]: value });
        expect(problems).toHaveLength(1);
        expect(problems[0]).toMatch(new RegExp(`^${facts.name}(\\[\\d+\\])*: must be `));
        const instead = JSON.stringify(facts.whenUnusable);
        expect(problems[0]?.endsWith(`; ${instead} counts instead`)).toBe(true);
      }),
      runs,
    );
  });

  test('is reported as the policy’s, beside its problem', () => {
    const machine = readValues({ allowedServers: 'https://a.example' });
    const report = reportSettings(
      { levels: () => ({ machine: machine.values, user: {}, agent: {} }), problems: () => [] },
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
      fc.property(slip(RESTRICTING.filter(({ isAgents }) => isAgents)), ({ facts, value }) => {
        expect(readAgentValues({ [facts.name]: value }).values).toEqual({});
      }),
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
    fc.property(slip(OTHERS), ({ facts, value }) => {
      const { values, problems } = readValues({ [facts.name]: value });
      expect(values).toEqual({});
      expect(problems).toEqual([expect.not.stringContaining('instead')]);
    }),
    runs,
  );
});
