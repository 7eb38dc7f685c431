import { describe, expect, test } from 'vitest';
import { createPolicy } from '../../../main/settings/policy/policy.ts';
import type { PlaceReading, PolicyReading } from '../../../main/settings/policy/source.ts';

const says = (content: unknown): PlaceReading => ({ ok: true, content });
const UNREADABLE: PlaceReading = { ok: false, problem: 'The place could not be read' };

/** A policy over a source that says what it is told, with what was logged and how often it changed. */
function policyOf(first: Partial<PolicyReading> = {}) {
  let reading: PolicyReading = { machine: says({}), user: says({}), ...first };
  const logged: string[] = [];
  let watching: (() => void) | null = null;
  let changes = 0;
  const policy = createPolicy({
    source: {
      read: async () => reading,
      watch(onChange) {
        watching = onChange;
        return () => (watching = null);
      },
    },
    onProblem: ({ source, problem }) => logged.push(`${source}: ${problem}`),
  });
  policy.onChange(() => (changes += 1));
  return {
    policy,
    logged,
    changes: () => changes,
    say(next: Partial<PolicyReading>) {
      reading = { ...reading, ...next };
    },
    /** What the system does when it tells of a change. */
    tell: () => watching?.(),
  };
}

describe('a policy', () => {
  test('says nothing before it is read', () => {
    const { policy } = policyOf({ machine: says({ leftover: 'resume' }) });
    expect(policy.levels()).toEqual({ machine: {}, user: {} });
  });

  test('says what machine and user name', async () => {
    const { policy } = policyOf({
      machine: says({ leftover: 'resume' }),
      user: says({ proxy: 'direct' }),
    });
    await policy.refresh();
    expect(policy.levels()).toEqual({ machine: { leftover: 'resume' }, user: { proxy: 'direct' } });
  });

  test('passes over what is not right by itself, and names it', async () => {
    const { policy, logged } = policyOf({
      machine: says({ language: 'nl', idleMinutes: 5 }),
      user: says({ colour: 'red' }),
    });
    await policy.refresh();
    expect(policy.levels().machine).toEqual({ idleMinutes: 5 });
    expect(policy.problems()).toEqual([
      { source: 'machine policy', problem: expect.stringMatching(/^language: must be one of /) },
      { source: 'user policy', problem: 'colour: there is no such setting' },
    ]);
    expect(logged).toHaveLength(2);
  });

  test('that restricts and is not right is as strict as can be, and says so', async () => {
    const { policy } = policyOf({ machine: says({ leftover: 'never' }) });
    await policy.refresh();
    expect(policy.levels().machine).toEqual({ leftover: 'sign-off' });
    expect(policy.problems()).toEqual([
      {
        source: 'machine policy',
        problem: 'leftover: must be one of "ask", "sign-off", "resume"; "sign-off" counts instead',
      },
    ]);
  });

  test('that cannot be read keeps what was read last, and says so', async () => {
    const { policy, say } = policyOf({ machine: says({ leftover: 'resume' }) });
    await policy.refresh();
    say({ machine: UNREADABLE });
    await policy.refresh();
    expect(policy.levels().machine).toEqual({ leftover: 'resume' });
    expect(policy.problems()).toEqual([
      {
        source: 'machine policy',
        problem: 'The place could not be read; what was read last counts.',
      },
    ]);
  });

  test('of the user counts anew though the machine’s cannot be read', async () => {
    const { policy, say } = policyOf();
    await policy.refresh();
    say({ machine: UNREADABLE, user: says({ idleMinutes: 5 }) });
    await policy.refresh();
    expect(policy.levels().user).toEqual({ idleMinutes: 5 });
  });

  test('that is gone counts no more', async () => {
    const { policy, say } = policyOf({ machine: says({ leftover: 'resume' }) });
    await policy.refresh();
    say({ machine: says({}) });
    await policy.refresh();
    expect(policy.levels().machine).toEqual({});
  });

  test('tells of a change, and of nothing else', async () => {
    const { policy, say, changes } = policyOf({ machine: says({ leftover: 'resume' }) });
    await policy.refresh();
    await policy.refresh();
    expect(changes()).toBe(1);
    say({ machine: says({ leftover: 'ask' }) });
    await policy.refresh();
    expect(changes()).toBe(2);
  });

  test('logs a problem once for as long as it lasts', async () => {
    const { policy, logged, say } = policyOf({ machine: says({ colour: 1 }) });
    await policy.refresh();
    await policy.refresh();
    say({ machine: says({}) });
    await policy.refresh();
    say({ machine: says({ colour: 1 }) });
    await policy.refresh();
    expect(logged).toHaveLength(2);
  });

  test('is read anew when the system tells of a change, until that is ended', async () => {
    const { policy, say, tell } = policyOf();
    const end = policy.watch();
    say({ machine: says({ idleMinutes: 5 }) });
    tell();
    await expect.poll(() => policy.levels().machine).toEqual({ idleMinutes: 5 });
    end();
    say({ machine: says({ idleMinutes: 6 }) });
    tell();
    await policy.refresh();
    expect(policy.levels().machine).toEqual({ idleMinutes: 6 });
  });
});
