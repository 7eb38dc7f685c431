import { describe, expect, test } from 'vitest';
import type { Attendance } from '../../../main/presence/attendance.ts';
import type { HeldSession } from '../../../main/sessions/session.ts';
import type { VaultFile } from '../../../main/sessions/vault-file.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import {
  ABSENT_MS,
  createPresenceWorld,
  fault,
  HELD,
  HOLD_MS,
  HUNG,
  news,
  NOTHING,
  OVER,
  type PollPlay,
  poolChanged,
  UNREACHABLE,
} from '../../support/presence-world.ts';
import { NO_NEWS } from '../../../main/chat/agent-messages.ts';
import { answer, END_FOR } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { DISK_FULL } from '../../support/vault-disk.ts';

const BREAK_MS = 250;

/** A world with one agent signed in, whose polls are answered like this, the last for ever. */
function signedIn(...plays: readonly [...PollPlay[], PollPlay]) {
  const world = createPresenceWorld();
  world.answerPolls((_, nth) => plays[Math.min(nth, plays.length) - 1] ?? HELD);
  const { id } = world.signIn();
  return { ...world, id, sentAt: () => world.polls.map(({ at }) => at) };
}

/** The session of a sign-in that an earlier run of the app has left. */
const left: HeldSession = {
  ...agentSession(),
  id: 'old',
  heldSince: createFakeClock().now(),
  lastSequenceNumber: 7,
  login: null,
  startedHere: true,
};

describe('polling', () => {
  test('begins with the sign-in, and goes on at once after each answer', async () => {
    const { clock, sentAt } = signedIn(HELD);
    await clock.advance(2 * HOLD_MS);
    expect(sentAt()).toEqual([0, HOLD_MS, 2 * HOLD_MS]);
  });

  test('is not done for sessions that were handed in', async () => {
    const { clock, hold, polls, presence } = createPresenceWorld();
    const held = hold(agentSession(), engagement());
    presence.pollNow();
    await clock.advance(HOLD_MS);
    expect([polls, held.map(({ id }) => presence.of(id))]).toEqual([[], [null, null]]);
  });

  test('is done for each session by itself', async () => {
    const world = createPresenceWorld();
    world.answerPolls(({ sessionId }) => (sessionId.includes('Ann') ? UNREACHABLE : HELD));
    const [ann, ben] = [world.signIn('Ann'), world.signIn('Ben')];
    await world.clock.advance(1_000);
    expect(world.presence.of(ann.id)).toMatchObject({ state: 'reconnecting' });
    expect(world.presence.of(ben.id)).toEqual({ state: 'present', dropsAt: null });
  });

  test('numbers its requests, writes none of that down, and has the logoff go on from there', async () => {
    const { clock, coordinator, polls, server, vault, id } = signedIn(HELD);
    await clock.advance(2 * HOLD_MS);
    expect(polls.map(({ sequenceNumber }) => sequenceNumber)).toEqual([1n, 2n, 3n]);
    expect(vault.find(id)?.lastSequenceNumber).toBe(0);
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 5_000);
    expect(server.sent.map(({ sequenceNumber }) => sequenceNumber)).toEqual([4]);
  });

  test('leaves nothing waiting behind once nothing is held', async () => {
    const { clock, coordinator } = signedIn(UNREACHABLE);
    await clock.advance(5_000);
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 5_000);
    expect(clock.waiting()).toBe(0);
  });

  test('is known to be on or not', async () => {
    const { clock, coordinator, presence } = signedIn(HELD);
    const told: boolean[] = [];
    presence.onChange(() => void told.push(presence.isPolling()));
    expect(presence.isPolling()).toBe(true);
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 5_000);
    expect(told).toEqual([false]);
  });

  test('is on as long as anybody is kept present', async () => {
    const { clock, coordinator, presence, signIn, id } = signedIn(HELD);
    signIn('Ben');
    await clock.until(coordinator.signOff({ cause: 'asked', ids: [id] }), 5_000);
    expect(presence.isPolling()).toBe(true);
  });

  test('waits for nothing of its own while a poll is open and all is well', async () => {
    const { clock } = signedIn('never');
    await clock.settle();
    expect(clock.waiting()).toBe(0);
  });
});

