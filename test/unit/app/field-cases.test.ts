import { describe, expect, test } from 'vitest';
import { checkAddress } from '../../../main/chat/check-address.ts';
import type { AgentSession } from '../../../main/sessions/session.ts';
import type { Settings } from '../../../main/settings/schema.ts';
import type { FieldCaseName } from '../../../simulator/field-cases.ts';
import type { PracticeServerOptions } from '../../../simulator/practice-server.ts';
import type { ChatCall } from '../../../simulator/routes.ts';
import { ACCOUNT, typedAt } from '../../support/account.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { SAMPLE } from '../../support/samples.ts';
import { createVaultDisk } from '../../support/vault-disk.ts';
import { createVirtualNet } from '../../support/virtual-net.ts';
import { startWork } from '../../support/work-world.ts';

const MINUTE = 60_000;
const POLL_HOLD_MS = 30_000;
const SITE = 'https://support.acme.example';

/** The sessions' side of the app, joined as the app joins it, and a practice server in memory. */
function createWorld(options: PracticeServerOptions = {}, given: Partial<Settings> = {}) {
  const clock = createFakeClock();
  const net = createVirtualNet(clock);
  const server = net.listen({ pollHoldMs: POLL_HOLD_MS, ...options }, SITE);
  server.addAccount(ACCOUNT);
  server.addAgent({ ...SAMPLE.agent });
  server.addEngagement(SAMPLE.engagement);
  const { transport } = net;
  const file = createVaultDisk().open();
  const { work, vault, receipts, log } = startWork({ clock, file, transport, settings: given });
  const play = (call: ChatCall, name: FieldCaseName, times?: number) =>
    server.fault({
      call,
      fault: { kind: 'case', name },
      ...(times === undefined ? {} : { times }),
    });
  return {
    clock,
    net,
    server,
    vault,
    work,
    receipts,
    log,
    play,
    /** Hands the sample's session in, as a console would. */
    handIn: (differences: Partial<AgentSession> = {}) =>
      vault.hold({ kind: 'agent', server: SITE, label: '', ...SAMPLE.agent, ...differences }),
    signOff: (cause: 'asked' | 'quit') =>
      clock.until(work.coordinator.signOff({ cause, ids: 'all' }), MINUTE),
    signIn: (takeOver = false) =>
      clock.until(work.signIn.signIn({ ...typedAt(SITE), takeOver }), MINUTE),
    isOver: (sessionId: string) =>
      server.sessions.some((session) => session.sessionId === sessionId && session.over),
    calls: (call: ChatCall) => server.received.filter((request) => request.call === call).length,
  };
}

/** A world whose agent has signed in with Signoff, and is polled for. */
async function signedIn(options: PracticeServerOptions = {}, given: Partial<Settings> = {}) {
  const world = createWorld(options, given);
  const end = await world.signIn();
  if (!end.ok) throw new Error(`The sign-in failed: ${JSON.stringify(end)}`);
  await world.clock.advance(1_000);
  const state = () => world.work.presence.of(end.id)?.state ?? null;
  expect(state()).toBe('present');
  return { ...world, id: end.id, state };
}

const agentSession = SAMPLE.agent.sessionId;

describe.for(['asked', 'quit'] as const)(
  'A1 and A2: a logoff (%s) that something else answers',
  (cause) => {
    test.for<FieldCaseName>([
      'A1-gateway',
      'A1-empty',
      'A1-allow-list',
      'A2-sign-in',
      'A2-object',
      'A2-empty',
      'A2-202',
      'A2-204',
      'A2-blocked',
    ])('is not confirmed, and its session stays held: %s', async (name) => {
      const { play, handIn, signOff, vault, isOver, work } = createWorld();
      const { id } = handIn();
      play('logoff', name);
      expect(await signOff(cause)).toMatchObject([{ outcome: 'unconfirmed', letGo: false }]);
      expect([vault.held().length, isOver(agentSession)]).toEqual([1, false]);
      expect(work.retries.nextTryAt(id)).not.toBeNull();
    });
  },
);

