import { describe, expect, test } from 'vitest';
import { untimed } from '../../../main/chat/call-end.ts';
import {
  type EndSession,
  type Order,
  startsSignOffs,
  type StartSignOff,
} from '../../../main/signoff/sign-off.ts';
import { createCoordinator } from '../../../main/signoff/coordinator.ts';
import type { Receipt } from '../../../main/results/receipt.ts';
import { END_FOR } from '../../support/scripted-server.ts';
import { agentSession } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';
import { collectUncaught } from '../../support/uncaught.ts';

const QUIT_MS = 5_000;
const ASKED_MS = 10_000;

const throws = (error: unknown): never => {
  throw error;
};

interface Faults {
  readonly endSession?: EndSession;
  readonly random?: () => number;
  readonly startSignOff?: StartSignOff;
}

/** The receipt of a forced sign-off whose parts have these faults, with what the server was sent. */
async function receiptWith(faults: Faults) {
  collectUncaught();
  const world = createSignOffWorld();
  const { clock, server, vault, budgetMs } = world;
  world.hold(agentSession());
  const newId = (): string => 'receipt';
  const random = faults.random ?? (() => 0.5);
  const endSession = faults.endSession ?? server.endSession;
  const coordinator = createCoordinator({
    vault,
    receipts: { append: async () => undefined },
    standing: null,
    startSignOff: faults.startSignOff ?? startsSignOffs({ endSession, clock, random, newId }),
    clock,
    newId,
    budgetMs,
    onReceiptFault: throws,
  });
  const [receipt] = await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 6_000);
  return { receipt, sent: server.sent, tookMs: clock.monotonic() };
}

const INTERRUPTED = {
  cause: 'quit',
  forced: true,
  outcome: 'unreachable',
  error: { message: 'Signing off was interrupted by a fault of Signoff.' },
} satisfies Partial<Omit<Receipt, 'error'>> & { error: object };

describe('a receipt tells of a fault of this app', () => {
  test('that kept a sign-off from being started', async () => {
    const { receipt, sent } = await receiptWith({ startSignOff: throws });
    expect(receipt).toMatchObject({ ...INTERRUPTED, attempts: 0, roundTripMs: null });
    expect(sent).toEqual([]);
  });

  test('that ended a sign-off after its first request', async () => {
    const { receipt, sent } = await receiptWith({ random: () => throws(new Error('broken')) });
    expect(receipt).toMatchObject({ ...INTERRUPTED, attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  test('that left a sign-off without an end, half a second after its time', async () => {
    const { receipt, tookMs } = await receiptWith({
      startSignOff: (session, order) => ({
        session: () => session,
        order: () => order,
        attempts: () => 1,
        begin: () => undefined,
        join: () => undefined,
      }),
    });
    expect(receipt).toMatchObject({ ...INTERRUPTED, attempts: 1 });
    expect(tookMs).toBe(QUIT_MS + 500);
  });

  test('that left a request without an end, a moment after it was given up', async () => {
    const { receipt, tookMs } = await receiptWith({
      endSession: () => new Promise(() => undefined),
    });
    expect(receipt).toMatchObject({
      outcome: 'timed-out',
      attempts: 1,
      error: { message: 'The request that ends this session was given up, but did not end.' },
    });
    expect(tookMs).toBe(QUIT_MS + 100);
  });

  test.for([
    [new TypeError('Not a URL: https://secret'), 'TypeError'],
    ['a word', 'unknown'],
  ] as const)(
    'that kept its requests from being made, by its name alone: %s',
    async ([error, name]) => {
      const { receipt } = await receiptWith({ endSession: async () => throws(error) });
      expect(receipt).toMatchObject({
        outcome: 'unreachable',
        error: { message: `The request that ends this session could not be made (${name}).` },
      });
    },
  );
});

/** A sign-off of its own, which its agent has asked for, with when its requests were sent. */
function asked(endSession: (forced: boolean) => ReturnType<EndSession>) {
  const { clock, hold } = createSignOffWorld();
  const [held] = hold(agentSession());
  if (held === undefined) throw new Error('nothing held');
  const order: Order = { cause: 'asked', forced: false, deadline: ASKED_MS, budgetMs: ASKED_MS };
  const sent: number[] = [];
  const receipt = Promise.withResolvers<Receipt>();
  const start = startsSignOffs({
    endSession(_session, { forced }) {
      sent.push(clock.monotonic());
      return endSession(forced);
    },
    clock,
    random: () => 0.5,
    newId: () => 'receipt',
  });
  const signOff = start(held, order, { onAttempt: () => undefined, onReceipt: receipt.resolve });
  return { clock, held, signOff, sent, receipt: receipt.promise };
}

const ends = (): ReturnType<EndSession> =>
  Promise.resolve({ ...END_FOR.ended, times: untimed(0), reply: null, proxy: null });

test('a sign-off that is begun twice sends one request', async () => {
  const { clock, held, signOff, sent, receipt } = asked(ends);
  signOff.begin(held);
  signOff.begin(held);
  await clock.until(receipt, 0);
  await clock.settle();
  expect(sent).toEqual([0]);
});

test('a stronger cause does not wait longer for a request that was given up and does not end', async () => {
  const { clock, held, signOff, sent, receipt } = asked((forced) =>
    forced ? ends() : new Promise(() => undefined),
  );
  signOff.begin(held);
  await clock.advance(ASKED_MS + 50);
  const deadline = clock.monotonic() + QUIT_MS;
  signOff.join({ cause: 'quit', forced: true, deadline, budgetMs: QUIT_MS });
  await clock.until(receipt, QUIT_MS);
  expect(sent).toEqual([0, ASKED_MS + 100]);
});
