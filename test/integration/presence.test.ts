import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { test as base, describe, expect } from 'vitest';
import { chatCalls } from '../../main/chat/chat-calls.ts';
import { createActivity } from '../../main/presence/activity.ts';
import { createPresence } from '../../main/presence/presence.ts';
import { createSequence } from '../../main/presence/sequence.ts';
import { createVault } from '../../main/sessions/vault.ts';
import type { VaultFile } from '../../main/sessions/vault-file.ts';
import { createCoordinator } from '../../main/signoff/coordinator.ts';
import { startsSignOffs } from '../../main/signoff/sign-off.ts';
import { createEndSession } from '../../main/signoff/end-session.ts';
import type { Receipt } from '../../main/results/receipt.ts';
import type { PracticeServer, PracticeServerOptions } from '../../simulator/practice-server.ts';
import { BUDGET_MS } from '../support/budgets.ts';
import { realWorld, virtualWorld, type World } from '../support/matrix/world.ts';
import { agentSession, engagement } from '../support/practice-sessions.ts';
import { DISK_FULL } from '../support/vault-disk.ts';

const POLL_HOLD_MS = 300;
const ABSENT_AFTER_MS = 600;
/** For real time: no machine is that late. */
const PATIENT = { absentAfterMs: 60_000 };

/**
 * The app's own parts that keep agents present, and a practice server that is impatient; on virtual time, if not
 * told otherwise.
 */
async function startWorld(options?: PracticeServerOptions, world: World = virtualWorld()) {
  const { clock, random, transport, until } = world;
  const server = await world.listen({
    processingMs: 1,
    pollHoldMs: POLL_HOLD_MS,
    absentAfterMs: ABSENT_AFTER_MS,
    // A second retrieval beside an open one would be turned down.
    secondPoll: 'refused',
    ...options,
  });
  const disk = { fault: null as Error | null, pools: [] as (string | null)[] };
  const file: VaultFile = {
    held: [],
    resumeUntil: null,
    write(held) {
      if (disk.fault !== null) throw disk.fault;
      disk.pools = held.map(({ pool }) => pool);
    },
  };
  const vault = createVault({
    file,
    login: null,
    newId: randomUUID,
    now: clock.now,
    onWriteFault: () => undefined,
  });
  const receipts: Receipt[] = [];
  const coordinator = createCoordinator({
    vault,
    receipts: {
      async append(receipt) {
        receipts.push(receipt);
      },
    },
    startSignOff: startsSignOffs({
      endSession: createEndSession(transport),
      clock,
      random,
      newId: randomUUID,
    }),
    clock,
    newId: randomUUID,
    budgetMs: (cause) => BUDGET_MS[cause],
    standing: null,
    onReceiptFault: () => undefined,
  });
  const chat = chatCalls(transport);
  const sequence = createSequence({ vault, clock });
  const faults: unknown[] = [];
  const common = { vault, coordinator, sequence, clock, random };
  const presence = createPresence({
    ...common,
    getMessages: chat.getMessages,
    absentAfterMs: () => options?.absentAfterMs ?? ABSENT_AFTER_MS,
    attendance: { isAtWork: () => true },
    onFault: (error) => void faults.push(error),
  });
  const activity = createActivity({
    ...common,
    setActivityStatus: chat.setActivityStatus,
    kinds: () => [],
    reasons: () => [],
    words: () => ({
      conflict: (said) => `Conflict: ${said}`,
      notChanged: (said) => `Not changed: ${said}`,
      noSession: 'Nobody.',
    }),
    onUnknownSession: presence.check,
  });

  const isPoll = ({ call }: { call: string | null }): boolean => call === 'getMessages';
  return {
    clock,
    until,
    server,
    disk,
    vault,
    coordinator,
    receipts,
    faults,
    presence,
    activity,
    polls: () => server.received.filter(isPoll),
    /** Holds a session that is present on the server as long as it is polled; resolves with the first poll. */
    async signIn(name = 'Ann') {
      const { kind: _, label, ...session } = agentSession(server, name);
      server.expectPolling(session.sessionId);
      const { fqSiteName, accountId, pool } = ADDRESS;
      const held = vault.hold(
        { kind: 'agent', label, fqSiteName, accountId, pool, ...session },
        true,
      );
      await until(server.waitForAgent((agent) => isOf(agent, held) && agent.polling));
      return held;
    },
    /** Resolves when so many more polls have come. */
    async morePolls(count: number) {
      for (let left = count; left > 0; left -= 1) {
        const after = server.received.length;
        await until(server.waitForRequest(isPoll, { after }));
      }
    },
    state: (id: string) => presence.of(id)?.state ?? null,
    /** Lets time pass until it is that; ten seconds at the most. */
    async becomes<T>(value: () => T, expected: T) {
      for (let waited = 0; waited < 10_000; waited += 5) {
        if (isDeepStrictEqual(value(), expected)) return;
        await world.wait(5);
      }
      expect(value()).toEqual(expected);
    },
  };
}

