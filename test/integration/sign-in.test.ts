import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { test as base, describe, expect } from 'vitest';
import { chatCalls } from '../../main/chat/chat-calls.ts';
import { createVault } from '../../main/sessions/vault.ts';
import { createRemembered } from '../../main/signin/remembered.ts';
import { createSignIn, type SignIn } from '../../main/signin/sign-in.ts';
import { systemClock } from '../../main/common/clock.ts';
import { createCoordinator } from '../../main/signoff/coordinator.ts';
import { startsSignOffs } from '../../main/signoff/sign-off.ts';
import { createEndSession } from '../../main/signoff/end-session.ts';
import {
  type PracticeServer,
  type PracticeServerOptions,
  startPracticeServer,
} from '../../simulator/practice-server.ts';
import { ACCOUNT, typedAt } from '../support/account.ts';
import { BUDGET_MS } from '../support/budgets.ts';
import { transportOver } from '../support/network.ts';
import { MEMORY, tempFolder } from '../support/temp-folder.ts';
import { toyCipher } from '../support/toy-cipher.ts';
import { createVaultDisk, DISK_FULL } from '../support/vault-disk.ts';

/** A practice server with one account, and the app's own parts to sign in there with. */
async function startWorld(options?: PracticeServerOptions) {
  const server = await startPracticeServer({ processingMs: 1, ...options });
  server.addAccount(ACCOUNT);
  const disk = createVaultDisk();
  const vault = createVault({
    file: disk.open(),
    login: null,
    newId: randomUUID,
    now: systemClock.now,
    onWriteFault: () => undefined,
  });
  const chat = chatCalls(transportOver());
  const coordinator = createCoordinator({
    vault,
    receipts: { append: async () => undefined },
    startSignOff: startsSignOffs({
      endSession: createEndSession(transportOver()),
      clock: systemClock,
      random: Math.random,
      newId: randomUUID,
    }),
    clock: systemClock,
    newId: randomUUID,
    budgetMs: (cause) => BUDGET_MS[cause],
    standing: null,
    onReceiptFault: () => undefined,
  });
  const remembered = createRemembered({
    file: path.join(tempFolder(MEMORY), 'sign-in.sealed'),
    cipher: toyCipher(),
    rules: () => ({ site: '', mayRemember: true }),
    onWriteFault: () => undefined,
  });
  const signIn: SignIn = createSignIn({
    chat,
    hold: (session) => vault.hold(session, true),
    vault,
    async endAbandoned(heldId) {
      await coordinator.signOff({ cause: 'asked', ids: [heldId], force: true });
    },
    rules: () => ({ offered: true, applicationContext: 'Signoff', isAllowed: () => true }),
    remembered,
    async setActivity(heldId, available) {
      const held = vault.find(heldId);
      if (held?.kind !== 'agent') return { problem: 'It is not held.', unknownSession: true };
      const { fqSiteName, pool, accountId, sessionId } = held;
      const end = await chat.setActivityStatus(
        {
          address: { server: held.server, fqSiteName, pool },
          accountId,
          sessionId,
          sequenceNumber: 1n,
          timeCreated: Date.now(),
          status: available ? 'AVAILABLE' : 'UNAVAILABLE',
          subTypeId: 0,
        },
        new AbortController().signal,
      );
      const unknownSession = end.kind === 'exception' && end.status === 403;
      return { problem: end.kind === 'success' ? null : end.kind, unknownSession };
    },
    isLeaving: () => false,
    clock: systemClock,
    random: Math.random,
  });
  const typed = typedAt(server.url);
  return {
    server,
    vault,
    disk,
    remembered,
    signIn,
    enter: (differences: Partial<typeof typed> = {}) => signIn.signIn({ ...typed, ...differences }),
    open: () => server.agents.filter(({ endedBy }) => endedBy === null),
  };
}

const test = base.extend<{
  start: (options?: PracticeServerOptions) => ReturnType<typeof startWorld>;
  world: Awaited<ReturnType<typeof startWorld>>;
}>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the names of what a fixture needs from it
  start: async ({}, use) => {
    const started: PracticeServer[] = [];
    await use(async (options) => {
      const world = await startWorld(options);
      started.push(world.server);
      return world;
    });
    await Promise.all(started.map((server) => server.close()));
  },
  world: async ({ start }, use) => {
    await use(await start());
  },
});

