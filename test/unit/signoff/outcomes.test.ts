import { describe, expect, test } from 'vitest';
import { untimed } from '../../../main/chat/call-end.ts';
import { elapsed } from '../../../main/common/clock.ts';
import type { Session } from '../../../main/sessions/session.ts';
import { startsSignOffs } from '../../../main/signoff/sign-off.ts';
import { BUDGET_MS } from '../../support/budgets.ts';
import {
  type Receipt,
  type SignOffCause,
  signOffCauseSchema,
  type Outcome,
  outcomeSchema,
} from '../../../main/results/receipt.ts';
import { PROMISED_MS } from '../../support/promised-budgets.ts';
import { answer, END_FOR } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld, type SignOffWorld } from '../../support/sign-off-world.ts';

const KINDS = ['agent', 'engagement'] as const;
type Kind = (typeof KINDS)[number];

interface Case {
  readonly cause: SignOffCause;
  readonly outcome: Outcome;
  readonly kind: Kind;
}

const cases: Case[] = signOffCauseSchema.options.flatMap((cause) =>
  outcomeSchema.options.flatMap((outcome) => KINDS.map((kind) => ({ cause, outcome, kind }))),
);
const over: readonly Outcome[] = ['ended', 'already-over'];
const worthRetrying: readonly Outcome[] = ['server-error', 'unreachable', 'timed-out'];

const ANSWER_AFTER_MS = 20;
/** What is waited after each attempt where the jitter is in its middle: three quarters of the whole. */
const WAITS_MS = [150, 300, 600, 1200, 1500];

/** When the attempts go out at a server that always answers the same, measured from the start. */
function sendTimes({ cause, outcome, kind }: Case): number[] {
  const times = [0];
  // Without the pool, which may have moved.
  if (outcome === 'already-over' && kind === 'agent') return [0, ANSWER_AFTER_MS];
  if (!worthRetrying.includes(outcome)) return times;
  let answered = ANSWER_AFTER_MS;
  for (;;) {
    const left = BUDGET_MS[cause] - answered;
    const usual = WAITS_MS[Math.min(times.length, WAITS_MS.length) - 1] ?? 0;
    // The last attempt is moved forward rather than too late to be answered.
    const wait = left - usual < 500 && left >= 1_000 ? Math.trunc(left / 2) : usual;
    if (wait >= left) return times;
    times.push(answered + wait);
    answered += wait + ANSWER_AFTER_MS;
  }
}

async function signOffOne(
  world: SignOffWorld,
  { cause, outcome, kind }: Case,
  options: { force?: boolean } = {},
) {
  const [held] = world.hold(kind === 'agent' ? agentSession() : engagement());
  if (held === undefined) throw new Error('nothing held');
  world.server.answerWith(() => answer(outcome, ANSWER_AFTER_MS));
  const begun = world.clock.now();
  const signedOff = world.coordinator.signOff({ cause, ids: [held.id], ...options });
  const receipts = await world.clock.until(signedOff, BUDGET_MS[cause]);
  const [receipt] = receipts;
  if (receipt === undefined) throw new Error('no receipt');
  return { held, receipts, receipt, begun };
}