const ADDRESS = { fqSiteName: 'day001_221100_sql_001h', accountId: '12', pool: '297:1' };

function isOf(agent: PracticeServer['agents'][number], held: { sessionId: string }): boolean {
  return agent.session.sessionId === held.sessionId;
}

const test = base.extend<{
  start: (...parts: Parameters<typeof startWorld>) => ReturnType<typeof startWorld>;
  world: Awaited<ReturnType<typeof startWorld>>;
}>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the names of what a fixture needs from it
  start: async ({}, use) => {
    const started: Awaited<ReturnType<typeof startWorld>>[] = [];
    await use(async (...parts) => {
      const world = await startWorld(...parts);
      started.push(world);
      return world;
    });
    for (const { coordinator, server, until } of started) {
      server.clearFaults();
      await until(coordinator.signOff({ cause: 'quit', ids: 'all' }));
      const problems = server.received.flatMap((request) => request.problems);
      await server.close();
      // Among them: that a second retrieval came beside an open one.
      if (problems.length > 0) throw new Error(`the server has complaints: ${problems.join('; ')}`);
    }
  },
  world: async ({ start }, use) => {
    await use(await start());
  },
});

describe('an agent who is kept present', () => {
  test('is not dropped, and no chat finds nobody there', async ({ start }) => {
    const { coordinator, morePolls, server, signIn, state, until } = await start({
      routeChatEveryMs: 40,
    });
    const { id } = await signIn();
    await morePolls(8);
    expect(state(id)).toBe('present');
    await until(coordinator.signOff({ cause: 'quit', ids: 'all' }));
    expect(server.agents.map(({ endedBy }) => endedBy)).toEqual(['logoff']);
    expect(server.chats.length).toBeGreaterThan(20);
    expect(server.chats.filter(({ ghost }) => ghost)).toEqual([]);
  });

  test('beside others, each by polls of their own', async ({ world }) => {
    const { morePolls, signIn, state } = world;
    const all = [await signIn('Ann'), await signIn('Ben'), await signIn('Carl')];
    await morePolls(12);
    expect(all.map(({ id }) => state(id))).toEqual(['present', 'present', 'present']);
  });

  // By real connections, which a server sees break off only some time after.
  test('by one poll at a time, however often it is begun anew', async ({ start }) => {
    const world = await start(PATIENT, realWorld(0));
    const { polls, presence, server, signIn, until } = world;
    const held = await signIn();
    for (let n = 0; n < 8; n += 1) {
      const after = server.received.length;
      presence.check(held.id);
      await until(server.waitForRequest(({ call }) => call === 'getMessages', { after }));
    }
    expect(polls().filter(({ status }) => status === 409)).toEqual([]);
  });
});