describe('answers that come at once', () => {
  test('with messages are 250 ms apart, from start to start', async () => {
    const { clock, sentAt } = signedIn(news(20));
    await clock.advance(1_000);
    expect(sentAt()).toEqual([0, 250, 500, 750, 1_000]);
  });

  test('without any are ever further apart, up to five seconds', async () => {
    const { clock, sentAt } = signedIn(NOTHING(20));
    await clock.advance(20_000);
    expect(sentAt()).toEqual([0, 250, 750, 1_750, 3_750, 7_750, 12_750, 17_750]);
  });

  test('without any are never so far apart that the agent is dropped', async () => {
    const world = createPresenceWorld({ absentAfterMs: 8_000 });
    world.answerPolls(() => NOTHING(20));
    world.signIn();
    await world.clock.advance(60_000);
    const at = world.polls.map((poll) => poll.at);
    const gaps = at.slice(1).map((next, index) => next - (at[index] ?? 0));
    expect(Math.max(...gaps)).toBe(1_000);
  });

  test('are forgotten with the first that was waited for', async () => {
    const { clock, sentAt } = signedIn(NOTHING(20), NOTHING(20), NOTHING(300), NOTHING(20), HELD);
    await clock.advance(5_000);
    expect(sentAt()).toEqual([0, 250, 750, 1_050, 1_300]);
  });
});

describe('a server that cannot be reached', () => {
  test('is tried again with ever longer pauses, up to ten seconds', async () => {
    const { clock, sentAt } = signedIn(fault(END_FOR.unreachable, 0));
    await clock.advance(40_000);
    // Three quarters of 500 ms, 1 s, … 8 s, 10 s: the jitter is in its middle.
    expect(sentAt()).toEqual([0, 375, 1_125, 2_625, 5_625, 11_625, 19_125, 26_625, 34_125]);
  });

  test.for([
    [0, 250],
    [1, 500],
  ] as const)('after a pause with jitter (%d)', async ([random, after]) => {
    const world = createPresenceWorld({ random: () => random });
    world.answerPolls((_, nth) => (nth === 1 ? fault(END_FOR.unreachable, 0) : 'never'));
    world.signIn();
    await world.clock.advance(1_000);
    expect(world.polls.map(({ at }) => at)).toEqual([0, after]);
  });

  test('is tried with short pauses again once it has answered', async () => {
    const { clock, sentAt } = signedIn(UNREACHABLE, UNREACHABLE, news(), UNREACHABLE, 'never');
    await clock.advance(5_000);
    const [, , third = 0, fourth = 0, fifth = 0] = sentAt();
    expect([fourth - third, fifth - fourth]).toEqual([250, 395]);
  });

  test.for(['refused', 'not-found', 'server-error', 'timed-out'] as const)(
    'and one that answers %s are alike',
    async (outcome) => {
      const { clock, presence, vault, id } = signedIn(fault(END_FOR[outcome]));
      await clock.advance(1_000);
      expect(presence.of(id)).toMatchObject({ state: 'reconnecting' });
      expect(vault.held()).toHaveLength(1);
    },
  );

  test('has not said that the session is over when it denies access', async () => {
    const denied = { kind: 'exception', status: 403, code: 'ACCESS_DENIED', message: '' } as const;
    const { clock, presence, vault, id } = signedIn(fault(denied));
    await clock.advance(60_000);
    expect(presence.of(id)).toMatchObject({ state: 'reconnecting' });
    expect(vault.held()).toHaveLength(1);
  });
});

