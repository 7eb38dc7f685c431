import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../main/results/receipt.ts';
import { createRetries, type Retries } from '../../../main/signoff/retries.ts';
import { answer, type Answer } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld, type SignOffWorld } from '../../support/sign-off-world.ts';

const MINUTE = 60_000;

/** A start of the app that finds an agent session and an engagement left over. */
function leftOverWorld(): SignOffWorld {
  const before = createSignOffWorld();
  before.hold(agentSession('Ann'), engagement('Carl'));
  return createSignOffWorld({ leftOver: before.onDisk() });
}

/** What is left over in that world, signed off from now on. */
function signOffLeftovers(world: SignOffWorld, isOnline = () => true): Retries {
  const retries = createRetries({ ...world, isOnline });
  void retries.signOff(
    'leftover',
    world.vault.held().map(({ id }) => id),
  );
  return retries;
}

test('leftovers are ended at once, by force', async () => {
  const world = leftOverWorld();
  signOffLeftovers(world);
  await world.clock.advance(1_000);
  expect(world.vault.held()).toEqual([]);
  expect(world.written).toMatchObject([
    { label: 'Carl', cause: 'leftover', attempts: 1 },
    { label: 'Ann', cause: 'leftover', attempts: 1, forced: true },
  ]);
});

test('what is signed off for a cause that leaves it open is ended by force too', async () => {
  const { clock, coordinator, server, vault } = leftOverWorld();
  const retries = createRetries({ coordinator, vault, clock, isOnline: () => true });
  const ids = vault.held().flatMap(({ id, kind }) => (kind === 'agent' ? [id] : []));
  await clock.until(retries.signOff('asked', ids), 1_000);
  expect(server.sent).toMatchObject([{ forced: true }]);
});

test('with nothing left over there is nothing to do', async () => {
  const world = createSignOffWorld();
  signOffLeftovers(world);
  await world.clock.advance(10 * MINUTE);
  expect(world.server.sent).toEqual([]);
});

test('a server that is away is tried again a minute after each failure, until it is back', async () => {
  const world = leftOverWorld();
  let away = true;
  world.server.answerWith(() => (away ? 'never' : answer('ended')));
  signOffLeftovers(world);
  await world.clock.advance(30_000 + MINUTE + 30_000);
  away = false;
  await world.clock.advance(MINUTE + 5_000);
  const startsOfAnn = world.written
    .filter(({ label }) => label === 'Carl')
    .map(({ startedAt }) => Date.parse(startedAt));
  expect(startsOfAnn.map((at) => at - (startsOfAnn[0] ?? 0))).toEqual([0, 90_000, 180_000]);
  expect(world.vault.held()).toEqual([]);
});

test.each<Outcome>(['refused', 'not-found'])('what is %s is not tried again', async (outcome) => {
  const world = leftOverWorld();
  world.server.answerWith(() => answer(outcome));
  signOffLeftovers(world);
  await world.clock.advance(1_000);
  await world.clock.advance(10 * MINUTE);
  expect(world.server.sent).toHaveLength(2);
  expect(world.vault.held()).toHaveLength(2);
});

test("what a public network answered in the server's place is tried again", async () => {
  const world = leftOverWorld();
  const page = { kind: 'not-this-api', status: 200, message: 'A web page.' } as const;
  world.server.answerWith(() => ({ afterMs: 20, end: page }));
  signOffLeftovers(world);
  await world.clock.advance(1_000);
  world.server.answerWith(() => answer('ended'));
  await world.clock.advance(MINUTE + 5_000);
  expect(world.vault.held()).toEqual([]);
});

test.each<Outcome>(['server-error', 'unreachable', 'timed-out'])(
  'what is %s is tried again alone, without what is settled',
  async (outcome) => {
    const world = leftOverWorld();
    const [ann, carl] = world.vault.held();
    world.server.answerWith(({ heldId }) => answer(heldId === ann?.id ? outcome : 'refused'));
    signOffLeftovers(world);
    await world.clock.advance(30_000);
    const before = world.server.sentOf(ann?.id ?? '').length;
    await world.clock.advance(2 * MINUTE);
    expect(world.server.sentOf(ann?.id ?? '').length).toBeGreaterThan(before);
    expect(world.server.sentOf(carl?.id ?? '')).toHaveLength(1);
  },
);