describe('a sign-off', () => {
  test('comes to a server that no poll is open on', async ({ start }) => {
    const world = await start(PATIENT, realWorld(0));
    const { coordinator, server, signIn, until } = world;
    await Promise.all(['Ann', 'Ben', 'Carl'].map((name) => signIn(name)));
    const polling: boolean[] = [];
    const arrived = server.waitForRequest((request) => {
      // A request is looked at when it arrives, and again when it is answered.
      if (request.call === 'logoff' && request.status === null) {
        const agent = server.agents.find(({ session }) => session.sessionId === request.sessionId);
        if (agent !== undefined) polling.push(agent.polling);
      }
      return polling.length === 3;
    });
    await until(coordinator.signOff({ cause: 'signal', ids: 'all' }));
    await arrived;
    expect(polling).toEqual([false, false, false]);
  });

  test('that waited for an engagement goes to the pool that the session has by then', async ({
    world,
  }) => {
    const { coordinator, server, signIn, until, vault } = world;
    const { id } = await signIn();
    const { kind: _, ...consumer } = engagement(server, 'Dora');
    vault.hold({ ...ADDRESS, ...consumer, kind: 'engagement' });
    server.fault({ call: 'concludeEngagement', fault: { kind: 'delay', ms: 500 } });
    const receipts = coordinator.signOff({ cause: 'quit', ids: 'all' });
    server.changePool('298:2');
    const receipt = (await until(receipts)).find(({ heldId }) => heldId === id);
    expect(receipt).toMatchObject({ outcome: 'ended' });
    const logoff = server.received.find(({ call }) => call === 'logoff');
    expect(logoff?.target).toContain('pool=298:2');
    expect(server.agents.map(({ endedBy }) => endedBy)).toEqual(['logoff']);
  });
});

describe('a server that cannot be reached', () => {
  test('is told of, and forgotten once it is back', async ({ world }) => {
    const { becomes, clock, presence, server, signIn, state } = world;
    const { id } = await signIn();
    server.fault({ call: 'getMessages', fault: { kind: 'reset', when: 'before' }, times: 1 });
    await becomes(() => state(id), 'reconnecting');
    expect(presence.of(id)?.dropsAt).toBeGreaterThan(clock.now() - POLL_HOLD_MS);
    await becomes(() => state(id), 'present');
    expect(server.agents.map(({ endedBy }) => endedBy)).toEqual([null]);
  });

  test('until it has dropped the session leaves a receipt of that once it is back', async ({
    world,
  }) => {
    const { becomes, receipts, server, signIn, state, until, vault } = world;
    const { id, sessionId } = await signIn();
    server.fault({ call: 'getMessages', fault: { kind: 'status', status: 503 } });
    await until(server.waitUntilOver(sessionId));
    await becomes(() => state(id), 'dropped');
    expect(vault.held()).toHaveLength(1);
    server.clearFaults();
    await becomes(() => vault.held(), []);
    expect(receipts).toMatchObject([
      { heldId: id, cause: 'server', outcome: 'already-over', attempts: 0 },
    ]);
    expect(server.agents.map(({ endedBy }) => endedBy)).toEqual(['absence']);
    expect(server.received.filter(({ call }) => call === 'logoff')).toEqual([]);
  });

  test('because of something else that answers in its place is not over', async ({ world }) => {
    const { morePolls, server, signIn, vault } = world;
    await signIn();
    server.fault({ call: 'getMessages', fault: { kind: 'html', status: 403 }, times: 2 });
    await morePolls(3);
    expect(vault.held()).toHaveLength(1);
  });
});

test('a session that the server ends leaves the vault at once', async ({ world }) => {
  const { becomes, receipts, server, signIn, vault } = world;
  const { id, sessionId } = await signIn();
  server.endSession(sessionId);
  await becomes(() => vault.held(), []);
  expect(receipts).toMatchObject([{ heldId: id, cause: 'server', error: { status: 403 } }]);
});

describe('a session that is moved to another pool', () => {
  test('is polled there once that is on the disk', async ({ world }) => {
    const { disk, server, signIn, until } = world;
    await signIn();
    server.changePool('298:2');
    const { target } = await until(server.waitForRequest(({ target: to }) => to.endsWith('298:2')));
    expect([target.includes('getMessages'), disk.pools]).toEqual([true, ['298:2']]);
  });

  test('goes on being polled at the old one while the disk does not take that', async ({
    world,
  }) => {
    const { disk, faults, morePolls, polls, server, signIn, state, until } = world;
    const { id } = await signIn();
    disk.fault = DISK_FULL;
    server.changePool('298:2');
    await morePolls(3);
    expect(polls().filter(({ target }) => target.endsWith('298:2'))).toEqual([]);
    expect([state(id), faults.length > 0]).toEqual(['present', true]);
    disk.fault = null;
    await until(server.waitForRequest(({ target }) => target.endsWith('298:2')));
    expect(server.agents.map(({ endedBy }) => endedBy)).toEqual([null]);
  });

  test('and that the disk has not taken yet is not over because its status cannot be set there', async ({
    world,
  }) => {
    const { activity, disk, morePolls, server, signIn, until, vault } = world;
    const { id } = await signIn();
    disk.fault = DISK_FULL;
    server.changePool('298:2');
    await morePolls(2);
    const end = await until(activity.set(id, { value: 'unavailable', reason: null }));
    expect(end.unknownSession).toBe(true);
    await morePolls(2);
    disk.fault = null;
    expect(vault.held()).toHaveLength(1);
  });
});

