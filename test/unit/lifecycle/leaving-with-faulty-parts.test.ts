import { describe, expect, test } from 'vitest';
import { createLeaving } from '../../../main/lifecycle/leaving.ts';
import type { Vault } from '../../../main/sessions/vault.ts';
import { signOffDuringSignIn } from '../../../main/signin/sign-off-during-sign-in.ts';
import { createLastBreath } from '../../../main/signoff/last-breath.ts';
import { createRetries } from '../../../main/signoff/retries.ts';
import { createBlockingThread } from '../../support/blocking-thread.ts';
import { agentSession } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';
import { collectUncaught } from '../../support/uncaught.ts';

const QUIT_MS = 5_000;
const WRITE_MS = 1_000;
const QUESTION_MS = 60_000;

const throws = (): never => {
  throw new Error('a part that is broken');
};
const rejects = (): Promise<never> => Promise.reject(new Error('a part that is broken'));
const hangs = (): Promise<never> => new Promise(() => undefined);

type Parts = Parameters<typeof createLeaving>[0];

const brokenVault = (methods: Partial<Vault>) => (parts: Parts) => ({
  ...parts,
  vault: { ...parts.vault, ...methods },
});
/** The parts of leaving, each broken in the ways in which it can be. `ends`: whether the sessions are ended all the same. */
const ROWS: readonly {
  readonly part: string;
  readonly broken: (parts: Parts) => Parts;
  readonly ends: boolean;
}[] = [
  { part: 'nothing', broken: (parts) => parts, ends: true },
  {
    part: 'coordinator.signOff (throws)',
    broken: (parts) => ({ ...parts, coordinator: { signOff: throws } }),
    ends: false,
  },
  {
    part: 'coordinator.signOff (rejects)',
    broken: (parts) => ({ ...parts, coordinator: { signOff: rejects } }),
    ends: false,
  },
  {
    part: 'coordinator.signOff (never ends)',
    broken: (parts) => ({ ...parts, coordinator: { signOff: hangs } }),
    ends: false,
  },
  { part: 'lastBreath', broken: (parts) => ({ ...parts, lastBreath: throws }), ends: true },
  { part: 'budgetMs', broken: (parts) => ({ ...parts, budgetMs: throws }), ends: true },
  { part: 'mayQuitHolding', broken: (parts) => ({ ...parts, mayQuitHolding: throws }), ends: true },
  { part: 'mayRestart', broken: (parts) => ({ ...parts, mayRestart: throws }), ends: true },
  { part: 'vault.held', broken: brokenVault({ held: throws }), ends: true },
  { part: 'vault.find', broken: brokenVault({ find: throws }), ends: true },
  { part: 'vault.unmarkResume', broken: brokenVault({ unmarkResume: throws }), ends: true },
  { part: 'vault.markResume', broken: brokenVault({ markResume: throws }), ends: true },
];

describe.each(ROWS)('an app that leaves while $part is broken', ({ part, broken, ends }) => {
  function leavingWorld() {
    collectUncaught();
    const world = createSignOffWorld();
    world.hold(agentSession('Ann'), agentSession('Ben'));
    const leaving = createLeaving(broken(world));
    return { ...world, leaving };
  }

  test('goes for a signal within the budget, and ends what it can', async () => {
    const { clock, leaving, vault } = leavingWorld();
    const left = leaving.leave({ cause: 'signal', mayAsk: false });
    expect(await clock.until(left, QUIT_MS + WRITE_MS)).toBe('gone');
    expect(vault.held()).toHaveLength(ends ? 0 : 2);
  });

  test('asks an agent who quits at the most once, and goes without an answer', async () => {
    const { clock, leaving } = leavingWorld();
    const left = leaving.leave({ cause: 'quit', mayAsk: true });
    expect(await clock.until(left, QUIT_MS + WRITE_MS + QUESTION_MS)).toBe('gone');
  });

  test('goes once Windows is done with it', () => {
    const { leaving, server } = leavingWorld();
    leaving.endAtOnce();
    leaving.goAtOnce({ comesBack: false });
    expect(leaving.mayGo()).toBe(true);
    expect(server.sent).toHaveLength(part === 'lastBreath' ? 0 : 2);
  });

  test.each([true, false])('goes at once (it comes back: %s)', (comesBack) => {
    const { leaving } = leavingWorld();
    leaving.goAtOnce({ comesBack });
    expect(leaving.mayGo()).toBe(true);
  });

  test('goes to come back', async () => {
    const { clock, leaving } = leavingWorld();
    leaving.exitForRestart();
    await clock.advance(QUIT_MS + WRITE_MS);
    expect(leaving.mayGo()).toBe(true);
  });
});

