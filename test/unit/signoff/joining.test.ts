import { describe, expect, test } from 'vitest';
import type { SignOffRequest } from '../../../main/signoff/coordinator.ts';
import type { Receipt } from '../../../main/results/receipt.ts';
import { answer, type Answer, type Sent } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';

type Join = Pick<SignOffRequest, 'cause' | 'force' | 'budgetMs'>;

/** Lets `second` join `first` after `joinAfterMs`, on one session, and waits for both. */
async function join(
  kind: 'agent' | 'engagement',
  script: (request: Sent, nth: number) => Answer,
  {
    first = { cause: 'asked' },
    joinAfterMs,
    second = { cause: 'quit' },
  }: { first?: Join; joinAfterMs: number; second?: Join },
) {
  const world = createSignOffWorld();
  const [held] = world.hold(kind === 'agent' ? agentSession() : engagement());
  world.server.answerWith(script);
  let finished: { first?: number; second?: number } = {};
  const signOff = (request: Join, which: 'first' | 'second') =>
    world.coordinator.signOff({ ...request, ids: 'all' }).then((receipts): Receipt | undefined => {
      finished = { ...finished, [which]: world.clock.monotonic() };
      return receipts[0];
    });
  const firstEnd = signOff(first, 'first');
  await world.clock.advance(joinAfterMs);
  const secondEnd = signOff(second, 'second');
  const [firstReceipt, secondReceipt] = await world.clock.until(
    Promise.all([firstEnd, secondEnd]),
    60_000,
  );
  return {
    requests: world.server.sent.map(({ at, forced }) => ({ at, forced })),
    sequenceNumbers: world.server.sent.map(({ sequenceNumber }) => sequenceNumber),
    kept: held && world.vault.find(held.id)?.lastSequenceNumber,
    mostInFlight: world.server.mostInFlight(),
    written: world.written,
    firstReceipt,
    secondReceipt,
    finished,
  };
}

const refusedUnlessForced = ({ forced }: Sent): Answer =>
  answer(forced ? 'ended' : 'refused', 1_000);

