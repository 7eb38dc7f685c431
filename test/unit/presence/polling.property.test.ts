import { describe, expect, test } from 'vitest';
import { type SignOffCause, signOffCauseSchema } from '../../../main/results/receipt.ts';
import {
  createPresenceWorld,
  fault,
  news,
  NOTHING,
  poolChanged,
  type PollPlay,
} from '../../support/presence-world.ts';
import fc from '../../support/property.ts';
import { answer, type Answer, END_FOR } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';

type Step =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'sign-in' | 'hand-in' | 'check'; readonly name: string }
  | { readonly kind: 'again' | 'changed' }
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'may-poll'; readonly may: boolean }
  | { readonly kind: 'sign-off'; readonly cause: SignOffCause };

const name = fc.constantFrom('Ann', 'Ben');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait'), ms: fc.nat({ max: 60_000 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait'), ms: fc.nat({ max: 500 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('sign-in'), name }) },
  fc.record({ kind: fc.constantFrom('hand-in', 'check'), name }),
  fc.record({ kind: fc.constantFrom('again', 'changed') }),
  fc.record({ kind: fc.constant('sleep'), ms: fc.nat({ max: 600_000 }) }),
  fc.record({ kind: fc.constant('may-poll'), may: fc.boolean() }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('sign-off'),
      cause: fc.constantFrom(...signOffCauseSchema.options),
    }),
  },
);
const soon = fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 30_000 }));
const play: fc.Arbitrary<PollPlay> = fc.oneof(
  fc.constant('never' as const),
  soon.map((ms) => news(ms)),
  soon.map((ms) => NOTHING(ms)),
  fc
    .tuple(soon, fc.constantFrom('298:2', '299:3'))
    .map(([ms, pool]) => news(ms, poolChanged(pool))),
  fc
    .tuple(fc.constantFrom(...Object.values(END_FOR).filter((end) => end !== END_FOR.ended)), soon)
    .map(([end, ms]) => fault(end, ms)),
);
const reply: fc.Arbitrary<Answer> = fc.oneof(
  fc.constant('never' as const),
  fc
    .tuple(
      fc.constantFrom('ended', 'refused', 'unreachable', 'already-over' as const),
      fc.nat({ max: 3_000 }),
    )
    .map(([outcome, ms]) => answer(outcome, ms)),
);
const story = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 25 }),
  plays: fc.array(play, { minLength: 1, maxLength: 15 }),
  replies: fc.array(reply, { minLength: 1, maxLength: 5 }),
  jitter: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

/** Plays a story, and notes what must never be. */
async function tell({ steps, plays, replies, jitter }: Story) {
  let draws = 0;
  const world = createPresenceWorld({
    random: () => jitter[(draws += 1) % jitter.length] ?? 0,
  });
  const { clock, coordinator, open, polls, presence, server, vault } = world;
  const wrong: string[] = [];
  const begun = new Set<string>();
  coordinator.onStart((heldId) => {
    begun.add(heldId);
    const session = vault.find(heldId);
    // What listened before has broken the poll off by now.
    if (open().some(({ sessionId }) => sessionId === session?.sessionId)) {
      wrong.push('a poll is open while the logoff goes out');
    }
  });
  coordinator.onProgress(() => {
    for (const id of begun) if (coordinator.underWay(id) === undefined) begun.delete(id);
  });
  world.answerPolls(({ sessionId, address }) => {
    const held = vault.held().find((session) => session.sessionId === sessionId);
    if (held === undefined) wrong.push('a poll for a session that is not held');
    else {
      if (!held.startedHere) wrong.push('a poll for a session that was handed in');
      // The last to hear of its end is this test.
      const isEnding = begun.has(held.id) && coordinator.underWay(held.id) !== undefined;
      if (isEnding) wrong.push('a poll for a session that is being ended');
      // Where its pool does not know it, it is asked for without.
      const isOnDisk = world
        .onDisk()
        .some((one) => one.id === held.id && one.pool === address.pool);
      if (address.pool !== null && !isOnDisk) {
        wrong.push('a poll with a pool that is not on the disk');
      }
    }
    if (open().filter((poll) => poll.sessionId === sessionId).length > 1) {
      wrong.push('two polls at once');
    }
    return plays[polls.length % plays.length] ?? 'never';
  });
  server.answerWith(() => replies[server.sent.length % replies.length] ?? 'never');

  world.hold(engagement());
  world.signIn('Ann');
  const ends: Promise<unknown>[] = [];
  for (const next of steps) {
    switch (next.kind) {
      case 'wait':
        await clock.advance(next.ms);
        break;
      case 'sleep':
        clock.setWallClock(next.ms);
        presence.pollNow();
        break;
      case 'sign-in':
        world.signIn(next.name);
        break;
      case 'hand-in':
        vault.hold(agentSession(`${next.name}, handed in`));
        break;
      case 'check':
        for (const { id } of vault.held()) presence.check(id);
        break;
      case 'again':
        presence.pollNow();
        break;
      case 'changed':
        presence.update();
        break;
      case 'may-poll':
        world.attendance[next.may ? 'arrived' : 'left'](vault.held().map(({ id }) => id));
        break;
      case 'sign-off':
        ends.push(coordinator.signOff({ cause: next.cause, ids: 'all' }));
        break;
    }
  }
  await clock.until(Promise.all(ends), 120_000);
  return { ...world, wrong };
}

describe('whatever the server and the network do, and whatever is asked for', () => {
  test('one poll at most is open for a session, never a needless one, and none beside its logoff', () =>
    fc.assert(
      fc.asyncProperty(story, async (told) => {
        expect((await tell(told)).wrong).toEqual([]);
      }),
      { numRuns: 300 },
    ));

  test('polls are a quarter of a second apart at least', () =>
    fc.assert(
      fc.asyncProperty(story, async (told) => {
        const { polls } = await tell({
          ...told,
          steps: told.steps.filter(({ kind }) => kind === 'wait' || kind === 'check'),
        });
        const at = polls.map((poll) => poll.at);
        expect(at.slice(1).filter((next, index) => next - (at[index] ?? 0) < 250)).toEqual([]);
      }),
      { numRuns: 100 },
    ));

  test('nothing is left waiting once all is over', () =>
    fc.assert(
      fc.asyncProperty(story, async (told) => {
        const { clock, coordinator, open, server, vault } = await tell(told);
        server.answerWith(() => answer('ended'));
        await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 10_000);
        await clock.settle();
        expect([vault.held(), open(), clock.waiting()]).toEqual([[], [], 0]);
      }),
      { numRuns: 100 },
    ));
});