describe('polls that something on the way cuts off', () => {
  const CUT = fault(END_FOR.unreachable, 20_000);

  test('follow each other at once, and leave the agent present', async () => {
    const { clock, sentAt, shown, id } = signedIn(CUT);
    await clock.advance(600_000);
    const at = sentAt();
    expect(new Set(at.slice(1).map((next, n) => next - (at[n] ?? 0)))).toEqual(new Set([20_375]));
    expect(shown(id).map(({ state }) => state)).toEqual(['present']);
  });

  test('count as heard when they were sent', async () => {
    const { clock, presence, id } = signedIn(CUT, CUT, UNREACHABLE);
    const start = clock.now();
    await clock.advance(60_000);
    expect(presence.of(id)).toEqual({
      state: 'reconnecting',
      dropsAt: start + 20_375 + ABSENT_MS,
    });
  });

  test('do not count as heard right after one that was never answered', async () => {
    const { clock, presence, id } = signedIn(HUNG, CUT, 'never');
    await clock.advance(62_000);
    expect(presence.of(id)).toMatchObject({ state: 'reconnecting' });
  });

  test('are not those that broke while the machine slept', async () => {
    const { clock, presence, id } = signedIn(CUT, 'never');
    await clock.advance(10_000);
    clock.setWallClock(ABSENT_MS);
    await clock.advance(11_000);
    expect(presence.of(id)).toMatchObject({ state: 'dropped' });
  });

  test('are not those that were answered with an error, however late', async () => {
    const { clock, presence, id } = signedIn(fault(END_FOR['server-error'], 20_000));
    await clock.advance(21_000);
    expect(presence.of(id)).toMatchObject({ state: 'reconnecting' });
  });
});

describe('what is shown', () => {
  test('is present from the start, and as long as all is well', async () => {
    const { clock, shown, id } = signedIn(HELD, news(), NOTHING(), HELD);
    await clock.advance(5 * HOLD_MS);
    expect(shown(id)).toEqual([{ at: 0, state: 'present', dropsAt: null }]);
  });

  test('is reconnecting from the first fault on, until the server drops the session', async () => {
    const { clock, shown, id } = signedIn(HELD, fault(END_FOR.unreachable, 500));
    await clock.advance(HOLD_MS + ABSENT_MS + 60_000);
    expect(shown(id)).toEqual([
      { at: 0, state: 'present', dropsAt: null },
      { at: HOLD_MS + 500, state: 'reconnecting', dropsAt: HOLD_MS + ABSENT_MS },
      { at: HOLD_MS + ABSENT_MS, state: 'dropped', dropsAt: HOLD_MS + ABSENT_MS },
    ]);
  });

  test('is present again with an answer', async () => {
    const { clock, shown, id } = signedIn(UNREACHABLE, news(100), HELD);
    await clock.advance(1_000);
    expect(shown(id).map(({ state }) => state)).toEqual(['present', 'reconnecting', 'present']);
  });

  test('is present again once a poll is open for longer than connecting takes', async () => {
    const { clock, shown, id } = signedIn(fault(END_FOR.unreachable, 0), HELD);
    await clock.advance(20_000);
    expect(shown(id).at(-1)).toEqual({ at: 375 + 7_000, state: 'present', dropsAt: null });
  });

  test('is not present because of an open poll where the last one hung', async () => {
    const { clock, shown, id } = signedIn(HUNG);
    await clock.advance(ABSENT_MS + 60_000);
    expect(shown(id).map(({ state }) => state)).toEqual(['present', 'reconnecting', 'dropped']);
  });

  test('counts from when the server was last heard', async () => {
    const { clock, presence, id } = signedIn(HELD, HELD, UNREACHABLE);
    const start = clock.now();
    await clock.advance(3 * HOLD_MS);
    expect(presence.of(id)?.dropsAt).toBe(start + 2 * HOLD_MS + ABSENT_MS);
  });

  test('goes on being tried once dropped, every half minute', async () => {
    const { clock, polls } = signedIn(fault(END_FOR.unreachable, 0));
    await clock.advance(ABSENT_MS + 200_000);
    const before = polls.length;
    await clock.advance(90_000);
    // Three quarters of half a minute: the jitter is in its middle.
    expect(polls.length - before).toBe(4);
  });

  test('is nothing once the session is over', async () => {
    const { clock, coordinator, presence, shown, id } = signedIn(HELD);
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 5_000);
    expect([presence.of(id), shown(id).at(-1)?.state]).toEqual([null, null]);
  });
});