describe('A1 and A2', () => {
  test('the same of an engagement', async () => {
    const { play, vault, signOff } = createWorld();
    vault.hold({ kind: 'engagement', server: SITE, label: '', ...SAMPLE.engagement });
    play('concludeEngagement', 'A1-gateway');
    expect(await signOff('asked')).toMatchObject([{ outcome: 'unconfirmed' }]);
    expect(vault.held()).toHaveLength(1);
  });

  test('what is not confirmed is ended once the server answers again', async () => {
    const { play, handIn, signOff, clock, vault, isOver, receipts } = createWorld();
    handIn();
    const well = play('logoff', 'A1-gateway');
    await signOff('asked');
    well();
    await clock.advance(MINUTE + 10_000);
    expect([vault.held(), isOver(agentSession)]).toEqual([[], true]);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['unconfirmed', 'ended']);
  });

  test('what is never confirmed is let go after the server’s own time for absent agents, with a receipt', async () => {
    const { play, handIn, signOff, clock, vault, receipts, log } = createWorld();
    handIn();
    play('logoff', 'A2-sign-in');
    await signOff('asked');
    await clock.advance(7 * MINUTE);
    expect(vault.held()).toHaveLength(1);
    await clock.advance(2 * MINUTE);
    expect(vault.held()).toEqual([]);
    expect(receipts.at(-1)).toMatchObject({ outcome: 'unconfirmed', letGo: true });
    expect(log.at(-1)).toBe('let-go');
  });

  test('nobody is asked about it on quitting, and the app goes', async () => {
    const { play, handIn, clock, vault, work } = createWorld();
    handIn();
    play('logoff', 'A1-allow-list');
    const left = work.leaving.leave({ cause: 'quit', mayAsk: true });
    expect(await clock.until(left, 1_000)).toBe('gone');
    expect(vault.held()).toHaveLength(1);
  });

  test('an agent whose end is not confirmed is not kept present', async () => {
    const { play, signOff, clock, calls, state } = await signedIn();
    play('logoff', 'A2-blocked');
    await signOff('asked');
    const polls = calls('getMessages');
    await clock.advance(MINUTE / 2);
    expect([calls('getMessages'), state()]).toEqual([polls, null]);
  });

  test('an address is not right because a gateway answers', async () => {
    const { play, net, clock } = createWorld();
    const address = { server: SITE, fqSiteName: SAMPLE.agent.fqSiteName, pool: null };
    const { signal } = new AbortController();
    const check = () => clock.until(checkAddress(net.transport, address, signal), MINUTE);
    play('logoff', 'A1-gateway', 1);
    expect(await check()).toMatchObject({ ok: false, wrong: 'unclear' });
    expect(await check()).toMatchObject({ ok: true });
  });

  test('a sign-in page that answers a sign-in is told, and nothing is held', async () => {
    const { play, signIn, vault } = createWorld();
    play('agentTokens', 'A2-sign-in');
    expect(await signIn()).toMatchObject({ ok: false, step: 'token' });
    expect(vault.held()).toEqual([]);
  });
});

test('A3: polls that a gateway answers for a while are an outage, and the session is held and present again', async () => {
  const { play, clock, state, vault, server } = await signedIn();
  const well = play('getMessages', 'A1-gateway');
  await clock.advance(POLL_HOLD_MS + 2_000);
  expect(state()).toBe('reconnecting');
  well();
  await clock.advance(2 * POLL_HOLD_MS);
  expect([state(), vault.held().length]).toEqual(['present', 1]);
  expect(server.agents.filter(({ session }) => !session.over)).toHaveLength(2);
});

test('A4: polls that a sign-in page answers are no presence', async () => {
  const { play, clock, state, work, id, log } = await signedIn();
  play('getMessages', 'A2-sign-in');
  await clock.advance(POLL_HOLD_MS + 1_000);
  expect(state()).toBe('reconnecting');
  expect(work.presence.of(id)?.said).toMatch(/does not say/);
  expect(log).toContain('presence-lost');
});