describe.each(cases)('$outcome for an $kind session, cause $cause', (one) => {
  const { cause, outcome, kind } = one;
  const forced = kind === 'agent' && cause !== 'asked';

  test('is held no longer only if the server said that it is over', async () => {
    const world = createSignOffWorld();
    const { held } = await signOffOne(world, one);
    const stillHeld = over.includes(outcome) ? [] : [held.id];
    expect(world.vault.held().map(({ id }) => id)).toEqual(stillHeld);
    expect(world.onDisk().map(({ id }) => id)).toEqual(stillHeld);
  });

  test('is tried again only if that can help, with growing waits inside the budget', async () => {
    const world = createSignOffWorld();
    await signOffOne(world, one);
    expect(world.server.sent.map(({ at }) => at)).toEqual(sendTimes(one));
  });

  test('is forced in every request unless the agent asked without force', async () => {
    const world = createSignOffWorld();
    await signOffOne(world, one);
    expect(new Set(world.server.sent.map((request) => request.forced))).toEqual(new Set([forced]));
  });

  test('counts the sequence numbers up and keeps the last with what stays held', async () => {
    const world = createSignOffWorld();
    const { held } = await signOffOne(world, one);
    const numbers = world.server.sent.map(({ sequenceNumber }) => sequenceNumber);
    expect(numbers).toEqual(sendTimes(one).map((_, index) => index + 1));
    const kept = world.onDisk().find(({ id }) => id === held.id)?.lastSequenceNumber;
    expect(kept).toBe(over.includes(outcome) ? undefined : numbers.length);
  });

  test('leaves a receipt that says so', async () => {
    const world = createSignOffWorld();
    const { held, receipts, receipt, begun } = await signOffOne(world, one);
    const attempts = sendTimes(one);
    const finished = begun + (attempts.at(-1) ?? 0) + ANSWER_AFTER_MS;
    expect(receipt).toMatchObject({
      heldId: held.id,
      kind,
      label: held.label,
      address: { server: held.server, fqSiteName: held.fqSiteName },
      cause,
      forced,
      outcome,
      attempts: attempts.length,
      startedAt: new Date(begun).toISOString(),
      finishedAt: new Date(finished).toISOString(),
      roundTripMs: ANSWER_AFTER_MS,
    });
    expect(receipt.error === null).toBe(outcome === 'ended');
    expect(world.written).toEqual(receipts);
    expect(JSON.stringify(receipts)).not.toContain(held.sessionId);
  });

  test('is remembered as a failure only if it stays held', async () => {
    const world = createSignOffWorld();
    const { held, receipt } = await signOffOne(world, one);
    const failure = over.includes(outcome) ? undefined : receipt;
    expect(world.coordinator.lastFailure(held.id)).toEqual(failure);
    expect(world.coordinator.underWay(held.id)).toBeUndefined();
  });
});

describe.each(signOffCauseSchema.options)('a server that never answers, cause %s', (cause) => {
  test.each(KINDS)('ends the wait for an %s at the budget exactly', async (kind) => {
    const world = createSignOffWorld();
    const [held] = world.hold(kind === 'agent' ? agentSession() : engagement());
    world.server.answerWith(() => 'never');
    const begun = world.clock.now();
    const signedOff = world.coordinator.signOff({ cause, ids: 'all' });
    const [receipt] = await world.clock.until(signedOff, BUDGET_MS[cause]);
    expect(receipt).toMatchObject({
      outcome: 'timed-out',
      attempts: 1,
      roundTripMs: null,
      startedAt: new Date(begun).toISOString(),
      finishedAt: new Date(begun + BUDGET_MS[cause]).toISOString(),
    });
    expect(world.vault.held().map(({ id }) => id)).toEqual([held?.id]);
  });
});

test('the budgets are those of the design', () => {
  expect(BUDGET_MS).toEqual(PROMISED_MS);
});

test('a budget that is handed in takes the place of the cause’s own', async () => {
  const world = createSignOffWorld();
  world.hold(agentSession());
  world.server.answerWith(() => 'never');
  const begun = world.clock.monotonic();
  const signedOff = world.coordinator.signOff({ cause: 'asked', ids: 'all', budgetMs: 1_500 });
  await world.clock.until(signedOff, BUDGET_MS.asked);
  expect(world.clock.monotonic() - begun).toBe(1_500);
});

test('the machine’s clock being set does not change a budget', async () => {
  const world = createSignOffWorld();
  world.hold(agentSession());
  world.server.answerWith(() => answer('unreachable'));
  const signedOff = world.coordinator.signOff({ cause: 'quit', ids: 'all' });
  await world.clock.advance(1_000);
  world.clock.setWallClock(-3_600_000);
  await world.clock.until(signedOff, 4_000);
  expect(world.server.sent.map(({ at }) => at)).toEqual(
    sendTimes({ cause: 'quit', outcome: 'unreachable', kind: 'agent' }),
  );
});

test('each request says when it was made', async () => {
  const world = createSignOffWorld();
  world.hold(agentSession());
  world.server.answerWith((_, nth) => answer(nth === 1 ? 'server-error' : 'ended'));
  const begun = world.clock.now();
  await world.clock.until(world.coordinator.signOff({ cause: 'quit', ids: 'all' }), 1_000);
  expect(world.server.sent.map(({ timeCreated }) => timeCreated - begun)).toEqual([0, 170]);
});

test('an asked sign-off forces an agent session where the agent says so', async () => {
  const world = createSignOffWorld();
  const one: Case = { cause: 'asked', outcome: 'ended', kind: 'agent' };
  const { receipt } = await signOffOne(world, one, { force: true });
  expect(world.server.sent).toMatchObject([{ forced: true }]);
  expect(receipt).toMatchObject({ forced: true, outcome: 'ended' });
});