describe('a machine that slept', () => {
  test('polls anew at once when told to, a moment after the old poll was broken off', async () => {
    const { clock, polls, presence, open } = signedIn('never');
    await clock.advance(10_000);
    presence.pollNow();
    await clock.advance(BREAK_MS);
    expect(polls).toMatchObject([
      { at: 0, endedAt: 10_000, broken: true },
      { at: 10_000 + BREAK_MS, endedAt: null },
    ]);
    expect(open()).toHaveLength(1);
  });

  test('leaves alone a poll that was sent just now', async () => {
    const { clock, polls, presence } = signedIn('never');
    await clock.advance(1_000);
    presence.pollNow();
    await clock.advance(1_000);
    expect(polls).toMatchObject([{ broken: false }]);
  });

  test('knows how old a poll is by the machine’s clock, which went on', async () => {
    const { clock, polls, presence } = signedIn('never');
    await clock.advance(1_000);
    clock.setWallClock(3_600_000);
    presence.pollNow();
    await clock.settle();
    expect(polls).toMatchObject([{ broken: true }]);
  });

  test('waits no longer for the next try', async () => {
    const { clock, presence, sentAt } = signedIn(fault(END_FOR.unreachable, 0));
    await clock.advance(12_000);
    presence.pollNow();
    await clock.advance(375);
    expect(sentAt().slice(-2)).toEqual([12_000, 12_375]);
  });

  test('for too long shows the session as dropped until the server says otherwise', async () => {
    const { clock, presence, answerPolls, id } = signedIn('never');
    await clock.advance(10_000);
    clock.setWallClock(ABSENT_MS + 1);
    answerPolls(() => news(100));
    presence.pollNow();
    expect(presence.of(id)?.state).toBe('dropped');
    await clock.advance(BREAK_MS + 100);
    expect(presence.of(id)?.state).toBe('present');
  });

  test('for a moment shows nothing new', async () => {
    const { clock, presence, shown, id } = signedIn('never');
    await clock.advance(10_000);
    presence.pollNow();
    await clock.advance(1_000);
    expect(shown(id).map(({ state }) => state)).toEqual(['present']);
  });
});

describe('a server that says that the session is over', () => {
  test('is asked once more, then it leaves the vault, with a receipt', async () => {
    const { clock, polls, server, shown, vault, written, id } = signedIn(HELD, OVER);
    await clock.advance(2 * HOLD_MS);
    expect(vault.held()).toEqual([]);
    expect(written).toMatchObject([{ heldId: id, cause: 'server', outcome: 'already-over' }]);
    expect([polls.map(({ pool }) => pool), server.sent]).toEqual([['297:1', '297:1', null], []]);
    // Once more, and not at once: it may have come from an old pool, or be over in a moment.
    expect(polls.map(({ at }) => at)).toEqual([0, HOLD_MS, HOLD_MS + 20 + 5_000]);
    expect(shown(id).map(({ state }) => state)).toEqual(['present', 'reconnecting', null]);
    expect(clock.waiting()).toBe(0);
  });

  test('once only may have been something else on the way', async () => {
    const { clock, vault, shown, id } = signedIn(OVER, news(), OVER, HELD);
    await clock.advance(5 * HOLD_MS);
    expect(vault.held()).toHaveLength(1);
    expect(shown(id).map(({ state }) => state)).toEqual([
      'present',
      'reconnecting',
      'present',
      'reconnecting',
      'present',
    ]);
  });

  test('is believed when the network fails in between', async () => {
    const { clock, vault } = signedIn(OVER, UNREACHABLE, OVER);
    await clock.advance(5_000 + 1_000);
    expect(vault.held()).toEqual([]);
  });

  test('can be asked at any time', async () => {
    const { clock, answerPolls, presence, vault, id } = signedIn('never');
    await clock.advance(1_000);
    answerPolls(() => OVER);
    presence.check(id);
    await clock.advance(1_000);
    expect(vault.held()).toHaveLength(1);
    presence.check(id);
    await clock.advance(5_000);
    expect(vault.held()).toEqual([]);
  });

  test('but knows it without its pool, goes on being asked without, until it names another', async () => {
    const world = createPresenceWorld();
    const { clock, polls, vault } = world;
    world.answerPolls(({ address }, nth) => {
      if (address.pool === '297:1') return OVER;
      return nth === 3 ? news(20, poolChanged('298:2')) : HELD;
    });
    world.signIn();
    await clock.advance(3 * HOLD_MS);
    expect(polls.map(({ pool }) => pool).slice(0, 4)).toEqual(['297:1', null, null, '298:2']);
    expect(vault.held()).toMatchObject([{ pool: '298:2' }]);
  });

  test('is not asked about a session that nobody keeps present', () => {
    expect(() => createPresenceWorld().presence.check('nobody')).not.toThrow();
  });
});