test('A5: a system error among the messages is told, backed off from and checked', async () => {
  const { play, clock, state, work, id, calls } = await signedIn();
  const well = play('getMessages', 'A5-system-error');
  await clock.advance(POLL_HOLD_MS);
  const before = calls('getMessages');
  await clock.advance(MINUTE);
  expect(state()).toBe('reconnecting');
  expect(work.presence.of(id)?.said).toBe('SESSION: gone');
  expect(calls('getMessages') - before).toBeLessThan(12);
  well();
  await clock.advance(2 * POLL_HOLD_MS);
  expect(state()).toBe('present');
});

test('A5: a session that the server then says twice not to know has ended, 5 s apart', async () => {
  const { play, clock, server, vault, receipts, calls } = await signedIn();
  play('getMessages', 'A5-system-error', 1);
  await clock.advance(POLL_HOLD_MS);
  server.fault({ call: 'getMessages', fault: { kind: 'unknown-session' } });
  const before = calls('getMessages');
  await clock.advance(POLL_HOLD_MS + 4_000);
  expect([vault.held().length, calls('getMessages') - before]).toEqual([1, 1]);
  await clock.advance(2_000);
  expect(vault.held()).toEqual([]);
  expect(receipts).toMatchObject([{ cause: 'server', outcome: 'already-over' }]);
});

test('A6: a logoff that conflicts with open engagements is refused, in the server’s words, and can be forced', async () => {
  const { play, handIn, signOff, vault, isOver, clock, work } = createWorld();
  handIn();
  const well = play('logoff', 'A6-conflict');
  expect(await signOff('asked')).toMatchObject([
    {
      outcome: 'refused',
      error: { code: 'CONFLICT', message: 'Agent has open engagements.', status: 409 },
    },
  ]);
  expect(vault.held()).toHaveLength(1);
  well();
  await clock.until(work.coordinator.signOff({ cause: 'asked', ids: 'all', force: true }), MINUTE);
  expect([vault.held(), isOver(agentSession)]).toEqual([[], true]);
});

test('A7: a status that the server would not change is not changed, and told', async () => {
  const { play, clock, work, id } = await signedIn();
  play('setActivityStatus', 'A7-conflict');
  const order = { value: 'unavailable', reason: null } as const;
  const end = await clock.until(work.activity.set(id, order), MINUTE);
  expect(end.problem).toContain('The agent status could not be changed.');
  expect(work.activity.of(id)?.value).toBe('available');
});

describe('A8: a logon conflict, in whatever shape,', () => {
  test.for([
    ['A8-existing-session', 'existing-session'],
    ['A8-bad-request', 'bad-request'],
    ['A8-access-denied', 'access-denied'],
  ] as const)(
    'offers to take the session over, and is not tried again: %s',
    async ([name, logonConflict]) => {
      const { play, signIn, calls, vault, server, clock } = createWorld({ logonConflict });
      const { site: fqSiteName, accountId, pool } = ACCOUNT;
      server.addAgent({ fqSiteName, accountId, pool, sessionId: 'console' });
      // The practice server's own shape, and that from the field.
      for (const well of [() => undefined, play('createAutomatedAgentSession', name)]) {
        const before = calls('createAutomatedAgentSession');
        expect(await signIn()).toMatchObject({ why: 'conflict', perhapsOurs: false });
        expect(calls('createAutomatedAgentSession') - before).toBe(1);
        well();
      }
      expect(await signIn(true)).toMatchObject({ ok: true });
      await clock.advance(1_000);
      expect(vault.held()).toHaveLength(1);
    },
  );
});

describe('A9', () => {
  test('a chat server is reached by HTTPS where its settings name port 80', async () => {
    const { play, signIn, net } = createWorld();
    const chat = net.listen({}, 'https://chat.acme.example');
    play('serviceSettings', 'A9-port-80');
    await signIn();
    expect(chat.received).toMatchObject([{ call: 'createAutomatedAgentSession', pool: '311:2' }]);
  });

  test('a TLS handshake that failed has sent nothing, so there is no session to worry about', async () => {
    const { signIn, net, server } = createWorld();
    net.nobody({ fault: 'tls-failed', code: 'EPROTO' }, 'https://chat.acme.example');
    server.fault({
      call: 'serviceSettings',
      fault: {
        kind: 'status',
        status: 200,
        contentType: 'application/json',
        body: JSON.stringify({ domain: 'chat.acme.example', siteName: 'acme_1' }),
      },
    });
    const end = await signIn();
    expect(end).toMatchObject({ ok: false, why: 'failed', code: 'TLS_FAILED' });
    expect(JSON.stringify(end)).not.toContain('may have created');
  });
});