describe('a quit joins an asked sign-off', () => {
  test('whose request is in flight: its answer, if it is over, is enough', async () => {
    const { requests, firstReceipt, secondReceipt, written } = await join(
      'agent',
      () => answer('ended', 1_000),
      { joinAfterMs: 400 },
    );
    expect(requests).toEqual([{ at: 0, forced: false }]);
    expect(written).toEqual([firstReceipt]);
    expect(secondReceipt).toBe(firstReceipt);
    expect(firstReceipt).toMatchObject({ cause: 'quit', forced: false, outcome: 'ended' });
  });

  test('whose request is in flight and refused: the forced one is sent at once', async () => {
    const { requests, secondReceipt } = await join('agent', refusedUnlessForced, {
      joinAfterMs: 400,
    });
    expect(requests).toEqual([
      { at: 0, forced: false },
      { at: 1_000, forced: true },
    ]);
    expect(secondReceipt).toMatchObject({
      cause: 'quit',
      forced: true,
      outcome: 'ended',
      attempts: 2,
    });
  });

  test('whose request fails in flight: the forced one is sent at once, without a wait', async () => {
    const { requests } = await join(
      'agent',
      ({ forced }) => answer(forced ? 'ended' : 'server-error', 1_000),
      { joinAfterMs: 400 },
    );
    expect(requests).toEqual([
      { at: 0, forced: false },
      { at: 1_000, forced: true },
    ]);
  });

  test('that waits for its next attempt: the forced one is sent at once', async () => {
    const { requests } = await join(
      'agent',
      ({ forced }) => answer(forced ? 'ended' : 'unreachable', 0),
      // The third attempt would go out at 450.
      { joinAfterMs: 250 },
    );
    expect(requests).toEqual([
      { at: 0, forced: false },
      { at: 150, forced: false },
      { at: 250, forced: true },
    ]);
  });

  test('whose request hangs: the forced one is sent after a third of the time that is left', async () => {
    const { requests, secondReceipt } = await join(
      'agent',
      ({ forced }) => (forced ? answer('ended') : 'never'),
      { joinAfterMs: 400 },
    );
    expect(requests).toEqual([
      { at: 0, forced: false },
      { at: 400 + 1_666, forced: true },
    ]);
    expect(secondReceipt).toMatchObject({ cause: 'quit', forced: true, outcome: 'ended' });
  });

  test('that has a second left: the quit has its own budget', async () => {
    const { requests, finished, secondReceipt } = await join('agent', () => 'never', {
      joinAfterMs: 9_000,
    });
    expect(requests).toEqual([
      { at: 0, forced: false },
      { at: 9_000 + 1_666, forced: true },
    ]);
    expect(finished.second).toBe(9_000 + 5_000);
    expect(secondReceipt).toMatchObject({ cause: 'quit', forced: true, outcome: 'timed-out' });
  });

  test('that waits for its receipt beyond its own time: it is not given up before the quit’s', async () => {
    const { firstReceipt, secondReceipt, written } = await join(
      'agent',
      ({ forced }) => (forced ? answer('ended', 2_500) : 'never'),
      { first: { cause: 'asked', budgetMs: 1_000 }, joinAfterMs: 500 },
    );
    expect(firstReceipt).toMatchObject({ cause: 'quit', outcome: 'ended', attempts: 2 });
    expect([firstReceipt, ...written]).toEqual([secondReceipt, secondReceipt]);
  });

  test('that is forced and has a second left: the quit has its own budget', async () => {
    const { requests, finished, secondReceipt } = await join('agent', () => 'never', {
      first: { cause: 'asked', force: true },
      joinAfterMs: 9_000,
    });
    expect(requests).toEqual([
      { at: 0, forced: true },
      { at: 10_000, forced: true },
    ]);
    expect(finished).toEqual({ first: 10_000, second: 14_000 });
    expect(secondReceipt).toMatchObject({ cause: 'quit', forced: true, outcome: 'timed-out' });
  });

  test('that goes on in another one: the sequence numbers go on too', async () => {
    const { sequenceNumbers, kept } = await join('agent', () => 'never', {
      first: { cause: 'asked', force: true },
      joinAfterMs: 9_000,
    });
    expect({ sequenceNumbers, kept }).toEqual({ sequenceNumbers: [1, 2], kept: 2 });
  });

  test('that is forced and refused: the same request is not sent again', async () => {
    const { requests, secondReceipt } = await join('agent', () => answer('refused', 1_000), {
      first: { cause: 'asked', force: true },
      joinAfterMs: 400,
    });
    expect(requests).toEqual([{ at: 0, forced: true }]);
    expect(secondReceipt).toMatchObject({ outcome: 'refused', forced: true });
  });

  test('that is forced, has less time and is refused: the same request is not sent again', async () => {
    const { requests } = await join('agent', () => answer('refused', 8_000), {
      first: { cause: 'asked', force: true },
      joinAfterMs: 7_000,
    });
    expect(requests).toEqual([{ at: 0, forced: true }]);
  });

  test('of an engagement that is refused: the same request is not sent again', async () => {
    const { requests, written } = await join('engagement', () => answer('refused', 1_000), {
      joinAfterMs: 400,
    });
    expect(requests).toEqual([{ at: 0, forced: false }]);
    expect(written).toHaveLength(1);
  });

  test('of an engagement: its request in flight is not given up for the same one', async () => {
    const { requests, secondReceipt } = await join('engagement', () => answer('ended', 3_000), {
      joinAfterMs: 400,
    });
    expect(requests).toEqual([{ at: 0, forced: false }]);
    expect(secondReceipt).toMatchObject({ cause: 'quit', outcome: 'ended', attempts: 1 });
  });

  test('of an engagement that keeps failing: waits between attempts are kept', async () => {
    const { requests, written } = await join('engagement', () => answer('unreachable', 0), {
      joinAfterMs: 0,
    });
    // Waits of 150, 300, 600, 1200 and 1500 ms; the next would not fit into the quit's 5 s, and is moved forward.
    expect(requests.map(({ at }) => at)).toEqual([0, 0, 300, 900, 2100, 3600, 4300]);
    expect(written).toHaveLength(1);
  });
});