test('a pool that is refused changes nothing, and is told of (A10)', async () => {
  const refused = { field: 'pool', problem: 'not-ascii' } as const;
  const { clock, id, polls, presence, vault } = signedIn(
    news(20, { ...NO_NEWS, hasNews: true, refused }),
    HELD,
  );
  const told: unknown[] = [];
  presence.onRefused((...what) => told.push(what));
  await clock.advance(1_000);
  expect(told).toEqual([[id, refused]]);
  expect(vault.find(id)?.pool).toBe('297:1');
  expect(polls.map(({ pool }) => pool)).toEqual(['297:1', '297:1']);
});

describe('an answer that is not the chat server’s own', () => {
  test.for(['unconfirmed', 'not-found', 'refused'] as const)(
    'is an outage, and neither presence nor an end: %s',
    async (outcome) => {
      const { clock, vault, shown, id, server } = signedIn(fault(END_FOR[outcome]));
      await clock.advance(2 * ABSENT_MS);
      expect(vault.held()).toHaveLength(1);
      expect(shown(id).map(({ state }) => state)).toEqual(['present', 'reconnecting', 'dropped']);
      expect(server.sent).toEqual([]);
    },
  );

  test('is told, in its own words, until all is well again', async () => {
    const { clock, presence, id } = signedIn(fault(END_FOR.unconfirmed), HELD);
    await clock.advance(100);
    expect(presence.of(id)).toMatchObject({ state: 'reconnecting', said: 'Sign in.' });
    await clock.advance(2 * HOLD_MS);
    expect(presence.of(id)).toEqual({ state: 'present', dropsAt: null });
  });
});

describe('a system error among the messages', () => {
  const BAD = news(20, { ...NO_NEWS, hasNews: true, systemError: 'SESSION: gone' });

  test('is told, backed off from and checked, and is no presence', async () => {
    const { clock, presence, polls, id, vault } = signedIn(BAD);
    await clock.advance(20);
    expect(presence.of(id)).toMatchObject({ state: 'reconnecting', said: 'SESSION: gone' });
    await clock.advance(60_000);
    expect(polls.length).toBeLessThan(15);
    expect(vault.held()).toHaveLength(1);
  });

  test('does not keep what else is told from counting', async () => {
    const moved = { ...poolChanged('298:2'), systemError: 'SESSION: gone' };
    const { clock, vault } = signedIn(news(20, moved), HELD);
    await clock.advance(HOLD_MS);
    expect(vault.held()).toMatchObject([{ pool: '298:2' }]);
  });

  test('ends the session where the server then says twice that it does not know it', async () => {
    const { clock, vault, written } = signedIn(BAD, OVER);
    await clock.advance(10_000);
    expect([vault.held(), written.map(({ cause }) => cause)]).toEqual([[], ['server']]);
  });
});

describe('what only the console can take', () => {
  test('is told of each time that it is offered', async () => {
    const { clock, offers, id, presence } = signedIn(
      news(20, { ...NO_NEWS, hasNews: true, offersChat: true }),
      HELD,
    );
    await clock.advance(1_000);
    expect(offers).toEqual([id]);
    expect(presence.of(id)).toMatchObject({ chatOfferedAt: expect.any(Number) });
  });
});