describe('a sign-off amid a change of pool', () => {
  test('ends the session although the disk has not taken the new pool', async ({ world }) => {
    const { coordinator, disk, morePolls, server, signIn, until, vault } = world;
    const { id } = await signIn();
    disk.fault = DISK_FULL;
    server.changePool('298:2');
    await morePolls(2);
    disk.fault = null;

    const receipts = await until(coordinator.signOff({ cause: 'quit', ids: [id] }));

    expect(receipts).toMatchObject([{ outcome: 'ended', attempts: 2 }]);
    expect(server.agents.map(({ endedBy }) => endedBy)).toEqual(['logoff']);
    const logoffs = server.received.filter(({ call }) => call === 'logoff');
    expect(logoffs.map(({ target }) => new URL(target, server.url).search)).toEqual([
      '?pool=297:1',
      '',
    ]);
    expect(vault.held()).toEqual([]);
  });

  test('takes the same answer without the pool for the last word', async ({ world }) => {
    const { coordinator, server, signIn, until } = world;
    const { id } = await signIn();
    server.fault({ call: 'logoff', fault: { kind: 'error', status: 403, code: 'UNKNOWN' } });
    const receipts = await until(coordinator.signOff({ cause: 'quit', ids: [id] }));
    expect(receipts).toMatchObject([{ outcome: 'already-over', attempts: 2 }]);
  });
});

describe('the status', () => {
  test('is set while polls go on', async ({ world }) => {
    const { activity, morePolls, server, signIn, until } = world;
    const { id } = await signIn();
    const end = await until(activity.set(id, { value: 'unavailable', reason: 4 }));
    expect(end).toEqual({ problem: null, unknownSession: false });
    expect(server.agents).toMatchObject([{ status: 'UNAVAILABLE', subTypeId: 4, polling: true }]);
    await morePolls(1);
  });

  test('conflicts with a chat that is open, until that has ended', async ({ world }) => {
    const { activity, server, signIn, until } = world;
    const { id } = await signIn();
    const chat = server.routeChat({ staysOpen: true });
    const unavailable = { value: 'unavailable', reason: null } as const;
    expect((await until(activity.set(id, unavailable))).problem).toMatch(
      /^Conflict: .*a chat is open/,
    );
    expect(activity.of(id)).toMatchObject({ value: 'unknown', changing: false });
    server.endChat(chat?.engagementId ?? 0);
    expect((await until(activity.set(id, unavailable))).problem).toBeNull();
  });

  test('of a session that is over finds that out', async ({ start }) => {
    const { activity, becomes, receipts, server, signIn, until, vault } = await start({
      pollHoldMs: 20_000,
    });
    const { id, sessionId } = await signIn();
    const lost = server.fault({ call: 'getMessages', fault: { kind: 'hang' }, times: 1 });
    server.endSession(sessionId);
    await until(server.waitForRequest(({ fault }) => fault === 'hang'));
    lost();
    const end = await until(activity.set(id, { value: 'available', reason: null }));
    expect(end).toMatchObject({ unknownSession: true });
    await becomes(() => vault.held(), []);
    expect(receipts).toMatchObject([{ cause: 'server' }]);
  });

  test('of an agent who goes away and comes back', async ({ world }) => {
    const { activity, server, signIn, until } = world;
    const { id } = await signIn();
    await until(activity.set(id, { value: 'available', reason: null }));
    await until(activity.setUnavailable());
    expect(server.agents).toMatchObject([{ status: 'UNAVAILABLE' }]);
    await until(activity.restore());
    expect(server.agents).toMatchObject([{ status: 'AVAILABLE' }]);
  });
});
