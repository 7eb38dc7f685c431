import { describe, expect, test } from 'vitest';
import { BUDGET_MS } from '../../support/budgets.ts';
import fc, { once } from '../../support/property.ts';
import {
  outcomeSchema,
  type SignOffCause,
  signOffCauseSchema,
} from '../../../main/results/receipt.ts';
import { answer, type Answer, END_FOR } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';

/**
 * What can be handed in; the indexes are what the steps name. No agent session has a pool, without which the first
 * 403 would have it asked for once more.
 */
const withoutPool = (name: string) => ({ ...agentSession(name), pool: null });
const SESSIONS = [withoutPool('A'), withoutPool('B'), engagement('C'), engagement('D')] as const;

type Step =
  | { readonly kind: 'hand-in'; readonly session: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | {
      readonly kind: 'sign-off';
      readonly cause: SignOffCause;
      readonly force: boolean;
      readonly which: 'all' | readonly number[];
    };

const sessionIndex = fc.nat({ max: SESSIONS.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('hand-in'), session: sessionIndex }),
  fc.record({
    kind: fc.constant('wait'),
    // Around the waits between attempts, and around the budgets.
    ms: fc.oneof(fc.nat({ max: 500 }), fc.nat({ max: 12_000 })),
  }),
  fc.record({
    kind: fc.constant('sign-off'),
    cause: fc.constantFrom(...signOffCauseSchema.options),
    force: fc.boolean(),
    which: fc.oneof(fc.constant('all' as const), fc.uniqueArray(sessionIndex, { minLength: 1 })),
  }),
);
const reply: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 1, arbitrary: fc.constant('never' as const) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...outcomeSchema.options),
        fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 6_000 })),
      )
      .map(([outcome, afterMs]) => answer(outcome, afterMs)),
  },
);
const story = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 12 }),
  replies: fc.array(reply, { minLength: 1, maxLength: 20 }),
  jitter: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

interface Call {
  readonly cause: SignOffCause;
  readonly force: boolean;
  readonly ids: readonly string[];
  readonly from: number;
  readonly until: number;
}

/** Plays a story to its end, and notes what left the vault without the server's word. */
async function play({ steps, replies, jitter }: Story) {
  let draws = 0;
  const world = createSignOffWorld({ random: () => jitter[(draws += 1) % jitter.length] ?? 0 });
  const { clock, server, vault, coordinator } = world;
  server.answerWith(() => replies[server.sent.length % replies.length] ?? 'never');

  const confirmed = (): Set<string> =>
    new Set(
      server.exchanges
        .filter(({ end }) => end === END_FOR.ended || end === END_FOR['already-over'])
        .map(({ request }) => request.heldId),
    );
  const everHeld = new Map<string, 'agent' | 'engagement'>();
  const lost: string[] = [];
  vault.onChange(() => {
    const held = new Set(vault.held().map(({ id }) => id));
    const sure = confirmed();
    lost.push(...[...everHeld.keys()].filter((id) => !held.has(id) && !sure.has(id)));
  });
  const handIn = (index: number): string => {
    const session = SESSIONS[index] ?? SESSIONS[0];
    const { id } = vault.hold(session);
    everHeld.set(id, session.kind);
    return id;
  };
  const newest = SESSIONS.map((_, index) => handIn(index));

  const calls: Promise<Call>[] = [];
  for (const next of steps) {
    if (next.kind === 'wait') await clock.advance(next.ms);
    if (next.kind === 'hand-in') newest[next.session] = handIn(next.session);
    if (next.kind === 'sign-off') {
      const ids = newest.filter((_, index) => next.which === 'all' || next.which.includes(index));
      const { cause, force } = next;
      const from = clock.monotonic();
      const held = ids.filter((id) => vault.find(id) !== undefined);
      calls.push(
        coordinator
          .signOff({ cause, force, ids })
          .then(() => ({ cause, force, ids: held, from, until: clock.monotonic() })),
      );
    }
  }
  const ended = await clock.until(Promise.all(calls), 120_000);
  await clock.settle();
  return { ...world, calls: ended, confirmed: confirmed(), lost, everHeld };
}

const played = once(play);
const assertAll = (check: (played: Awaited<ReturnType<typeof play>>) => void): Promise<void> =>
  fc.assert(
    fc.asyncProperty(story, async (told) => {
      check(await played(told));
    }),
    { numRuns: 300 },
  );

describe('whatever is handed in, asked for and answered', () => {
  test('no session leaves the vault before the server said that it is over', () =>
    assertAll(({ lost }) => expect(lost).toEqual([])));

  test('in the end exactly those are held, and on the disk, that the server did not confirm', () =>
    assertAll(({ vault, onDisk, everHeld, confirmed }) => {
      const unconfirmed = [...everHeld.keys()].filter((id) => !confirmed.has(id));
      expect(
        vault
          .held()
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual(unconfirmed.toSorted());
      expect(onDisk()).toEqual(vault.held());
    }));

  test('nothing is sent for a session that the server has confirmed', () =>
    assertAll(({ server, confirmed }) => {
      const sentAfter = [...confirmed].filter((id) => {
        const last = server.exchanges.findLast(({ request }) => request.heldId === id);
        return last?.end !== END_FOR.ended && last?.end !== END_FOR['already-over'];
      });
      expect(sentAfter).toEqual([]);
    }));

  test('never more than one request of a session is in flight', () =>
    assertAll(({ server }) => expect(server.mostInFlight()).toBeLessThanOrEqual(1)));

  test('the sequence numbers of a session count up from 1 without a gap', () =>
    assertAll(({ server, everHeld }) => {
      for (const id of everHeld.keys()) {
        const numbers = server.sentOf(id).map(({ sequenceNumber }) => sequenceNumber);
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      }
    }));

  test('every request is in exactly one receipt', () =>
    assertAll(({ server, written, everHeld }) => {
      for (const id of everHeld.keys()) {
        const attempts = written.flatMap((one) => (one.heldId === id ? [one.attempts] : []));
        expect(attempts.reduce((sum, count) => sum + count, 0)).toBe(server.sentOf(id).length);
      }
    }));

  test('a cause that forces is over within its budget', () =>
    assertAll(({ calls }) => {
      const late = calls.filter(
        ({ cause, force, from, until }) =>
          (cause !== 'asked' || force) && until - from > BUDGET_MS[cause],
      );
      expect(late).toEqual([]);
    }));

  test('a cause that forces has a forced request in flight for every agent session it names', () =>
    assertAll(({ calls, server, confirmed, everHeld }) => {
      for (const { cause, force, ids, from, until } of calls) {
        if (cause === 'asked' && !force) continue;
        const unforced = ids.filter(
          (id) =>
            everHeld.get(id) === 'agent' &&
            !confirmed.has(id) &&
            !server.exchanges.some(
              ({ request, endedAt }) =>
                request.heldId === id && request.forced && request.at <= until && endedAt >= from,
            ),
        );
        expect(unforced).toEqual([]);
      }
    }));

  test('nothing is in flight once every sign-off has resolved', () =>
    assertAll(({ server, coordinator, everHeld }) => {
      expect(server.exchanges).toHaveLength(server.sent.length);
      const underWay = [...everHeld.keys()].filter((id) => coordinator.underWay(id) !== undefined);
      expect(underWay).toEqual([]);
    }));
});