describe('the last breath with a part that is broken', () => {
  type Breath = Parameters<typeof createLastBreath>[0];
  test.each<[part: string, broken: (parts: Breath) => Partial<Breath>, ended: number]>([
    ['nothing', () => ({}), 2],
    ['coordinator.signOffAtOnce', () => ({ coordinator: { signOffAtOnce: throws } }), 0],
    [
      'what tells whether all are over',
      ({ coordinator }) => ({
        coordinator: {
          signOffAtOnce(request) {
            coordinator.signOffAtOnce(request);
            return throws;
          },
        },
      }),
      2,
    ],
    ['stopSignIn', () => ({ stopSignIn: throws }), 2],
    ['what tells whether a session is being created', () => ({ stopSignIn: () => throws }), 2],
    ['waitFor', () => ({ waitFor: throws }), 2],
    ['receipts.flush', () => ({ receipts: { flush: throws } }), 2],
    ['vault.flush', () => ({ vault: { flush: throws } }), 2],
    ['budgetMs', () => ({ budgetMs: throws }), 2],
  ])('%s', (part, broken, ended) => {
    collectUncaught();
    const threads: ReturnType<typeof createBlockingThread>[] = [];
    const world = createSignOffWorld({
      thread(clock) {
        const thread = createBlockingThread(clock);
        threads.push(thread);
        return thread;
      },
    });
    world.hold(agentSession('Ann'), agentSession('Ben'));
    const flushed: string[] = [];
    const well: Breath = {
      coordinator: world.coordinator,
      stopSignIn: () => () => true,
      waitFor: (isDone, ms) => threads[0]?.waitFor(isDone, ms),
      receipts: { flush: () => void flushed.push('receipts') },
      vault: { flush: () => void flushed.push('vault') },
      budgetMs: () => 3_500,
    };
    const from = world.clock.monotonic();
    createLastBreath({ ...well, ...broken(well) })();
    expect(threads[0]?.sent).toHaveLength(ended);
    expect(flushed).toEqual(['receipts', 'vault'].filter((disk) => part !== `${disk}.flush`));
    expect(world.clock.monotonic() - from).toBeLessThanOrEqual(3_500);
  });
});

describe('what has to be tried again', () => {
  test.each([
    ['throws', throws],
    ['rejects', rejects],
  ])('is, where signing off %s', async (_, signOff) => {
    collectUncaught();
    const { clock, coordinator, hold, vault } = createSignOffWorld();
    const [ann] = hold(agentSession('Ann'));
    let isBroken = true;
    const retries = createRetries({
      coordinator: {
        ...coordinator,
        signOff: (request) => (isBroken ? signOff() : coordinator.signOff(request)),
      },
      vault,
      clock,
      isOnline: throws,
    });
    await retries.signOff('leftover', [ann?.id ?? '']);
    expect(retries.isPending()).toBe(true);
    isBroken = false;
    await clock.advance(65_000);
    expect([retries.isPending(), vault.held()]).toEqual([false, []]);
  });

  test('is, where one session of several leaves no receipt', async () => {
    const { clock, coordinator, hold, vault } = createSignOffWorld();
    const [ann, ben] = hold(agentSession('Ann'), agentSession('Ben'));
    const retries = createRetries({
      coordinator: {
        ...coordinator,
        signOff: ({ ids, ...request }) =>
          coordinator.signOff({
            ...request,
            ids: ids === 'all' ? ids : ids.filter((id) => id !== ben?.id || clock.now() > from),
          }),
      },
      vault,
      clock,
      isOnline: () => true,
    });
    const from = clock.now() + 30_000;
    await clock.until(retries.signOff('leftover', [ann?.id ?? '', ben?.id ?? '']), 1_000);
    expect([vault.held().length, retries.isRetrying(ben?.id ?? '')]).toEqual([1, true]);
    await clock.advance(65_000);
    expect([retries.isPending(), vault.held()]).toEqual([false, []]);
  });
});

describe('a sign-in under way that is broken', () => {
  test.each([
    ['step throws', { step: throws, leave: async () => undefined }],
    ['leave throws', { step: () => 'session' as const, leave: throws }],
    ['leave rejects', { step: () => 'session' as const, leave: rejects }],
  ])('keeps nothing held from being ended (%s)', async (_, signIn) => {
    collectUncaught();
    const world = createSignOffWorld();
    world.hold(agentSession('Ann'));
    const { signOff } = signOffDuringSignIn({ ...world, signIn });
    await world.clock.until(signOff({ cause: 'signal', ids: 'all' }), 4_000);
    expect(world.vault.held()).toEqual([]);
  });
});