test('a leftover that the agent has signed off meanwhile is not tried again', async () => {
  const world = leftOverWorld();
  world.server.answerWith(() => 'never');
  signOffLeftovers(world);
  await world.clock.advance(40_000);
  world.server.answerWith(() => answer('ended'));
  await world.clock.until(world.coordinator.signOff({ cause: 'asked', ids: 'all' }), 1_000);
  const sent = world.server.sent.length;
  await world.clock.advance(10 * MINUTE);
  expect(world.server.sent).toHaveLength(sent);
});

test('what is handed in after the start is no leftover', async () => {
  const world = leftOverWorld();
  world.server.answerWith(() => 'never');
  signOffLeftovers(world);
  const [ben] = world.hold(agentSession('Ben'));
  world.server.answerWith(() => answer('ended'));
  await world.clock.advance(30_000 + MINUTE + 1_000);
  expect(world.vault.held()).toEqual([ben]);
});

test('the network coming back is reason enough to try again', async () => {
  const world = leftOverWorld();
  world.server.answerWith(() => answer('unreachable'));
  let online = false;
  signOffLeftovers(world, () => online);
  await world.clock.advance(31_000);
  world.server.answerWith(() => answer('ended'));
  expect(world.vault.held()).toHaveLength(2);
  online = true;
  await world.clock.advance(5_000);
  expect(world.vault.held()).toEqual([]);
});

test('waking up is reason enough to try again', async () => {
  const world = leftOverWorld();
  world.server.answerWith(() => answer('unreachable'));
  const retries = signOffLeftovers(world);
  await world.clock.advance(31_000);
  world.server.answerWith(() => answer('ended'));
  retries.retryNow();
  await world.clock.advance(1_000);
  expect(world.vault.held()).toEqual([]);
});

test('a session of a failed sign-in is ended by force too', async () => {
  const world = leftOverWorld();
  const retries = createRetries({ ...world, isOnline: () => true });
  const [ann] = world.vault.held();
  await world.clock.until(retries.signOff('asked', [ann?.id ?? '']), 1_000);
  expect(world.server.sent).toMatchObject([{ heldId: ann?.id, forced: true }]);
});

test('what a second try has ended is owed no more, and nothing waits for it', async () => {
  const world = leftOverWorld();
  world.server.answerWith(() => answer('unreachable'));
  const retries = signOffLeftovers(world);
  await world.clock.advance(31_000);
  world.server.answerWith(() => answer('ended'));
  await world.clock.advance(MINUTE + 5_000);
  expect([retries.isPending(), world.clock.waiting()]).toEqual([false, 0]);
});

test('a machine that wakes up amid a second try does not start a third beside it', async () => {
  const world = leftOverWorld();
  world.server.answerWith(() => 'never');
  const retries = signOffLeftovers(world);
  await world.clock.advance(30_000 + MINUTE + 1_000);
  retries.retryNow();
  await world.clock.advance(29_000 + 5_000);
  const [, carl] = world.vault.held();
  const times = world.server.sentOf(carl?.id ?? '').map(({ at }) => at);
  expect(times).toEqual([0, 30_000 + MINUTE, 60_000 + MINUTE]);
});

test('no timer runs while nothing is owed', async () => {
  const world = leftOverWorld();
  signOffLeftovers(world);
  await world.clock.advance(1_000);
  expect(world.clock.waiting()).toBe(0);
});

test('what is handed in again is owed no more', async () => {
  const world = leftOverWorld();
  world.server.answerWith(() => answer('unreachable'));
  const retries = signOffLeftovers(world);
  await world.clock.advance(35_000);
  const [ann, carl] = world.vault.held().map(({ id }) => id);
  expect(retries.isPending()).toBe(true);
  retries.forget(ann ?? '');
  const before = world.server.sent.length;
  await world.clock.advance(2 * MINUTE);
  expect(new Set(world.server.sent.slice(before).map(({ heldId }) => heldId))).toEqual(
    new Set([carl]),
  );
  retries.forget(carl ?? '');
  expect(retries.isPending()).toBe(false);
});