describe('signing in', () => {
  test('is as the API pages have it, and leaves the agent available', async ({ world }) => {
    const { enter, server, vault } = world;
    const end = await enter();
    const [held] = vault.held();
    expect(end).toEqual({ ok: true, id: held?.id, statusProblem: null });
    expect(server.received.map(({ call, problems }) => [call, problems])).toEqual([
      ['serviceSettings', []],
      ['agentTokens', []],
      ['createAutomatedAgentSession', []],
      ['setActivityStatus', []],
    ]);
    expect(server.agents).toMatchObject([
      { session: { sessionId: held?.sessionId, accountId: '21' }, status: 'AVAILABLE' },
    ]);
    expect(held).toMatchObject({
      server: server.url,
      fqSiteName: ACCOUNT.site,
      pool: '297:1',
      startedHere: true,
    });
  });

  test('works with a remembered password', async ({ world }) => {
    const { enter, remembered } = world;
    await enter({ remember: true });
    expect(remembered.defaults()).toMatchObject({ userName: 'agent.smith', hasPassword: true });
    expect(await enter({ password: '', takeOver: true })).toMatchObject({ ok: true });
  });

  test('with a wrong password fails at the settings', async ({ world }) => {
    const { enter, server } = world;
    const end = await enter({ password: 'a wrong one' });
    expect(end).toMatchObject({ why: 'failed', step: 'settings', advice: 'password' });
    expect(JSON.stringify(end)).not.toContain('a wrong one');
    expect(server.agents).toEqual([]);
  });

  test('with a wrong account id ends what it created, or takes it over the next time', async ({
    world,
  }) => {
    const { enter, open, vault } = world;
    expect(await enter({ accountId: '99' })).toMatchObject({ step: 'status', advice: 'account' });
    expect(await enter()).toMatchObject({ ok: true });
    await expect.poll(() => vault.held()).toHaveLength(1);
    expect(open().map(({ session }) => session.sessionId)).toEqual([vault.held()[0]?.sessionId]);
  });

  test('at an address where no site is says so', async ({ world }) => {
    const { enter, server } = world;
    server.fault({ call: 'serviceSettings', fault: { kind: 'html', status: 200 } });
    expect(await enter()).toMatchObject({ step: 'settings', advice: 'site' });
  });
});

describe('an agent who has a session already', () => {
  test.for([
    'existing-session',
    'system-error',
    'conflict',
    'bad-request',
    'access-denied',
  ] as const)('is asked: %s', async (logonConflict, { start }) => {
    const { enter, vault, open } = await start({ logonConflict });
    await enter();
    expect(await enter()).toMatchObject({ why: 'conflict', perhapsOurs: false });
    expect(await enter({ takeOver: true })).toMatchObject({ ok: true });
    expect(open()).toHaveLength(1);
    expect(vault.held().map(({ sessionId }) => sessionId)).toContain(open()[0]?.session.sessionId);
  });
});

describe('a session that was created', () => {
  test('and cannot be saved is ended', async ({ world }) => {
    const { enter, disk, server, open } = world;
    disk.fail(DISK_FULL);
    expect(await enter()).toMatchObject({ step: 'session', code: 'NOT_SAVED', advice: 'disk' });
    expect([server.agents.length, open()]).toEqual([1, []]);
  });

  test.for([
    { kind: 'reset', when: 'after' },
    { kind: 'empty', status: 200 },
  ] as const)('and nobody heard of is asked about: %j', async (fault, { world }) => {
    const { enter, server, open } = world;
    server.fault({ call: 'createAutomatedAgentSession', fault, times: 1 });
    expect(await enter()).toMatchObject({ why: 'conflict', perhapsOurs: true });
    expect(await enter({ takeOver: true })).toMatchObject({ ok: true });
    expect(open()).toHaveLength(1);
  });

  test('while the person gave up is ended', async ({ world }) => {
    const { enter, signIn, server, open, vault } = world;
    server.fault({ call: 'createAutomatedAgentSession', fault: { kind: 'delay', ms: 200 } });
    const end = enter();
    await server.waitForRequest(({ call }) => call === 'createAutomatedAgentSession');
    signIn.cancel();
    expect(await end).toEqual({ ok: false, why: 'cancelled' });
    expect([server.agents.length, open(), vault.held()]).toEqual([1, [], []]);
  });

  test('while the app went is held, for the sign-off that follows', async ({ world }) => {
    const { enter, signIn, server, vault, open } = world;
    server.fault({
      call: 'createAutomatedAgentSession',
      fault: { kind: 'hang', processed: true },
      times: 1,
    });
    const end = enter();
    await server.waitForAgent(() => true);
    // Of which a quarter is left for the next try.
    await signIn.leave(6_000);
    expect(vault.held().map(({ sessionId }) => sessionId)).toEqual(
      open().map(({ session }) => session.sessionId),
    );
    expect(await end).toEqual({ ok: false, why: 'cancelled' });
  });
});
