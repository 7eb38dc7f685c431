import { describe, expect, test } from 'vitest';
import type { Values } from '../../../main/settings/read-values.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { createPolicy } from '../../../main/settings/policy/policy.ts';
import type { PlaceReading, PolicyReading } from '../../../main/settings/policy/source.ts';

const says = (content: unknown): PlaceReading => ({ ok: true, content });
const UNREADABLE: PlaceReading = { ok: false, problem: 'The place could not be read' };

interface Remembered {
  readonly machine: Values;
  readonly user: Values;
}

/** A policy over a source that says what it is told, with what was logged and how often it changed. */
function policyOf(first: Partial<PolicyReading> = {}, remembered: Remembered | null = null) {
  let reading: PolicyReading = { machine: says({}), user: says({}), ...first };
  const logged: string[] = [];
  let watching: (() => void) | null = null;
  let changes = 0;
  let readings = 0;
  const clock = createFakeClock();
  const kept: Remembered[] = [];
  const policy = createPolicy({
    source: {
      async read() {
        readings += 1;
        return reading;
      },
      watch(onChange) {
        watching = onChange;
        return () => (watching = null);
      },
    },
    cache: { load: () => remembered, save: (values) => void kept.push(values) },
    onProblem: ({ source, problem, isUnread }) =>
      logged.push(`${isUnread ? 'not read' : 'ignored'}: ${source}: ${problem}`),
    after: clock.after,
  });
  policy.onChange(() => (changes += 1));
  return {
    policy,
    logged,
    clock,
    kept,
    readings: () => readings,
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
    expect(policy.problems()).toEqual([]);
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
      {
        source: 'machine policy',
        problem: expect.stringMatching(/^language: must be one of /),
        isUnread: false,
      },
      { source: 'user policy', problem: 'colour: there is no such setting', isUnread: false },
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
        isUnread: false,
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
        isUnread: true,
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

  test('is read when it is watched, and whenever the system tells of a change', async () => {
    const { policy, readings, tell, clock } = policyOf();
    policy.watch();
    await clock.settle();
    tell();
    await clock.settle();
    expect(readings()).toBe(2);
  });

  test('is neither read nor remembered by itself once nobody watches it', async () => {
    const { policy, readings, kept, tell, clock } = policyOf();
    const end = policy.watch();
    await clock.settle();
    end();
    tell();
    await clock.settle();
    await policy.refresh();
    expect([readings(), kept.length]).toEqual([2, 1]);
  });

  test('that could never be read is no policy, and says so as such', async () => {
    const { policy, logged } = policyOf({ machine: UNREADABLE });
    await policy.refresh();
    await policy.refresh();
    expect(policy.levels().machine).toEqual({});
    expect(logged).toEqual([
      'not read: machine policy: The place could not be read; none was read before.',
    ]);
  });

  test('that cannot be read after a start is what the app before it had read', async () => {
    const remembered = { machine: { mayQuitHolding: false }, user: {} };
    const { policy, logged, say } = policyOf({ machine: UNREADABLE }, remembered);
    await policy.refresh();
    expect(policy.levels().machine).toEqual({ mayQuitHolding: false });
    expect(logged).toEqual([
      'not read: machine policy: The place could not be read; what was read last counts.',
    ]);
    say({ machine: says({}) });
    await policy.refresh();
    expect(policy.levels().machine).toEqual({});
  });

  test('that cannot be read any more is what this app has read, not what the one before it had', async () => {
    const remembered = { machine: { idleMinutes: 3 }, user: {} };
    const { policy, say } = policyOf({ machine: says({ idleMinutes: 5 }) }, remembered);
    await policy.refresh();
    expect(policy.levels().machine).toEqual({ idleMinutes: 5 });
    say({ machine: UNREADABLE });
    await policy.refresh();
    expect(policy.levels().machine).toEqual({ idleMinutes: 5 });
  });

  test('is read again after a reading that failed as nobody foresaw', async () => {
    const { policy, say } = policyOf();
    const content = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('unforeseen');
        },
      },
    );
    say({ machine: says(content) });
    await expect(policy.refresh()).rejects.toThrow('unforeseen');
    say({ machine: says({ idleMinutes: 5 }) });
    await policy.refresh();
    expect(policy.levels().machine).toEqual({ idleMinutes: 5 });
  });

  test('is remembered when all of it was read, by an app that watches it', async () => {
    const { policy, kept, say } = policyOf({ machine: says({ idleMinutes: 5 }) });
    await policy.refresh();
    expect(kept).toEqual([]);
    policy.watch();
    await policy.refresh();
    expect(kept.at(-1)).toEqual({ machine: { idleMinutes: 5 }, user: {} });
    const before = kept.length;
    say({ user: UNREADABLE });
    await policy.refresh();
    expect(kept).toHaveLength(before);
  });
});

describe('a policy that cannot be read, while it is watched', () => {
  /** How often it was read after so many milliseconds each. */
  async function readingsAfter(...waits: readonly number[]) {
    const made = policyOf({ machine: UNREADABLE });
    made.policy.watch();
    await made.clock.settle();
    const readings: number[] = [];
    for (const wait of waits) {
      await made.clock.advance(wait);
      readings.push(made.readings());
    }
    return { ...made, counted: readings };
  }

  test('is read again after 1, 5 and 30 seconds, and then no more by itself', async () => {
    const { counted, clock } = await readingsAfter(999, 1, 4_999, 1, 29_999, 1, 3_600_000);
    expect(counted).toEqual([1, 2, 2, 3, 3, 4, 4]);
    expect(clock.waiting()).toBe(0);
  });

  test('counts as soon as it can be read, and is let be then', async () => {
    const { policy, say, clock } = await readingsAfter(1_000);
    say({ machine: says({ idleMinutes: 5 }) });
    await clock.advance(5_000);
    expect(policy.levels().machine).toEqual({ idleMinutes: 5 });
    expect(clock.waiting()).toBe(0);
  });

  test('waits for one reading at a time, however often it failed', async () => {
    const { policy, clock } = await readingsAfter(0);
    await policy.refresh();
    expect(clock.waiting()).toBe(1);
  });

  test('is not read again once nobody watches it', async () => {
    const { policy, clock } = policyOf({ machine: UNREADABLE });
    const end = policy.watch();
    await clock.settle();
    end();
    expect(clock.waiting()).toBe(0);
  });
});
