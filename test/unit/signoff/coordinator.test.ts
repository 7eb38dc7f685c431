import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../../main/results/receipt.ts';
import { answer, type Answer, END_FOR, type Sent } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';

const QUIT_MS = 5_000;

/** When each held session's first request went out, by the session's label. */
function firstSent(
  sent: readonly Sent[],
  names: ReadonlyMap<string, string>,
): Record<string, number> {
  const first: Record<string, number> = {};
  for (const { heldId, at } of sent) first[names.get(heldId) ?? heldId] ??= at;
  return first;
}

describe('engagements before agent sessions', () => {
  function worldOfFour(script: (name: string, request: Sent) => Answer) {
    const world = createSignOffWorld();
    const held = world.hold(
      agentSession('Ann'),
      engagement('Carl'),
      agentSession('Ben'),
      engagement('Dora'),
    );
    const names = new Map(held.map(({ id, label }) => [id, label]));
    world.server.answerWith((request) => script(names.get(request.heldId) ?? '', request));
    return { ...world, names };
  }

  test('the logoffs go out together once the last engagement is over', async () => {
    const { clock, coordinator, server, names } = worldOfFour((name) =>
      answer('ended', name === 'Dora' ? 700 : 100),
    );
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), QUIT_MS);
    expect(firstSent(server.sent, names)).toEqual({ Carl: 0, Dora: 0, Ann: 700, Ben: 700 });
  });

  test('the logoffs wait no longer than a third of the budget', async () => {
    const { clock, coordinator, server, names } = worldOfFour((name) =>
      name === 'Dora' ? 'never' : answer('ended'),
    );
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), QUIT_MS);
    expect(firstSent(server.sent, names)).toEqual({ Carl: 0, Dora: 0, Ann: 1666, Ben: 1666 });
  });

  test('a machine that shuts down leaves no time for an order', async () => {
    const { clock, coordinator, server, names } = worldOfFour(() => answer('ended', 700));
    await clock.until(coordinator.signOff({ cause: 'shutdown', ids: 'all' }), QUIT_MS);
    expect(firstSent(server.sent, names)).toEqual({ Carl: 0, Dora: 0, Ann: 0, Ben: 0 });
  });

  test('an engagement that is refused holds nothing up', async () => {
    const { clock, coordinator, server, names } = worldOfFour((name) =>
      answer(name === 'Carl' ? 'refused' : 'ended', 50),
    );
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), QUIT_MS);
    expect(firstSent(server.sent, names)).toMatchObject({ Ann: 50, Ben: 50 });
  });

  test('a logoff that waited still ends at the budget', async () => {
    const { clock, coordinator } = worldOfFour(() => 'never');
    const begun = clock.monotonic();
    const receipts = await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 60_000);
    expect(clock.monotonic() - begun).toBe(QUIT_MS);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(Array(4).fill('timed-out'));
  });

  test('at a shutdown nothing waits for anything', async () => {
    const { clock, coordinator, server, names } = worldOfFour(() => answer('ended', 100));
    await clock.until(coordinator.signOff({ cause: 'shutdown', ids: 'all' }), QUIT_MS);
    expect(firstSent(server.sent, names)).toEqual({ Carl: 0, Dora: 0, Ann: 0, Ben: 0 });
  });

  test('a logoff alone does not wait', async () => {
    const { clock, coordinator, server, vault } = worldOfFour(() => answer('ended'));
    const ids = vault.held().flatMap(({ id, kind }) => (kind === 'agent' ? [id] : []));
    await clock.until(coordinator.signOff({ cause: 'quit', ids }), QUIT_MS);
    expect(server.sent.map(({ at }) => at)).toEqual([0, 0]);
  });

  test('a logoff that waits is already under way, without a request', async () => {
    const { clock, coordinator, vault } = worldOfFour(() => answer('ended', 500));
    const signedOff = coordinator.signOff({ cause: 'quit', ids: 'all' });
    await clock.advance(100);
    const attempts = vault
      .held()
      .map(({ id, kind }) => [kind, coordinator.underWay(id)?.attempts()]);
    expect(attempts).toEqual([
      ['agent', 0],
      ['engagement', 1],
      ['agent', 0],
      ['engagement', 1],
    ]);
    await clock.until(signedOff, QUIT_MS);
  });
});

test('with nothing held there is nothing to do', async () => {
  const { clock, coordinator } = createSignOffWorld();
  expect(await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 0)).toEqual([]);
});

test.each(['ended', 'unreachable'] as const)(
  'leaves nothing waiting behind (%s)',
  async (outcome) => {
    const { clock, coordinator, hold, server } = createSignOffWorld();
    hold(agentSession());
    server.answerWith(() => answer(outcome));
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), QUIT_MS);
    expect(clock.waiting()).toBe(0);
  },
);

