import { describe, expect, test } from 'vitest';
import { VaultWriteError } from '../../../main/sessions/vault.ts';
import {
  outcomeSchema,
  type SignOffCause,
  signOffCauseSchema,
} from '../../../main/results/receipt.ts';
import { createLasting, type Life, type Reply } from '../../support/crashing-app.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import fc, { once } from '../../support/property.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { DISK_FULL } from '../../support/vault-disk.ts';

const withoutPool = (name: string) => ({ ...agentSession(name), pool: null });
const SESSIONS = [withoutPool('A'), withoutPool('B'), engagement('C'), engagement('D')] as const;

type Step =
  | { readonly kind: 'hand-in'; readonly session: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'sign-off'; readonly cause: SignOffCause; readonly force: boolean }
  | { readonly kind: 'disk'; readonly full: boolean }
  | { readonly kind: 'crash' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('hand-in'),
      session: fc.nat({ max: SESSIONS.length - 1 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('sign-off'),
      // Asked for more often than not: then others join what does not force yet.
      cause: fc.oneof(
        fc.constant('asked' as const),
        fc.constantFrom(...signOffCauseSchema.options),
      ),
      force: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait'),
      ms: fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 12_000 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('disk'), full: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash') }) },
);
const reply: fc.Arbitrary<Reply> = fc.record({
  ends: fc.boolean(),
  outcome: fc.constantFrom('never', ...outcomeSchema.options),
  afterMs: fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 6_000 })),
});
const life = fc.record({
  /** After how many of the places where a crash may come; null for none. */
  crashAfter: fc.option(fc.nat({ max: 60 }), { freq: 3 }),
  /** Whether what is left over is signed off at this start, or only when something else asks for it. */
  signsOffLeftovers: fc.boolean(),
});
const story = fc.record({
  steps: fc.array(step, { minLength: 4, maxLength: 25, size: 'max' }),
  replies: fc.array(reply, { minLength: 1, maxLength: 20, size: 'max' }),
  lives: fc.array(life, { minLength: 1, maxLength: 6, size: 'max' }),
  jitter: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

/** Plays a story, and then a last start with a server and a disk that work. */
async function play({ steps, replies, lives, jitter }: Story) {
  const clock = createFakeClock();
  let draws = 0;
  const lasting = createLasting(clock, () => jitter[(draws += 1) % jitter.length] ?? 0);
  let asked = 0;
  lasting.replyWith(() => replies[(asked += 1) % replies.length] ?? replyNever);

  let starts = 0;
  const start = (): Life => {
    const { crashAfter, signsOffLeftovers } = lives[starts % lives.length] ?? lastLife;
    starts += 1;
    const started = lasting.start(crashAfter);
    if (signsOffLeftovers) void started.coordinator.signOff({ cause: 'leftover', ids: 'all' });
    return started;
  };

  const acknowledged: { id: string; sessionId: string }[] = [];
  let current = start();
  const holdAll: Step[] = SESSIONS.map((_, session) => ({ kind: 'hand-in', session }));
  for (const next of [...holdAll, ...steps]) {
    if (!current.isAlive()) current = start();
    switch (next.kind) {
      case 'hand-in': {
        const session = SESSIONS[next.session] ?? SESSIONS[0];
        const id = handIn(current, session);
        if (id !== null) acknowledged.push({ id, sessionId: session.sessionId });
        break;
      }
      case 'sign-off':
        void current.coordinator.signOff({ cause: next.cause, force: next.force, ids: 'all' });
        await clock.settle();
        break;
      case 'wait':
        await clock.advance(next.ms);
        break;
      case 'disk':
        lasting.failDisk(next.full ? DISK_FULL : null);
        break;
      case 'crash':
        current.crash();
        break;
    }
  }

  current.crash();
  lasting.failDisk(null);
  lasting.replyWith('properly');
  const last = lasting.start(null);
  const found = last.vault.held();
  const receipts = await clock.until(
    last.coordinator.signOff({ cause: 'leftover', ids: 'all' }),
    30_000,
  );
  return { lasting, acknowledged, found, receipts, starts };
}

const replyNever: Reply = { ends: false, outcome: 'never', afterMs: 0 };
const lastLife = { crashAfter: null, signsOffLeftovers: true };

/** The held id, if the hand-in was acknowledged. A disk that is full is told, and nothing is held. */
function handIn(into: Life, session: (typeof SESSIONS)[number]): string | null {
  try {
    return into.handIn(session);
  } catch (error) {
    if (error instanceof VaultWriteError) return null;
    throw error;
  }
}

const played = once(play);
const assertAll = (check: (played: Awaited<ReturnType<typeof play>>) => void): Promise<void> =>
  fc.assert(
    fc.asyncProperty(story, async (told) => {
      check(await played(told));
    }),
    { numRuns: 2_000 },
  );

describe('whatever is handed in, asked for and answered, and wherever the app crashes', () => {
  test('nothing unconfirmed leaves the vault, and nothing confirmed is sent again', () =>
    assertAll(({ lasting }) => expect(lasting.broken).toEqual([])));

  test('every session that was acknowledged is over on the server in the end', () =>
    assertAll(({ lasting, acknowledged }) => {
      const ghosts = acknowledged.filter(({ sessionId }) => !lasting.overOnServer.has(sessionId));
      expect(ghosts).toEqual([]);
    }));

  test('the last start ends all that it finds, and nothing is held then', () =>
    assertAll(({ lasting, found, receipts }) => {
      const ended = receipts.filter(({ outcome }) => ['ended', 'already-over'].includes(outcome));
      expect(ended.map(({ heldId }) => heldId)).toEqual(
        expect.arrayContaining(found.map(({ id }) => id)),
      );
      expect(lasting.onDisk()).toEqual([]);
    }));
});

describe('the stories that are told', () => {
  test('have crashes with sessions left over, which are what this is about', async () => {
    let withLeftovers = 0;
    let withRestarts = 0;
    await assertAll(({ found, starts }) => {
      if (found.length > 0) withLeftovers += 1;
      if (starts > 1) withRestarts += 1;
    });
    expect(withLeftovers).toBeGreaterThan(500);
    expect(withRestarts).toBeGreaterThan(500);
  });
});