test('A10: a pool that cannot be is refused and logged, and every session is ended all the same', async () => {
  const { play, clock, vault, id, log, signOff, handIn, server } = await signedIn();
  handIn();
  play('getMessages', 'A10-pool', 1);
  await clock.advance(POLL_HOLD_MS + 1_000);
  expect(log).toContain('value-refused');
  expect(vault.find(id)?.pool).toBe(ACCOUNT.pool);
  expect((await signOff('quit')).map(({ outcome }) => outcome)).toEqual(['ended', 'ended']);
  expect(server.agents.every(({ session }) => session.over)).toBe(true);
});

describe('A11: a server that asks to be left alone', () => {
  test('for 2 s is waited for', async () => {
    const { play, handIn, signOff, server } = createWorld();
    handIn();
    play('logoff', 'A11-429', 1);
    expect(await signOff('quit')).toMatchObject([{ outcome: 'ended', attempts: 2 }]);
    const [first, second] = server.received.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  test.for([
    ['A11-429-hour', 60 * MINUTE],
    ['A11-503', 2 * MINUTE],
  ] as const)('for longer than the budget is asked again then: %s', async ([name, waits]) => {
    const { play, handIn, signOff, clock, work, vault, calls } = createWorld();
    const { id } = handIn();
    const well = play('logoff', name);
    expect(await signOff('asked')).toMatchObject([{ outcome: 'server-error', attempts: 1 }]);
    const due = (work.retries.nextTryAt(id) ?? 0) - clock.now();
    expect(Math.abs(due - waits)).toBeLessThan(1_000);
    await clock.advance(waits - 10_000);
    expect(calls('logoff')).toBe(1);
    well();
    await clock.advance(20_000);
    expect(vault.held()).toEqual([]);
  });
});

test('A12: a handed-in session whose pool has moved is ended without it', async () => {
  const { play, handIn, signOff, isOver } = createWorld();
  handIn();
  play('logoff', 'A12-moved');
  expect(await signOff('quit')).toMatchObject([{ outcome: 'ended', attempts: 2 }]);
  expect(isOver(agentSession)).toBe(true);
});

describe('D7: a console that was loaded again', () => {
  test('has its newer session take the older one’s place, and the receipt says so', async () => {
    const { work, vault, receipts, signOff, log } = createWorld();
    const handIn = (sessionId: string) => {
      const session = {
        kind: 'agent',
        server: SITE,
        label: '',
        ...SAMPLE.agent,
        sessionId,
      } as const;
      return work.hold.handIn({ ok: true, session }, 'browser');
    };
    handIn('node0aaa');
    handIn(agentSession);
    expect(vault.held()).toMatchObject([{ sessionId: agentSession }]);
    expect(receipts).toMatchObject([
      { cause: 'replaced', letGo: true, handedIn: true, error: { code: 'REPLACED' } },
    ]);
    expect(log).toEqual(['let-go']);
    expect(await signOff('quit')).toMatchObject([{ outcome: 'ended' }]);
  });

  test('says of an older session that it was over already, and that it was handed in', async () => {
    const { handIn, signOff } = createWorld();
    handIn({ sessionId: 'node0aaa' });
    expect(await signOff('asked')).toMatchObject([{ outcome: 'already-over', handedIn: true }]);
  });
});

describe('a chat that is routed to a session which began here', () => {
  test.for([
    ['tell', 'available'],
    ['unavailable', 'unavailable'],
  ] as const)(
    'is told of, and by the policy %s the agent is %s then',
    async ([onChatOffered, value]) => {
      const { server, clock, work, id, log } = await signedIn({}, { onChatOffered });
      const offers: string[] = [];
      work.presence.onChatOffered((heldId) => offers.push(heldId));
      server.endSession(agentSession);
      server.routeChat();
      await clock.advance(1_000);
      expect([offers, log.includes('chat-offered')]).toEqual([[id], true]);
      expect(work.activity.of(id)?.value).toBe(value);
    },
  );
});