test('only the sessions that are named are ended', async () => {
  const { clock, coordinator, hold, vault } = createSignOffWorld();
  const [ann, ben] = hold(agentSession('Ann'), agentSession('Ben'));
  await clock.until(coordinator.signOff({ cause: 'asked', ids: [ann?.id ?? ''] }), 1_000);
  expect(vault.held()).toEqual([ben]);
});

test('ids that are not held, or no longer, are passed over', async () => {
  const { clock, coordinator, hold, server } = createSignOffWorld();
  const [ann, ben] = hold(agentSession('Ann'), agentSession('Ben'));
  const ids = [ann?.id ?? '', 'stranger', ben?.id ?? ''];
  await clock.until(coordinator.signOff({ cause: 'asked', ids: [ann?.id ?? ''] }), 1_000);
  const receipts = await clock.until(coordinator.signOff({ cause: 'asked', ids }), 1_000);
  expect(receipts.map(({ heldId }) => heldId)).toEqual([ben?.id]);
  expect(server.sent).toHaveLength(2);
});

test('an id that is named twice is ended once', async () => {
  const { clock, coordinator, hold } = createSignOffWorld();
  const [ann] = hold(agentSession('Ann'));
  const ids = [ann?.id ?? '', ann?.id ?? ''];
  const receipts = await clock.until(coordinator.signOff({ cause: 'asked', ids }), 1_000);
  expect(receipts).toHaveLength(1);
});

test('a thousand sessions end together, with one request each', async () => {
  const { clock, coordinator, hold, server, vault, onDisk } = createSignOffWorld();
  hold(...Array.from({ length: 1000 }, (_, n) => agentSession(`${n}`)));
  const receipts = await clock.until(coordinator.signOff({ cause: 'signal', ids: 'all' }), 20);
  expect(receipts).toHaveLength(1000);
  expect(server.sent).toHaveLength(1000);
  expect(vault.held()).toEqual([]);
  expect(onDisk()).toEqual([]);
});

describe('resolving', () => {
  test('waits for the receipts to be written', async () => {
    const written = Promise.withResolvers<undefined>();
    const { clock, coordinator, hold, vault } = createSignOffWorld({
      append: () => written.promise,
    });
    hold(agentSession());
    let resolved = false;
    const signedOff = coordinator.signOff({ cause: 'quit', ids: 'all' }).then(() => {
      resolved = true;
    });
    await clock.advance(1_000);
    expect({ resolved, held: vault.held() }).toEqual({ resolved: false, held: [] });
    written.resolve(undefined);
    await clock.until(signedOff, 0);
  });

  test.each(['ended', 'unreachable'] as const)(
    'waits for the vault to be written (%s)',
    async (outcome) => {
      const { clock, coordinator, hold, server, vault, onDisk } = createSignOffWorld();
      hold(agentSession());
      server.answerWith(() => answer(outcome));
      const signedOff = coordinator.signOff({ cause: 'quit', ids: 'all' }).then(() => onDisk());
      expect(await clock.until(signedOff, QUIT_MS)).toEqual(vault.held());
    },
  );

  test('and so has that of a sign-off that had ended just before it', async () => {
    const written = Promise.withResolvers<undefined>();
    const { clock, coordinator, server, hold } = createSignOffWorld({
      append: () => written.promise,
    });
    server.answerWith(() => answer('ended'));
    hold(agentSession());
    void coordinator.signOff({ cause: 'asked', ids: 'all' });
    await clock.advance(1_000);
    let left = false;
    const leaving = coordinator.signOff({ cause: 'signal', ids: 'all' }).then(() => (left = true));
    await clock.advance(1_000);
    expect(left).toBe(false);
    written.resolve(undefined);
    await leaving;
  });

  test('does not depend on a receipt that cannot be written', async () => {
    const full = new Error('ENOSPC');
    const { clock, coordinator, hold, onDisk, receiptFaults } = createSignOffWorld({
      append: () => Promise.reject(full),
    });
    hold(agentSession(), engagement());
    const receipts = await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 1_000);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['ended', 'ended']);
    expect(onDisk()).toEqual([]);
    expect(receiptFaults).toEqual([full, full]);
  });
});

