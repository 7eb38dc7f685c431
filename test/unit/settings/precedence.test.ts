import { describe, expect, test } from 'vitest';
import type { Values } from '../../../main/settings/read-values.ts';
import { reportSettings } from '../../../main/settings/report.ts';
import { resolve, sourceOf } from '../../../main/settings/resolve.ts';
import { isAgentSetting, settingsSchema } from '../../../main/settings/schema.ts';
import fc from '../../support/property.ts';

const DEFAULTS = settingsSchema.parse({});
const NAMES = settingsSchema.keyof().options;

/** Good values of settings of every form, and of who may set them. */
const values: fc.Arbitrary<Values> = fc.record(
  {
    startAtLogin: fc.boolean(),
    idleMinutes: fc.integer({ min: 1, max: 480 }),
    leftover: fc.constantFrom('ask', 'sign-off', 'resume'),
    language: fc.constantFrom('system', 'de', 'ja'),
    mayQuitHolding: fc.boolean(),
    allowedServers: fc.array(fc.constantFrom('*', 'https://a.example', 'https://*.b.example')),
    proxy: fc.constantFrom('system', 'direct'),
    quitBudgetSeconds: fc.integer({ min: 1, max: 10 }),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const atLogin: fc.Arbitrary<Values> = fc.record(
  { startAtLogin: fc.boolean() },
  { requiredKeys: [], noNullPrototype: true },
);
const levels = fc.record({
  machine: values,
  user: values,
  desktop: atLogin,
  agent: values,
  installation: atLogin,
});
const NOBODY = { machine: {}, user: {}, desktop: {}, agent: {}, installation: {} };
const runs = { numRuns: 1_000 };

describe('of every setting', () => {
  test('the machine’s policy counts before all others', () => {
    fc.assert(
      fc.property(levels, (named) => {
        expect(resolve(named)).toMatchObject(named.machine);
      }),
      runs,
    );
  });

  test('the first counts of machine policy, user policy, desktop, agent, installation and default that names it', () => {
    fc.assert(
      fc.property(levels, (named) => {
        const resolved = resolve(named);
        for (const name of NAMES) {
          const { machine, user, desktop, agent, installation } = named;
          const agents = isAgentSetting(name) ? agent : {};
          const all = [machine, user, desktop, agents, installation, DEFAULTS];
          const first = all.find((level) => name in level);
          expect(resolved[name]).toEqual(first?.[name]);
        }
      }),
      runs,
    );
  });

  test('the source is the one that its value comes from', () => {
    fc.assert(
      fc.property(levels, (named) => {
        const resolved = resolve(named);
        for (const name of NAMES) {
          const { machine, user, ...others } = named;
          const by = {
            'machine policy': machine,
            'user policy': user,
            ...others,
            default: DEFAULTS,
          };
          expect(by[sourceOf(name, named)][name]).toEqual(resolved[name]);
        }
      }),
      runs,
    );
  });

  test('what is IT’s alone never comes from the agent', () => {
    fc.assert(
      fc.property(levels, (named) => {
        const agents = NAMES.filter((name) => sourceOf(name, named) === 'agent');
        expect(agents.every(isAgentSetting)).toBe(true);
      }),
      runs,
    );
  });
});

describe('the report', () => {
  test('has every setting, its value, and where that comes from', () => {
    const named = {
      ...NOBODY,
      machine: { leftover: 'resume', proxy: 'direct' },
      user: { leftover: 'ask', idleMinutes: 7 },
      agent: { idleMinutes: 30, startAtLogin: true },
    } as const;
    const { settings } = reportSettings(
      { levels: () => named, problems: () => [] },
      { problems: () => [] },
    );
    expect(settings.map(({ name }) => name)).toEqual(NAMES);
    expect(settings.filter(({ source }) => source !== 'default')).toEqual([
      { name: 'startAtLogin', value: true, source: 'agent' },
      { name: 'leftover', value: 'resume', source: 'machine policy' },
      { name: 'idleMinutes', value: 7, source: 'user policy' },
      { name: 'proxy', value: 'direct', source: 'machine policy' },
    ]);
  });

  test('has a proxy without its user name and password', () => {
    const proxy = 'http://ann:s3cret@proxy.example.com:8080';
    const { settings } = reportSettings(
      { levels: () => ({ ...NOBODY, machine: { proxy } }), problems: () => [] },
      { problems: () => [] },
    );
    expect(settings.find(({ name }) => name === 'proxy')?.value).toBe(
      'http://…@proxy.example.com:8080',
    );
  });

  test.each([
    { token: '', shown: '' },
    { token: 'not for the eyes', shown: '…' },
  ])('has of a token only whether there is one ($shown)', ({ token, shown }) => {
    const machine = { browserHandInToken: token.replaceAll(' ', '-') };
    const { settings } = reportSettings(
      { levels: () => ({ ...NOBODY, machine }), problems: () => [] },
      { problems: () => [] },
    );
    expect(settings.find(({ name }) => name === 'browserHandInToken')).toEqual({
      name: 'browserHandInToken',
      value: shown,
      source: 'machine policy',
    });
  });

  test('has what could not be taken, by where it stood', () => {
    const { problems } = reportSettings(
      { levels: () => NOBODY, problems: () => ['a: is wrong'] },
      { problems: () => [{ source: 'user policy', problem: 'b: is wrong' }] },
    );
    expect(problems).toEqual([
      { source: 'user policy', problem: 'b: is wrong' },
      { source: 'agent', problem: 'a: is wrong' },
    ]);
  });
});