describe('a new pool', () => {
  test('is in the vault before it is used', async () => {
    const onDisk: (string | null)[] = [];
    const world = createPresenceWorld();
    world.answerPolls((_, nth) => {
      onDisk.push(world.onDisk()[0]?.pool ?? null);
      return nth === 1 ? news(20, poolChanged('298:2')) : HELD;
    });
    world.signIn();
    await world.clock.advance(1_000);
    expect(world.polls.map(({ pool }) => pool)).toEqual(['297:1', '298:2']);
    expect(onDisk).toEqual(['297:1', '298:2']);
  });

  test('that is the old one is not written again', async () => {
    const { clock, vault } = signedIn(news(20, poolChanged('297:1')), HELD);
    let changes = 0;
    vault.onChange(() => (changes += 1));
    await clock.advance(100);
    expect(changes).toBe(0);
  });

  test('of a session that is over by then is of no interest', async () => {
    const { answerWhenBroken, clock, faults, vault, id } = signedIn('never');
    await clock.advance(3_000);
    answerWhenBroken(poolChanged('298:2'));
    vault.release(id);
    await clock.settle();
    expect([vault.held(), faults]).toEqual([[], []]);
  });

  test('that the disk does not take is not used, is reported, and is asked for again, ever more seldom', async () => {
    const disk = { fault: null as Error | null };
    const file: VaultFile = {
      held: [],
      resumeUntil: null,
      write() {
        if (disk.fault !== null) throw disk.fault;
      },
    };
    const { clock, faults, polls, vault, ...world } = createPresenceWorld({ file });
    world.answerPolls(({ address }) =>
      address.pool === '297:1' ? news(20, poolChanged('298:2')) : HELD,
    );
    world.signIn();
    disk.fault = DISK_FULL;
    await clock.advance(3_000);
    expect(polls.map(({ at, pool }) => [at, pool])).toEqual([
      [0, '297:1'],
      [250, '297:1'],
      [750, '297:1'],
      [1_750, '297:1'],
    ]);
    expect(faults).toHaveLength(4);
    expect(world.presence.of(vault.held()[0]?.id ?? '')).toMatchObject({ state: 'present' });
    disk.fault = null;
    await clock.advance(3_000);
    expect(polls.at(-1)).toMatchObject({ pool: '298:2' });
  });

  test('that came with a poll that is broken off is kept all the same', async () => {
    const { answerWhenBroken, clock, presence, vault, id } = signedIn('never');
    await clock.advance(3_000);
    answerWhenBroken(poolChanged('298:2'));
    presence.pollNow();
    await clock.settle();
    expect(vault.find(id)?.pool).toBe('298:2');
  });
});