describe('what is told on the way', () => {
  test('every receipt, once its session has left the vault', async () => {
    const { clock, coordinator, hold, vault } = createSignOffWorld();
    hold(agentSession(), engagement());
    const heard: (Receipt | number)[] = [];
    coordinator.onReceipt((receipt) => heard.push(receipt, vault.held().length));
    const [conclusion, logoff] = await clock.until(
      coordinator.signOff({ cause: 'quit', ids: 'all' }),
      1_000,
    );
    expect(heard).toEqual([conclusion, 1, logoff, 0]);
  });

  test('begin, each attempt and the end', async () => {
    const { clock, coordinator, hold, server } = createSignOffWorld();
    const [held] = hold(agentSession());
    server.answerWith((_, nth) => answer(nth === 1 ? 'unreachable' : 'ended'));
    const seen: (number | undefined)[] = [];
    coordinator.onProgress(() => seen.push(coordinator.underWay(held?.id ?? '')?.attempts()));
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 1_000);
    expect(seen).toEqual([0, 1, 2, undefined]);
  });
});

describe('a session that the server ended by itself', () => {
  /** What a call for a session that is over ends like, 20 seconds after it was sent. */
  const told = (clock: { now(): number }) => {
    const received = clock.now();
    const started = received - 20_000;
    const phases = {
      wait: 0,
      dns: null,
      tcp: null,
      tls: null,
      request: 0,
      firstByte: 20_000,
      download: 0,
      total: 20_000,
    };
    return {
      ...END_FOR['already-over'],
      times: { started, sent: started, received, finished: received + 5, phases },
      reply: null,
      proxy: 'proxy.example.com:8080',
    };
  };

  test('leaves the vault, also on the disk, with a receipt of nothing sent', async () => {
    const { clock, coordinator, hold, onDisk, server, vault, written } = createSignOffWorld();
    const [held] = hold(agentSession());
    const heard: Receipt[] = [];
    coordinator.onReceipt((receipt) => heard.push(receipt));
    const now = new Date(clock.now()).toISOString();
    coordinator.endedByServer(held?.id ?? '', told(clock));
    expect(vault.held()).toEqual([]);
    await coordinator.signOff({ cause: 'asked', ids: [] });
    expect(onDisk()).toEqual([]);
    expect(written).toEqual(heard);
    expect(written).toMatchObject([
      {
        heldId: held?.id,
        cause: 'server',
        outcome: 'already-over',
        forced: false,
        attempts: 0,
        startedAt: now,
        finishedAt: now,
        roundTripMs: null,
        phases: { total: null },
        networkMs: null,
        error: { code: 'HTTP_403', message: 'Unknown session.', status: 403 },
        proxy: 'proxy.example.com:8080',
      },
    ]);
    expect(server.sent).toEqual([]);
  });

  test('is told of as progress', () => {
    const { clock, coordinator, hold, vault } = createSignOffWorld();
    const [held] = hold(agentSession());
    const seen: number[] = [];
    coordinator.onProgress(() => seen.push(vault.held().length));
    coordinator.endedByServer(held?.id ?? '', told(clock));
    expect(seen).toEqual([0]);
  });

  test('is left to the sign-off that is under way', async () => {
    const { clock, coordinator, hold, server, vault, written } = createSignOffWorld();
    const [held] = hold(agentSession());
    server.answerWith(() => answer('already-over', 100));
    const signedOff = coordinator.signOff({ cause: 'quit', ids: 'all' });
    await clock.advance(50);
    coordinator.endedByServer(held?.id ?? '', told(clock));
    expect(vault.held()).toHaveLength(1);
    await clock.until(signedOff, QUIT_MS);
    expect(written.map(({ cause }) => cause)).toEqual(['quit']);
  });

  test('and is not held (any more) leaves no second receipt', async () => {
    const { clock, coordinator, hold, written } = createSignOffWorld();
    const [held] = hold(agentSession());
    coordinator.endedByServer(held?.id ?? '', told(clock));
    coordinator.endedByServer(held?.id ?? '', told(clock));
    await coordinator.signOff({ cause: 'asked', ids: [] });
    expect(written).toHaveLength(1);
  });

  test('has not failed to be ended, whatever happened before', async () => {
    const { clock, coordinator, hold, server } = createSignOffWorld();
    const [held] = hold(agentSession());
    const id = held?.id ?? '';
    server.answerWith(() => answer('refused'));
    await clock.until(coordinator.signOff({ cause: 'asked', ids: [id] }), QUIT_MS);
    coordinator.endedByServer(id, told(clock));
    expect(coordinator.lastFailure(id)).toBeUndefined();
  });
});