describe('a weaker cause that joins a stronger one', () => {
  test('sends nothing more while the stronger one lasts', async () => {
    const { requests, finished, secondReceipt } = await join(
      'agent',
      () => answer('ended', 2_000),
      {
        first: { cause: 'quit' },
        joinAfterMs: 400,
        second: { cause: 'asked' },
      },
    );
    expect(requests).toEqual([{ at: 0, forced: true }]);
    expect(finished).toEqual({ first: 2_000, second: 2_000 });
    expect(secondReceipt).toMatchObject({ cause: 'quit', forced: true });
  });

  test('does not wake it from the wait between two attempts', async () => {
    const { requests } = await join(
      'agent',
      (_, nth) => answer(nth < 3 ? 'unreachable' : 'ended', 0),
      { first: { cause: 'quit' }, joinAfterMs: 200, second: { cause: 'leftover' } },
    );
    expect(requests.map(({ at }) => at)).toEqual([0, 150, 450]);
  });

  test('does not lengthen its budget', async () => {
    const { finished } = await join('agent', () => 'never', {
      first: { cause: 'quit' },
      joinAfterMs: 400,
      second: { cause: 'leftover' },
    });
    expect(finished.first).toBe(5_000);
  });

  test('does not take its force away, even if it has less time', async () => {
    const { requests, finished } = await join('agent', () => answer('unreachable', 0), {
      first: { cause: 'quit' },
      joinAfterMs: 200,
      second: { cause: 'asked', budgetMs: 500 },
    });
    expect(requests.map(({ at }) => at)).toEqual([0, 150, 450, 1050, 2250, 3750, 4375]);
    expect(requests.every(({ forced }) => forced)).toBe(true);
    expect(finished.first).toBe(4_375);
  });

  test('takes over its refusal', async () => {
    const { requests, secondReceipt } = await join('agent', () => answer('refused', 1_000), {
      first: { cause: 'quit' },
      joinAfterMs: 400,
      second: { cause: 'asked' },
    });
    expect(requests).toEqual([{ at: 0, forced: true }]);
    expect(secondReceipt).toMatchObject({ cause: 'quit', outcome: 'refused' });
  });
});

describe('a cause that joins one with the same force', () => {
  test('shortens the time that is left, where it has less', async () => {
    const { finished, secondReceipt } = await join('agent', () => 'never', {
      first: { cause: 'leftover' },
      joinAfterMs: 1_000,
      second: { cause: 'signal' },
    });
    expect(finished).toEqual({ first: 5_000, second: 5_000 });
    expect(secondReceipt).toMatchObject({ cause: 'signal', attempts: 1 });
  });

  test('goes on for the time that it has more, even if it is the same cause', async () => {
    const { requests, finished } = await join('agent', () => 'never', {
      first: { cause: 'asked', budgetMs: 1_000 },
      joinAfterMs: 500,
      second: { cause: 'asked', budgetMs: 3_000 },
    });
    expect(requests.map(({ at }) => at)).toEqual([0, 1_000]);
    expect(finished).toEqual({ first: 1_000, second: 3_500 });
  });

  test('does not try again after the same deadline, however short of it the last attempt was', async () => {
    const { requests, written } = await join('agent', () => answer('unreachable', 0), {
      first: { cause: 'signal' },
      joinAfterMs: 0,
      second: { cause: 'shutdown' },
    });
    expect(requests.map(({ at }) => at)).toEqual([0, 150, 450, 1050, 2250, 3125]);
    expect(written).toHaveLength(1);
  });
});

test('a quit during the turn of the engagements lets the logoff begin in its own turn', async () => {
  const world = createSignOffWorld();
  const [agent] = world.hold(agentSession(), engagement());
  world.server.answerWith(({ heldId }) => (heldId === agent?.id ? answer('ended') : 'never'));
  const asked = world.coordinator.signOff({ cause: 'asked', ids: 'all' });
  await world.clock.advance(1_000);
  const quit = world.coordinator.signOff({ cause: 'quit', ids: 'all' });
  await world.clock.until(Promise.all([asked, quit]), 10_000);
  // A third of the quit's 5 s, where a third of the asked one's 10 s would be later.
  expect(world.server.sentOf(agent?.id ?? '')).toMatchObject([{ at: 1_000 + 1_666, forced: true }]);
});

