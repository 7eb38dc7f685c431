import { describe, expect, test } from 'vitest';
import type { VaultFile } from '../../../main/sessions/vault-file.ts';
import type { SignInEnd } from '../../../main/signin/sign-in-end.ts';
import fc, { once } from '../../support/property.ts';
import {
  type End,
  exception,
  type Play,
  PROPERLY,
  REFUSED_CONNECTION,
  type Step,
} from '../../support/sign-in-server.ts';
import { createSignInWorld, TYPED } from '../../support/sign-in-world.ts';
import { createVaultDisk, DISK_FULL } from '../../support/vault-disk.ts';

const END: fc.Arbitrary<End> = fc.constantFrom<End>(
  exception(500),
  exception(401),
  exception(403, 'ACCESS_DENIED'),
  exception(404),
  { kind: 'not-this-api', status: 200, message: 'No id.' },
  { kind: 'not-this-api', status: null, message: 'Noise.' },
  { kind: 'no-reply', fault: 'connection-broken', message: 'It broke off.' },
  { kind: 'no-reply', fault: 'no-connection', message: 'No network.' },
);
const afterMs = fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 12_000 }));

/** What no server does: to act on a call, and to say at once that it never will. */
function isHonest({ acts, says }: Play): boolean {
  if (!acts || typeof says === 'string') return true;
  return says.kind !== 'exception' || says.status >= 500;
}
const anyPlay: fc.Arbitrary<Play> = fc
  .oneof(
    { weight: 3, arbitrary: fc.constant(PROPERLY) },
    { weight: 1, arbitrary: fc.constant(REFUSED_CONNECTION) },
    {
      weight: 4,
      arbitrary: fc.record({
        acts: fc.boolean(),
        says: fc.oneof(END, fc.constant('never' as const)),
        afterMs,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        acts: fc.constant(true),
        says: fc.constant('properly' as const),
        afterMs,
      }),
    },
  )
  .filter(isHonest);
const plays = (most: number) => fc.array(anyPlay, { maxLength: most, size: 'max' });

const story = fc.record({
  serviceSettings: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: plays(2) },
  ),
  agentToken: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: plays(2) },
  ),
  createAgentSession: plays(5),
  logoff: plays(3),
  sessionElsewhere: fc.boolean(),
  takeOver: fc.boolean(),
  diskFull: fc.boolean(),
  status: fc.constantFrom('set', 'problem', 'unknown', 'never'),
  stop: fc.option(
    fc.record({ by: fc.constantFrom('cancel', 'leave'), afterMs: fc.nat({ max: 10_000 }) }),
  ),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

const STATUSES = {
  set: { problem: null, unknownSession: false },
  problem: { problem: 'A chat is open.', unknownSession: false },
  unknown: { problem: 'Unknown.', unknownSession: true },
  never: null,
} as const;
const LEAVE_MS = 4_000;

/** Plays a story to its end. */
async function tell(told: Story) {
  const disk = createVaultDisk();
  if (told.diskFull) disk.fail(DISK_FULL);
  const file: VaultFile = disk.open();
  const world = createSignInWorld({ file });
  const { site, clock, signIn, statusEnds } = world;
  for (const step of [
    'serviceSettings',
    'agentToken',
    'createAgentSession',
    'logoff',
  ] satisfies Step[]) {
    site.play(step, ...told[step]);
  }
  statusEnds(STATUSES[told.status]);
  if (told.sessionElsewhere) site.openElsewhere('console');
  const signingIn = signIn.signIn({ ...TYPED, takeOver: told.takeOver });
  let leftIn: number | null = null;
  if (told.stop !== null) {
    await clock.advance(told.stop.afterMs);
    if (told.stop.by === 'cancel') signIn.cancel();
    else if (signIn.step() !== null) {
      const from = clock.monotonic();
      await clock.until(signIn.leave(LEAVE_MS), LEAVE_MS);
      leftIn = clock.monotonic() - from;
    }
  }
  const end = await clock.until(signingIn, 120_000);
  // What goes on behind an end that does not wait for it.
  await clock.advance(15_000);
  disk.fail(null);
  return { ...world, end, leftIn };
}

type Told = Awaited<ReturnType<typeof tell>>;
const toldOnce = once(tell);
const assertAll = (
  check: (played: Told, told: Story) => void | Promise<void>,
  tellIt: (told: Story) => Promise<Told> = toldOnce,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(story, async (told) => {
      await check(await tellIt(told), told);
    }),
    { numRuns: 1_500 },
  );

/** Whether the person is told, or asked, about a session that may be open. */
function tellsOfOne(end: SignInEnd): boolean {
  if (end.ok) return false;
  if (end.why === 'conflict') return end.perhapsOurs;
  return end.why === 'failed' && (end.code === 'ANSWER_LOST' || end.code === 'NOT_ENDED');
}

describe('whatever servers, networks, disks and people do', () => {
  test('no session that a sign-in created is open, not held, and not told of', () =>
    assertAll(({ leaks, end, leftIn, site }) => {
      // An app that has gone tells nobody: what it tried to end or take over in its time, but could not, is left.
      const tried = site.logoffs.length > 0 || site.creates.at(-1)?.logonOverride === true;
      const outOfReach = leftIn !== null && tried;
      const told = leftIn === null && tellsOfOne(end);
      expect(told || outOfReach ? [] : leaks()).toEqual([]);
    }));

  test('a session is held where a sign-in went well, and only there unless the app goes', () =>
    assertAll(({ vault, end, site }, { stop }) => {
      if (!end.ok && stop?.by === 'leave') return;
      const held = vault.held().map(({ sessionId }) => sessionId);
      expect(held).toEqual(end.ok ? [site.open()] : []);
    }));

  test('another console’s session is taken over only where the person said so, or nobody can be asked', () =>
    assertAll(({ site }, { sessionElsewhere, takeOver, stop }) => {
      if (!sessionElsewhere || takeOver || stop?.by === 'leave') return;
      expect(site.open()).toBe('console');
    }));

  test('the app is not kept from going', () =>
    assertAll(({ leftIn }) => {
      expect(leftIn ?? 0).toBeLessThanOrEqual(LEAVE_MS);
    }));

  test('a sign-in afterwards that takes over leaves one session open, which is held', () =>
    assertAll(async ({ signIn, site, clock, statusEnds, vault, coordinator }) => {
      statusEnds(STATUSES.set);
      for (const step of [
        'serviceSettings',
        'agentToken',
        'createAgentSession',
        'logoff',
      ] as const) {
        site.play(step);
      }
      await clock.until(coordinator.signOff({ cause: 'asked', ids: 'all', force: true }), 10_000);
      const end = await clock.until(signIn.signIn({ ...TYPED, takeOver: true }), 30_000);
      expect(end).toMatchObject({ ok: true });
      expect(vault.held().map(({ sessionId }) => sessionId)).toEqual([site.open()]);
      // It goes on with the story, which nobody else may look at then.
    }, tell));
});

describe('the stories that are told', () => {
  test('have sessions that were lost, stopped amid their creation, and given back', async () => {
    let lost = 0;
    let stopped = 0;
    let givenBack = 0;
    await assertAll(({ end, site }) => {
      if (tellsOfOne(end)) lost += 1;
      if (!end.ok && end.why === 'cancelled' && site.created.length > 0) stopped += 1;
      if (site.logoffs.length > 0) givenBack += 1;
    });
    expect(Math.min(lost, stopped, givenBack)).toBeGreaterThan(60);
  });
});