describe('the start of a sign-off', () => {
  test('is told before its first request goes out, and once', async () => {
    const { clock, coordinator, hold, server } = createSignOffWorld();
    const [held] = hold(agentSession());
    server.answerWith((_, nth) => answer(nth < 3 ? 'unreachable' : 'ended'));
    const heard: [string, number][] = [];
    coordinator.onStart((heldId) => heard.push([heldId, server.sent.length]));
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), QUIT_MS);
    expect(heard).toEqual([[held?.id, 0]]);
  });

  test('is told no second time where another order joins', async () => {
    const { clock, coordinator, hold, server } = createSignOffWorld();
    const [held] = hold(agentSession());
    server.answerWith(() => answer('ended', 100));
    const heard: string[] = [];
    coordinator.onStart((heldId) => heard.push(heldId));
    const ends = (['asked', 'quit'] as const).map((cause) =>
      coordinator.signOff({ cause, ids: 'all' }),
    );
    await clock.until(Promise.all(ends), QUIT_MS);
    expect(heard).toEqual([held?.id]);
  });

  test('of a logoff that waits for engagements is when it has waited', async () => {
    const { clock, coordinator, hold, server } = createSignOffWorld();
    const [ann] = hold(agentSession('Ann'), engagement('Carl'));
    server.answerWith(() => answer('ended', 700));
    const heard: [boolean, number][] = [];
    coordinator.onStart((heldId) => heard.push([heldId === ann?.id, clock.monotonic()]));
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), QUIT_MS);
    expect(heard).toEqual([
      [false, 0],
      [true, 700],
    ]);
  });

  test('is early enough to change what is sent', async () => {
    const { clock, coordinator, hold, server, vault } = createSignOffWorld();
    const [held] = hold(agentSession());
    server.answerWith((_, nth) => answer(nth === 1 ? 'unreachable' : 'refused'));
    coordinator.onStart((heldId) => vault.noteSequenceNumber(heldId, 7));
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), QUIT_MS);
    expect(server.sent.map(({ sequenceNumber }) => sequenceNumber)).toEqual([8, 9]);
    expect(vault.find(held?.id ?? '')?.lastSequenceNumber).toBe(9);
  });
});

describe('a session that could not be ended', () => {
  async function createFailed() {
    const world = createSignOffWorld();
    const [held] = world.hold(agentSession());
    const id = held?.id ?? '';
    world.server.answerWith(() => answer('refused'));
    await world.clock.until(world.coordinator.signOff({ cause: 'asked', ids: [id] }), QUIT_MS);
    let told = 0;
    world.coordinator.onProgress(() => (told += 1));
    return { ...world, id, told: () => told };
  }

  test('has failed no more once that is forgotten, which is told', async () => {
    const { coordinator, id, told } = await createFailed();
    coordinator.forgetFailure(id);
    expect([coordinator.lastFailure(id), told()]).toEqual([undefined, 1]);
  });

  test('is all that can be forgotten: of others nothing is told', async () => {
    const { coordinator, told } = await createFailed();
    coordinator.forgetFailure('nobody');
    expect(told()).toBe(0);
  });
});

describe('an agent session that its pool does not know', () => {
  /** Signs it off at a server that knows it in no pool, or by its site alone. */
  async function signOff({ startedHere = true, isKnown = true }) {
    const world = createSignOffWorld();
    const { clock, coordinator, server, vault } = world;
    vault.hold(agentSession(), startedHere);
    server.answerWith(({ pool }) => answer(pool === null && isKnown ? 'ended' : 'already-over'));
    const [receipt] = await clock.until(
      coordinator.signOff({ cause: 'quit', ids: 'all' }),
      QUIT_MS,
    );
    return { receipt, pools: server.sent.map(({ pool }) => pool) };
  }

  test('is looked for by its site alone, since it may have moved', async () => {
    const { receipt, pools } = await signOff({});
    expect(pools).toEqual(['297:1', null]);
    expect(receipt).toMatchObject({ outcome: 'ended', attempts: 2 });
  });

  test('is over where the site does not know it either', async () => {
    const { receipt, pools } = await signOff({ isKnown: false });
    expect(pools).toEqual(['297:1', null]);
    expect(receipt).toMatchObject({ outcome: 'already-over', attempts: 2 });
  });

  test.each(['refused', 'server-error'] as const)(
    'is one that says so: where its logoff is %s, its pool is kept',
    async (outcome) => {
      const { clock, coordinator, server, vault } = createSignOffWorld();
      vault.hold(agentSession(), true);
      server.answerWith(() => answer(outcome));
      await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), QUIT_MS);
      expect(new Set(server.sent.map(({ pool }) => pool))).toEqual(new Set(['297:1']));
    },
  );

  test('is looked for where it began elsewhere too: a console hands in no news of a move', async () => {
    const { receipt, pools } = await signOff({ startedHere: false });
    expect(pools).toEqual(['297:1', null]);
    expect(receipt).toMatchObject({ outcome: 'ended', attempts: 2 });
  });
});