test('three causes at once share one request', async () => {
  const world = createSignOffWorld();
  world.hold(agentSession());
  const causes = ['asked', 'quit', 'signal'] as const;
  const receipts = await world.clock.until(
    Promise.all(causes.map((cause) => world.coordinator.signOff({ cause, ids: 'all' }))),
    1_000,
  );
  expect(world.server.sent).toHaveLength(1);
  expect(world.written).toHaveLength(1);
  expect(receipts.flat()).toMatchObject(causes.map(() => ({ cause: 'signal', forced: true })));
});

// The moments between the answer and the end of its sign-off, which a cause may fall into.
test.each(Array.from({ length: 12 }, (_, microtasks) => microtasks))(
  'a quit that comes %d microtasks after an unforced refusal still sends its forced request',
  async (microtasks) => {
    const world = createSignOffWorld();
    world.hold(agentSession());
    world.server.answerWith(({ forced }) => answer(forced ? 'ended' : 'refused', 100));
    const quit = Promise.withResolvers<Receipt[]>();
    let quitting = false;
    world.server.onEnd(() => {
      if (quitting) return;
      quitting = true;
      void (async () => {
        for (let passed = 0; passed < microtasks; passed += 1) await Promise.resolve();
        quit.resolve(world.coordinator.signOff({ cause: 'quit', ids: 'all' }));
      })();
    });
    const asked = world.coordinator.signOff({ cause: 'asked', ids: 'all' });
    await world.clock.until(Promise.all([asked, quit.promise]), 5_000);
    expect(world.server.sent.map(({ forced }) => forced)).toEqual([false, true]);
    expect(world.server.mostInFlight()).toBe(1);
  },
);

test('each stronger cause wakes the sign-off from its wait anew', async () => {
  const world = createSignOffWorld();
  world.hold(agentSession());
  world.server.answerWith(() => answer('unreachable', 0));
  const ends = [world.coordinator.signOff({ cause: 'leftover', ids: 'all' })];
  // Within the first wait, which would last until 150; the second would last until 400.
  await world.clock.advance(100);
  ends.push(world.coordinator.signOff({ cause: 'quit', ids: 'all' }));
  await world.clock.advance(100);
  ends.push(world.coordinator.signOff({ cause: 'signal', ids: 'all' }));
  await world.clock.settle();
  expect(world.server.sent.map(({ at }) => at)).toEqual([0, 100, 200]);
  await world.clock.until(Promise.all(ends), 30_000);
});

test('nothing is sent for an order whose time ran out while the disk was slow', async () => {
  const slowDisk = Promise.withResolvers<undefined>();
  const world = createSignOffWorld({ append: () => slowDisk.promise });
  world.hold(agentSession());
  world.server.answerWith(() => 'never');
  const short = world.coordinator.signOff({ cause: 'asked', ids: 'all', budgetMs: 1_000 });
  const longer = world.coordinator.signOff({ cause: 'asked', ids: 'all', budgetMs: 3_000 });
  // To the very moment at which the longer one's time is up.
  await world.clock.advance(3_000);
  slowDisk.resolve(undefined);
  await world.clock.until(Promise.all([short, longer]), 0);
  expect(world.server.sent).toHaveLength(1);
});

describe('an asked sign-off joins a leftover’s, which has more time', () => {
  const patience = { cause: 'asked', budgetMs: 2_000 } as const;

  test('and is told when its own is up, without a receipt of its own', async () => {
    const { finished, secondReceipt, written } = await join('agent', () => 'never', {
      first: { cause: 'leftover' },
      joinAfterMs: 1_000,
      second: patience,
    });
    expect(finished).toEqual({ first: 30_000, second: 3_000 });
    expect(secondReceipt).toMatchObject({
      cause: 'asked',
      outcome: 'timed-out',
      attempts: 1,
      error: { message: 'It is still being signed off for another cause.' },
    });
    expect(written).toHaveLength(1);
  });

  test('and ends as that does where it ends in time', async () => {
    const { secondReceipt, firstReceipt } = await join('agent', () => answer('ended', 1_500), {
      first: { cause: 'leftover' },
      joinAfterMs: 1_000,
      second: patience,
    });
    expect(secondReceipt).toBe(firstReceipt);
  });
});