test('what is handed in again amid a try is not tried a second time', async () => {
  const world = leftOverWorld();
  world.server.answerWith(() => 'never');
  const retries = signOffLeftovers(world);
  await world.clock.advance(1_000);
  for (const { id } of world.vault.held()) retries.forget(id);
  await world.clock.advance(30_000);
  expect(retries.isPending()).toBe(false);
});

test('a machine that wakes up amid a try has what failed tried at once afterwards', async () => {
  const world = leftOverWorld();
  world.server.answerWith(() => 'never');
  const retries = signOffLeftovers(world);
  await world.clock.advance(1_000);
  retries.retryNow();
  world.server.answerWith(() => answer('ended'));
  await world.clock.advance(29_000 + 1_000);
  expect(world.vault.held()).toEqual([]);
});

test('whether a session is owed is known once its try has ended, and told', async () => {
  const world = leftOverWorld();
  const [ann, carl] = world.vault.held().map(({ id }) => id);
  world.server.answerWith(({ heldId }) => answer(heldId === ann ? 'unreachable' : 'refused', 100));
  const retries = signOffLeftovers(world);
  const isRetrying = (): boolean[] => [ann, carl].map((id) => retries.isRetrying(id ?? ''));
  const told: boolean[][] = [];
  retries.onChange(() => void told.push(isRetrying()));
  await world.clock.advance(50);
  expect([told, isRetrying()]).toEqual([[], [true, true]]);
  await world.clock.advance(40_000);
  expect(told).toEqual([[true, false]]);
  retries.forget(ann ?? '');
  expect(told.at(-1)).toEqual([false, false]);
});

test('when a session is tried again at the latest is known between two tries, by the wall clock', async () => {
  const world = leftOverWorld();
  const ids = world.vault.held().map(({ id }) => id);
  world.server.answerWith(({ heldId }) => answer(heldId === ids[0] ? 'timed-out' : 'refused', 0));
  await world.clock.advance(7_000);
  const retries = signOffLeftovers(world);
  const nextTryAt = (): (number | null)[] => ids.map(retries.nextTryAt);
  const during = nextTryAt();
  const receipts = await world.clock.until(
    world.coordinator.signOff({ cause: 'leftover', ids: 'all' }),
    60_000,
  );
  const triedAt = Math.max(...receipts.map(({ finishedAt }) => Date.parse(finishedAt)));
  await world.clock.advance(4_000);
  const between = nextTryAt();
  retries.retryNow();
  expect([during, between, nextTryAt()]).toEqual([
    [null, null],
    [triedAt + MINUTE, null],
    [null, null],
  ]);
});

test('a network that was there all along is no reason to try again', async () => {
  const world = leftOverWorld();
  world.server.answerWith(() => answer('unreachable'));
  signOffLeftovers(world);
  await world.clock.advance(31_000);
  const sent = world.server.sent.length;
  await world.clock.advance(20_000);
  expect(world.server.sent).toHaveLength(sent);
});