describe('a sign-off', () => {
  test('breaks the poll off before its first request goes out', async () => {
    const { clock, coordinator, open, server } = signedIn(HELD);
    await clock.advance(1_000);
    server.answerWith(() => {
      expect(open()).toEqual([]);
      return answer('ended');
    });
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 5_000);
    expect(server.sent).toHaveLength(1);
  });

  test('that waits for engagements leaves the agent present meanwhile', async () => {
    const { clock, coordinator, hold, polls, server } = signedIn(news(500));
    hold(engagement());
    server.answerWith(() => answer('ended', 1_600));
    void coordinator.signOff({ cause: 'quit', ids: 'all' });
    await clock.advance(5_000);
    expect(polls).toMatchObject([{ at: 0 }, { at: 500 }, { at: 1_000 }, { at: 1_500 }]);
  });

  test('is followed by no poll while it runs', async () => {
    const { clock, coordinator, polls, presence, server } = signedIn(HELD);
    server.answerWith(() => answer('unreachable'));
    await clock.advance(1_000);
    const signedOff = coordinator.signOff({ cause: 'quit', ids: 'all' });
    await clock.advance(1_000);
    presence.pollNow();
    presence.update();
    await clock.advance(1_000);
    expect(polls).toHaveLength(1);
    await clock.until(signedOff, 5_000);
  });

  test.for(['asked', 'quit'] as const)(
    'that failed is followed by polls where the agent stays (%s)',
    async (cause) => {
      const { clock, coordinator, presence, polls, server, id } = signedIn(HELD);
      server.answerWith(() => answer('refused'));
      await clock.until(coordinator.signOff({ cause, ids: 'all' }), 10_000);
      await clock.advance(1_000);
      expect(polls).toMatchObject([{ broken: true }, { endedAt: null }]);
      expect(presence.of(id)).toEqual({ state: 'present', dropsAt: null });
    },
  );

  test.for([
    ['left', (attendance: Attendance, id: string) => attendance.left([id])],
    ['went away', (attendance: Attendance, id: string) => attendance.wentAway([id])],
    ['quits', (attendance: Attendance) => attendance.setLeaving(true)],
  ] as const)('that failed is followed by no poll where its agent %s', async ([, go]) => {
    const { attendance, clock, coordinator, presence, polls, server, id } = signedIn(HELD);
    server.answerWith(() => answer('refused'));
    go(attendance, id);
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 60_000);
    presence.update();
    presence.pollNow();
    await clock.advance(2 * HOLD_MS);
    expect(polls).toHaveLength(1);
    expect(presence.of(id)).toBeNull();
  });

  test.for([
    ['is back', (attendance: Attendance) => attendance.cameBack()],
    ['hands it in again', (attendance: Attendance, id: string) => attendance.arrived([id])],
  ] as const)('that failed is followed by polls once the agent %s', async ([, comeBack]) => {
    const { attendance, clock, coordinator, presence, polls, server, id } = signedIn(HELD);
    server.answerWith(() => answer('refused'));
    attendance.wentAway([id]);
    await clock.until(coordinator.signOff({ cause: 'lock', ids: 'all' }), 60_000);
    comeBack(attendance, id);
    expect(polls).toMatchObject([{ broken: true }, { endedAt: null }]);
    expect(presence.of(id)).toEqual({ state: 'present', dropsAt: null });
  });

  test('that failed because the app is leaving is followed by polls where it stays', async () => {
    const { attendance, clock, coordinator, polls, server } = signedIn(HELD);
    server.answerWith(() => answer('refused'));
    attendance.setLeaving(true);
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 60_000);
    await clock.advance(HOLD_MS);
    expect(polls).toHaveLength(1);
    attendance.setLeaving(false);
    await clock.advance(1_000);
    expect(polls).toHaveLength(2);
  });

  test('that took long shows what is known by then', async () => {
    const { clock, coordinator, server, shown, id } = signedIn(fault(END_FOR.unreachable, 0));
    server.answerWith(() => 'never');
    await clock.advance(1_000);
    await clock.until(coordinator.signOff({ cause: 'asked', ids: 'all' }), 10_000);
    await clock.advance(ABSENT_MS);
    expect(shown(id)).toMatchObject([
      { state: 'present' },
      { state: 'reconnecting' },
      { state: null },
      { state: 'reconnecting', dropsAt: ABSENT_MS },
      { state: 'dropped', at: ABSENT_MS },
    ]);
  });
});

describe('what an earlier run left', () => {
  test('is polled only once it may be', async () => {
    const { attendance, clock, polls, presence } = createPresenceWorld({ leftOver: [left] });
    attendance.left(['old']);
    await clock.advance(1_000);
    expect([polls, presence.of('old')]).toEqual([[], null]);
    attendance.arrived(['old']);
    expect(polls).toMatchObject([{ at: 1_000, sequenceNumber: 8n }]);
    expect(presence.of('old')).toEqual({ state: 'present', dropsAt: null });
  });

  test('is not polled where it is being ended', async () => {
    const { clock, coordinator, polls, presence } = createPresenceWorld({ leftOver: [left] });
    void coordinator.signOff({ cause: 'leftover', ids: 'all' });
    presence.update();
    await clock.advance(1_000);
    expect(polls).toEqual([]);
  });
});