test('a cause that forces does so even if it is told not to', async () => {
  const world = createSignOffWorld();
  const one: Case = { cause: 'quit', outcome: 'ended', kind: 'agent' };
  await signOffOne(world, one, { force: false });
  expect(world.server.sent).toMatchObject([{ forced: true }]);
});

test('a refusal keeps the session held until it is asked again by force', async () => {
  const world = createSignOffWorld();
  const [held] = world.hold(agentSession());
  world.server.answerWith(({ forced }) => answer(forced ? 'ended' : 'refused'));
  const ask = (force: boolean) =>
    world.clock.until(world.coordinator.signOff({ cause: 'asked', ids: 'all', force }), 10_000);

  const [refused] = await ask(false);
  expect(refused).toMatchObject({
    outcome: 'refused',
    forced: false,
    error: { code: 'BUSY', message: 'There are chats.', status: 200 },
  });
  expect(world.coordinator.lastFailure(held?.id ?? '')).toEqual(refused);

  await ask(true);
  expect(world.vault.held()).toEqual([]);
  expect(world.coordinator.lastFailure(held?.id ?? '')).toBeUndefined();
  expect(world.server.sent.map(({ sequenceNumber }) => sequenceNumber)).toEqual([1, 2]);
});

test('sequence numbers go on over sign-offs and restarts', async () => {
  const first = createSignOffWorld();
  await signOffOne(first, { cause: 'quit', outcome: 'unreachable', kind: 'agent' });
  const attempts = first.server.sent.length;

  const second = createSignOffWorld({ leftOver: first.onDisk() });
  await second.clock.until(second.coordinator.signOff({ cause: 'leftover', ids: 'all' }), 30_000);
  expect(attempts).toBeGreaterThan(1);
  expect(second.server.sent).toMatchObject([{ sequenceNumber: attempts + 1 }]);
});

test('a try that the transport gave up early is followed by another', async () => {
  const world = createSignOffWorld();
  world.hold(agentSession());
  world.server.answerWith((_, nth) =>
    nth === 1 ? { afterMs: 10_000, end: END_FOR['timed-out'] } : answer('ended'),
  );
  const [receipt] = await world.clock.until(
    world.coordinator.signOff({ cause: 'leftover', ids: 'all' }),
    30_000,
  );
  expect(receipt).toMatchObject({ outcome: 'ended', attempts: 2 });
});

describe('a server that does not know the session', () => {
  const MOVED = { heldId: 'held-1', forced: true, sequenceNumber: 2, pool: null };

  function worldOf(session: Session, { startedHere = true } = {}) {
    const world = createSignOffWorld();
    world.vault.hold(session, startedHere);
    return {
      ...world,
      signOff: (budgetMs: number) =>
        world.clock.until(
          world.coordinator.signOff({ cause: 'quit', ids: 'all', budgetMs }),
          budgetMs,
        ),
    };
  }

  test.for([true, false])(
    'is asked again at once without the pool, which may be an old one (began here: %s)',
    async (startedHere) => {
      const { server, signOff } = worldOf(agentSession(), { startedHere });
      server.answerWith(({ pool }) => answer(pool === null ? 'ended' : 'already-over'));
      const [receipt] = await signOff(5_000);
      expect(receipt).toMatchObject({ outcome: 'ended', attempts: 2 });
      expect(server.sent).toMatchObject([
        { at: 0, pool: '297:1' },
        { ...MOVED, at: 20 },
      ]);
    },
  );

  test.for(['refused', 'not-found', 'unconfirmed'] as const)(
    'is believed where the answer without the pool is %s',
    async (outcome) => {
      const { server, signOff } = worldOf(agentSession(), { startedHere: false });
      server.answerWith(({ pool }) => answer(pool === null ? outcome : 'already-over'));
      const [receipt] = await signOff(5_000);
      expect(receipt).toMatchObject({ outcome: 'already-over', attempts: 2 });
    },
  );

  test('is asked again where a gateway said so, which may lead to the old pool', async () => {
    const { server, signOff } = worldOf(agentSession(), { startedHere: false });
    const gateway = { ...END_FOR.unconfirmed, status: 403 } as const;
    server.answerWith(({ pool }) =>
      pool === null ? answer('ended') : { afterMs: 20, end: gateway },
    );
    const [receipt] = await signOff(5_000);
    expect(receipt).toMatchObject({ outcome: 'ended', attempts: 2 });
  });

  test('is believed the second time', async () => {
    const { server, signOff } = worldOf(agentSession());
    server.answerWith(() => answer('already-over'));
    const [receipt] = await signOff(5_000);
    expect(receipt).toMatchObject({ outcome: 'already-over', attempts: 2 });
  });

  test('is believed where the time is up by then', async () => {
    const { clock, vault } = worldOf(agentSession());
    const [held] = vault.held();
    if (held === undefined) throw new Error('nothing held');
    const order = { cause: 'quit', forced: true, deadline: 1_000, budgetMs: 1_000 } as const;
    const startSignOff = startsSignOffs({
      // An answer that comes as the time is up may be noticed before it is given up.
      async endSession() {
        await elapsed(clock, 1_000).promise;
        return {
          ...END_FOR['already-over'],
          times: untimed(clock.now()),
          reply: null,
          proxy: null,
        };
      },
      clock,
      random: () => 0,
      newId: () => 'receipt-1',
    });
    const made = Promise.withResolvers<Receipt>();
    const listener = { onAttempt: () => undefined, onReceipt: made.resolve };
    startSignOff(held, order, listener).begin(held);
    const receipt = await clock.until(made.promise, 1_000);
    expect(receipt).toMatchObject({ outcome: 'already-over', attempts: 1 });
  });

  test.for<[what: string, session: Session, startedHere: boolean]>([
    ['a session without a pool', { ...agentSession(), pool: null }, true],
    ['an engagement', engagement(), true],
  ])('is believed at once of %s', async ([, session, startedHere]) => {
    const { server, signOff } = worldOf(session, { startedHere });
    server.answerWith(() => answer('already-over'));
    const [receipt] = await signOff(5_000);
    expect(receipt).toMatchObject({ outcome: 'already-over', attempts: 1 });
  });
});