describe('what nobody has confirmed', () => {
  /** An agent's own sign-off, whose answers confirm nothing. */
  async function askInVain() {
    const world = createSignOffWorld();
    const [held] = world.hold(agentSession('Ann'));
    world.server.answerWith(() => answer('unconfirmed', 0));
    const retries = createRetries({ ...world, isOnline: () => true });
    const [first] = await world.clock.until(
      world.coordinator.signOff({ cause: 'asked', ids: 'all' }),
      1_000,
    );
    return { ...world, retries, first, id: held?.id ?? '' };
  }

  test('is tried again after one minute and two, then every five, as it was asked for', async () => {
    const { clock, server, retries, id } = await askInVain();
    expect(retries.isRetrying(id)).toBe(true);
    await clock.advance(8 * MINUTE);
    const minutes = server.sent.map(({ at }) => Math.round(at / MINUTE));
    expect(minutes).toEqual([0, 1, 3, 8]);
    expect(server.sent.map(({ forced }) => forced)).toEqual([false, false, false, false]);
  });

  test('stays held, and is let go with a receipt once the server keeps no absent agent so long', async () => {
    const { clock, vault, written, first, retries } = await askInVain();
    expect(first).toMatchObject({ outcome: 'unconfirmed', letGo: false });
    await clock.advance(8 * MINUTE - 10_000);
    expect(vault.held()).toHaveLength(1);
    await clock.advance(20_000);
    expect(vault.held()).toEqual([]);
    expect(written.map(({ outcome, letGo }) => [outcome, letGo])).toEqual([
      ['unconfirmed', false],
      ['unconfirmed', false],
      ['unconfirmed', false],
      ['unconfirmed', true],
    ]);
    expect([retries.isPending(), clock.waiting()]).toEqual([false, 0]);
  });

  test('is tried again when the network is back, and ends then', async () => {
    const { clock, server, retries, vault } = await askInVain();
    server.answerWith(() => answer('ended'));
    retries.retryNow();
    await clock.advance(1_000);
    expect([vault.held(), retries.isPending()]).toEqual([[], false]);
  });

  test('is not tried again where the agent, who was refused then, goes on', async () => {
    const { clock, coordinator, server, retries } = await askInVain();
    server.answerWith(() => answer('refused'));
    await clock.until(coordinator.signOff({ cause: 'asked', ids: 'all' }), 1_000);
    expect(retries.isPending()).toBe(false);
  });

  test('is not tried again where it is handed in again, even amid the try', async () => {
    const { clock, coordinator, server, retries, id } = await askInVain();
    retries.forget(id);
    expect(retries.isPending()).toBe(false);
    server.answerWith(() => answer('unconfirmed', 100));
    const ended = coordinator.signOff({ cause: 'asked', ids: 'all' });
    await clock.advance(50);
    retries.forget(id);
    await clock.until(ended, 1_000);
    expect(retries.isPending()).toBe(false);
  });
});

describe('a server that asks to be left alone', () => {
  const later = (retryAfterMs: number): Answer => ({
    afterMs: 0,
    end: { kind: 'exception', status: 429, code: null, message: 'Later.', retryAfterMs },
  });

  test('is waited for within the budget, and no sooner', async () => {
    const world = createSignOffWorld();
    world.hold(agentSession());
    world.server.answerWith((_, nth) => (nth === 1 ? later(2_000) : answer('ended')));
    const [receipt] = await world.clock.until(
      world.coordinator.signOff({ cause: 'quit', ids: 'all' }),
      5_000,
    );
    expect(receipt).toMatchObject({ outcome: 'ended', attempts: 2 });
    expect(world.server.sent.map(({ at }) => at)).toEqual([0, 2_000]);
  });

  test.for([
    [120_000, 120_000],
    // A gateway's whim is obeyed for an hour at the most.
    [10 * 60 * MINUTE, 60 * MINUTE],
  ] as const)('beyond the budget (%d ms) is tried again then', async ([asked, waited]) => {
    const world = createSignOffWorld();
    const [held] = world.hold(agentSession());
    world.server.answerWith(() => later(asked));
    const retries = createRetries({ ...world, isOnline: () => true });
    const [receipt] = await world.clock.until(
      world.coordinator.signOff({ cause: 'asked', ids: 'all' }),
      100,
    );
    expect(receipt).toMatchObject({ outcome: 'server-error', attempts: 1, retryAfterMs: asked });
    const due = world.clock.now() + waited;
    expect(Math.abs((retries.nextTryAt(held?.id ?? '') ?? 0) - due)).toBeLessThan(100);
    // Not even a network that comes back is a reason to ask sooner.
    retries.retryNow();
    await world.clock.advance(waited - 10_000);
    expect(world.server.sent).toHaveLength(1);
    world.server.answerWith(() => answer('ended'));
    await world.clock.advance(20_000);
    expect(world.vault.held()).toEqual([]);
  });

  test('is not asked sooner by a stronger order, which has its receipt at once', async () => {
    const world = createSignOffWorld();
    world.hold(agentSession());
    world.server.answerWith(() => later(8_000));
    void world.coordinator.signOff({ cause: 'asked', ids: 'all' });
    await world.clock.advance(1_000);
    const [receipt] = await world.clock.until(
      world.coordinator.signOff({ cause: 'quit', ids: 'all' }),
      10,
    );
    expect(receipt).toMatchObject({ outcome: 'server-error', retryAfterMs: 8_000 });
    expect(world.server.sent).toHaveLength(1);
  });
});
