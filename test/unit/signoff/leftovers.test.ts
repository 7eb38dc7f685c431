import { expect, test } from 'vitest';
import type { Outcome } from '../../../main/signoff/receipt.ts';
import { signOffLeftovers } from '../../../main/signoff/leftovers.ts';
import { answer } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld, type SignOffWorld } from '../../support/sign-off-world.ts';

const MINUTE = 60_000;

/** A start of the app that finds an agent session and an engagement left over. */
function leftOverWorld(): SignOffWorld {
  const before = createSignOffWorld();
  before.hold(agentSession('Ann'), engagement('Carl'));
  return createSignOffWorld({ leftOver: before.onDisk() });
}

test('leftovers are ended at once, by force', async () => {
  const world = leftOverWorld();
  await world.clock.until(signOffLeftovers(world), 1_000);
  expect(world.vault.held()).toEqual([]);
  expect(world.written).toMatchObject([
    { label: 'Carl', cause: 'leftover', attempts: 1 },
    { label: 'Ann', cause: 'leftover', attempts: 1, forced: true },
  ]);
});

test('with nothing left over there is nothing to do', async () => {
  const world = createSignOffWorld();
  await world.clock.until(signOffLeftovers(world), 0);
  expect(world.server.sent).toEqual([]);
});

test('a server that is away is tried again a minute after each failure, until it is back', async () => {
  const world = leftOverWorld();
  let away = true;
  world.server.answerWith(() => (away ? 'never' : answer('ended')));
  const done = signOffLeftovers(world);
  await world.clock.advance(30_000 + MINUTE + 30_000);
  away = false;
  await world.clock.until(done, MINUTE + 40);
  const startsOfAnn = world.written
    .filter(({ label }) => label === 'Carl')
    .map(({ startedAt }) => Date.parse(startedAt));
  expect(startsOfAnn.map((at) => at - (startsOfAnn[0] ?? 0))).toEqual([0, 90_000, 180_000]);
  expect(world.vault.held()).toEqual([]);
});

test.each<Outcome>(['refused', 'not-found'])('what is %s is not tried again', async (outcome) => {
  const world = leftOverWorld();
  world.server.answerWith(() => answer(outcome));
  await world.clock.until(signOffLeftovers(world), 1_000);
  await world.clock.advance(10 * MINUTE);
  expect(world.server.sent).toHaveLength(2);
  expect(world.vault.held()).toHaveLength(2);
});

test.each<Outcome>(['server-error', 'unreachable', 'timed-out'])(
  'what is %s is tried again alone, without what is settled',
  async (outcome) => {
    const world = leftOverWorld();
    const [ann, carl] = world.vault.held();
    world.server.answerWith(({ heldId }) => answer(heldId === ann?.id ? outcome : 'refused'));
    void signOffLeftovers(world);
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
  const done = signOffLeftovers(world);
  await world.clock.advance(40_000);
  world.server.answerWith(() => answer('ended'));
  await world.clock.until(world.coordinator.signOff({ cause: 'asked', ids: 'all' }), 1_000);
  const sent = world.server.sent.length;
  await world.clock.until(done, MINUTE);
  expect(world.server.sent).toHaveLength(sent);
});

test('what is handed in after the start is no leftover', async () => {
  const world = leftOverWorld();
  world.server.answerWith(() => 'never');
  const done = signOffLeftovers(world);
  const [ben] = world.hold(agentSession('Ben'));
  world.server.answerWith(() => answer('ended'));
  await world.clock.until(done, 30_000 + MINUTE + 1_000);
  expect(world.vault.held()).toEqual([ben]);
});