describe("the server's words", () => {
  const words = {
    serviceStartTime: Date.UTC(2026, 6, 1, 9),
    serviceFinishTime: Date.UTC(2026, 6, 1, 9) + 7,
    clientId: '47',
    sequenceNumber: '3',
  };

  test.for(['ended', 'refused'] as const)('stand in the receipt (%s)', async (outcome) => {
    const world = createSignOffWorld();
    world.hold(agentSession());
    world.server.answerWith(() => ({ afterMs: 20, end: { ...END_FOR[outcome], words } }));
    const [receipt] = await world.clock.until(
      world.coordinator.signOff({ cause: 'quit', ids: 'all' }),
      5_000,
    );
    expect(receipt?.server).toEqual({
      serviceStartTime: '2026-07-01T09:00:00.000Z',
      serviceFinishTime: '2026-07-01T09:00:00.007Z',
      processingMs: 7,
      clientId: '47',
      sequenceNumber: '3',
    });
  });
});

describe('waiting between attempts', () => {
  async function waits(random: () => number): Promise<number[]> {
    const world = createSignOffWorld({ random });
    world.hold(agentSession());
    world.server.answerWith(() => answer('unreachable', 0));
    await world.clock.until(world.coordinator.signOff({ cause: 'quit', ids: 'all' }), 5_000);
    const at = world.server.sent.map((request) => request.at);
    return at.slice(1).map((time, index) => time - (at[index] ?? 0));
  }

  test('doubles from between 100 and 200 ms', async () => {
    expect(await waits(() => 0)).toEqual([100, 200, 400, 800, 1000, 1000, 1000]);
    expect((await waits(() => 1)).slice(0, 4)).toEqual([200, 400, 800, 1600]);
  });

  test('leaves the last attempts half of the time, until that is too little', async () => {
    // 3 s have gone by; a wait of 2 s would leave nothing.
    expect((await waits(() => 1)).slice(4)).toEqual([1000, 500]);
  });

  test('does not last to the very end, which would leave nothing to try in', async () => {
    const world = createSignOffWorld();
    world.hold(agentSession());
    world.server.answerWith(() => answer('unreachable', 0));
    await world.clock.until(
      world.coordinator.signOff({ cause: 'quit', ids: 'all', budgetMs: 150 }),
      150,
    );
    expect(world.server.sent).toHaveLength(1);
  });

  test('draws the jitter anew each time', async () => {
    const draws = [0, 1, 0.5];
    const drawn = await waits(() => draws.shift() ?? 0);
    expect(drawn.slice(0, 3)).toEqual([100, 400, 600]);
  });
});
