import { describe, expect, test } from 'vitest';
import type { ActivityStatus, AgentRequest } from '../../../main/chat/agent-api.ts';
import { type CallEnd, NO_PHASES } from '../../../main/chat/call-end.ts';
import { createActivity } from '../../../main/presence/activity.ts';
import { createSequence } from '../../../main/presence/sequence.ts';
import { answer, END_FOR } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';

type Meaning<T> = T extends unknown ? Omit<T, 'times' | 'reply' | 'proxy'> : never;
type End = Meaning<CallEnd>;
type Request = AgentRequest & { readonly status: ActivityStatus; readonly subTypeId: number };

const AVAILABLE = { value: 'available', reason: null } as const;
const UNAVAILABLE = { value: 'unavailable', reason: null } as const;
const DONE = { problem: null, unknownSession: false };
const ANSWERED_MS = 20;

const conflict: End = {
  kind: 'exception',
  status: 409,
  code: null,
  message: 'A chat is open.',
};

/** One agent signed in, whose status requests end like this, the last for ever; null: never. */
function atWork({
  ends = [END_FOR.ended],
  kinds = [] as readonly number[],
  reasons = [] as readonly number[],
}: {
  ends?: readonly (End | null)[];
  kinds?: readonly number[];
  reasons?: readonly number[];
} = {}) {
  const world = createSignOffWorld();
  const { clock, vault, coordinator } = world;
  const sent: Request[] = [];
  const unknown: string[] = [];
  const givenUp: string[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  let script = ends;

  const activity = createActivity({
    vault,
    coordinator,
    setActivityStatus: (request, signal) =>
      new Promise((resolve) => {
        sent.push(request);
        inFlight += 1;
        mostInFlight = Math.max(mostInFlight, inFlight);
        const started = clock.now();
        const end = script[Math.min(sent.length, script.length) - 1];
        const settle = (meaning: End): void => {
          inFlight -= 1;
          const sentAt = meaning.kind === 'no-reply' ? null : started;
          const at = { started, sent: sentAt, received: null, finished: clock.now() };
          resolve({ ...meaning, times: { ...at, phases: NO_PHASES }, reply: null, proxy: null });
        };
        if (end === null || end === undefined) {
          signal.addEventListener('abort', () => settle(END_FOR['timed-out']));
        } else clock.after(ANSWERED_MS, () => settle(end));
      }),
    sequence: createSequence({ vault, clock }),
    clock,
    random: () => 0.5,
    kinds: () => kinds.map((id) => ({ id })),
    reasons: () => reasons.map((id) => ({ id })),
    words: () => ({
      conflict: (said) => `Conflict: ${said}`,
      notChanged: (said) => `Not changed: ${said}`,
      noSession: 'Nobody.',
    }),
    onUnknownSession: (heldId) => void unknown.push(heldId),
  });
  activity.onGivenUp((_, problem) => void givenUp.push(problem));
  const { id } = vault.hold(agentSession(), true);
  return {
    ...world,
    activity,
    id,
    sent,
    unknown,
    givenUp,
    statuses: () => sent.map(({ status }) => status),
    mostInFlight: () => mostInFlight,
    /** From the next request on, they end like this. */
    endNext(...next: readonly (End | null)[]) {
      script = [...sent.map(() => END_FOR.ended), ...next];
    },
    /** Sets, and lets time pass until that has ended. */
    set: (...request: Parameters<typeof activity.set>) =>
      clock.until(activity.set(...request), 60_000),
  };
}

describe('setting an agent', () => {
  test('available is told to the server, and shown', async () => {
    const { activity, id, sent, set } = atWork();
    expect(await set(id, AVAILABLE)).toEqual(DONE);
    expect(sent).toMatchObject([
      {
        address: { server: 'https://chat.example.com', pool: '297:1' },
        accountId: '12',
        sessionId: 'agent-Ann-secret',
        sequenceNumber: 1n,
        status: 'AVAILABLE',
        subTypeId: 0,
      },
    ]);
    expect(activity.of(id)).toEqual({ ...AVAILABLE, changing: false, problem: null });
  });

  test.for([
    { reasons: [], reason: null, subTypeId: 0, shown: null },
    { reasons: [3, 2], reason: null, subTypeId: 3, shown: 3 },
    { reasons: [3, 2], reason: 2, subTypeId: 2, shown: 2 },
    { reasons: [], reason: 7, subTypeId: 7, shown: 7 },
  ])('unavailable with a reason, the first one, or none: %j', async (row) => {
    const { activity, id, sent, set } = atWork({ reasons: row.reasons });
    await set(id, { value: 'unavailable', reason: row.reason });
    expect(sent).toMatchObject([{ status: 'UNAVAILABLE', subTypeId: row.subTypeId }]);
    expect(activity.of(id)).toMatchObject({ value: 'unavailable', reason: row.shown });
  });

  test.for([
    { kinds: [], reason: null, subTypeId: 0, shown: null },
    { kinds: [5, 4], reason: null, subTypeId: 5, shown: 5 },
    { kinds: [5, 4], reason: 4, subTypeId: 4, shown: 4 },
  ])('available of a kind, the first one, or none: %j', async (row) => {
    const { activity, id, sent, set } = atWork({ kinds: row.kinds, reasons: [3] });
    await set(id, { value: 'available', reason: row.reason });
    expect(sent).toMatchObject([{ status: 'AVAILABLE', subTypeId: row.subTypeId }]);
    expect(activity.of(id)).toMatchObject({ value: 'available', reason: row.shown });
  });

  test('available again of the kind that they were before they went away', async () => {
    const { activity, clock, id, sent, set } = atWork({ kinds: [5, 4], reasons: [3] });
    await set(id, { value: 'available', reason: 4 });
    await clock.until(activity.setUnavailable(), 1_000);
    await clock.until(activity.restore(), 1_000);
    expect(sent.map(({ subTypeId }) => subTypeId)).toEqual([4, 3, 4]);
    expect(activity.of(id)).toMatchObject({ value: 'available', reason: 4 });
  });

  test('is unknown until it was done once, and changing while it is done', async () => {
    const { activity, clock, id } = atWork();
    const seen = [activity.of(id)];
    activity.onChange(() => seen.push(activity.of(id)));
    await clock.until(activity.set(id, AVAILABLE), 1_000);
    expect(seen).toEqual([
      { value: 'unknown', reason: null, changing: false, problem: null },
      { value: 'unknown', reason: null, changing: true, problem: null },
      { value: 'available', reason: null, changing: false, problem: null },
    ]);
  });

  test('or all of them sets those that were started here alone', async () => {
    const { activity, clock, hold, sent, vault } = atWork();
    const ben = vault.hold(agentSession('Ben'), true);
    const others = hold(agentSession('Carl'), engagement());
    await clock.until(activity.set(null, AVAILABLE), 1_000);
    expect(sent.map(({ sessionId }) => sessionId)).toEqual(['agent-Ann-secret', ben.sessionId]);
    expect(others.map(({ id }) => activity.of(id))).toEqual([null, null]);
  });

  test.for([null, 'nobody'])('where there is none (%s) says so', async (heldId) => {
    const { coordinator, clock, sent, set } = atWork();
    await clock.until(coordinator.signOff({ cause: 'asked', ids: 'all' }), 1_000);
    expect(await set(heldId, AVAILABLE)).toEqual({ problem: 'Nobody.', unknownSession: false });
    expect(sent).toEqual([]);
  });

  test('that was handed in is not ours', async () => {
    const { hold, sent, set } = atWork();
    const [handedIn] = hold(agentSession('Carl'));
    expect(await set(handedIn?.id ?? '', AVAILABLE)).toMatchObject({ problem: 'Nobody.' });
    expect(sent).toEqual([]);
  });

  test('leaves alone whoever is being signed off', async () => {
    const { activity, clock, coordinator, id, sent, server } = atWork();
    server.answerWith(() => 'never');
    void coordinator.signOff({ cause: 'quit', ids: 'all' });
    await clock.settle();
    expect(await activity.set(id, AVAILABLE)).toMatchObject({ problem: 'Nobody.' });
    await activity.setUnavailable();
    expect(sent).toEqual([]);
    await clock.advance(5_000);
  });
});

describe('a change that does not come about', () => {
  test.for<[string, End]>([
    ['by its status', conflict],
    ['by its code', { ...conflict, status: 400, code: 'CONFLICT' }],
    [
      'under a 200',
      {
        ...END_FOR.ended,
        kind: 'system-error',
        code: 'CONFLICT',
        message: 'A chat is open.',
      } as End,
    ],
  ])('for a conflict is explained, with the server’s words: %s', async ([, end]) => {
    const { activity, id, set } = atWork({ ends: [END_FOR.ended, end] });
    await set(id, AVAILABLE);
    expect(await set(id, UNAVAILABLE)).toEqual({
      problem: 'Conflict: A chat is open.',
      unknownSession: false,
    });
    expect(activity.of(id)).toEqual({
      ...AVAILABLE,
      changing: false,
      problem: 'Conflict: A chat is open.',
    });
  });

  test('for another reason says that nothing was changed, and why', async () => {
    const { id, set, unknown } = atWork({ ends: [END_FOR.unreachable] });
    expect((await set(id, AVAILABLE)).problem).toBe('Not changed: Nothing listens there.');
    expect(unknown).toEqual([]);
  });

  test.for([
    ['timed-out', 'unknown'],
    ['server-error', 'unknown'],
    ['unreachable', 'available'],
    ['refused', 'available'],
  ] as const)('because it is %s leaves the status %s', async ([outcome, value]) => {
    const { activity, id, set } = atWork({ ends: [END_FOR.ended, END_FOR[outcome]] });
    await set(id, AVAILABLE);
    await set(id, UNAVAILABLE);
    expect(activity.of(id)).toMatchObject({ value, reason: null });
  });

  test('is tried once only: whoever asked for it sees that', async () => {
    const { clock, id, sent, set } = atWork({ ends: [END_FOR.unreachable] });
    await set(id, AVAILABLE);
    await clock.advance(60_000);
    expect(sent).toHaveLength(1);
  });

  test('is given up when the server does not answer', async () => {
    const { clock, id, set } = atWork({ ends: [null] });
    expect(await set(id, AVAILABLE)).toMatchObject({ problem: expect.stringContaining('in time') });
    expect(clock.monotonic()).toBe(8_000);
  });

  test('is told of until the next one', async () => {
    const { activity, clock, id, set } = atWork({ ends: [conflict, END_FOR.ended] });
    await set(id, UNAVAILABLE);
    const again = activity.set(id, UNAVAILABLE);
    expect(activity.of(id)).toMatchObject({ changing: true, problem: null });
    await clock.until(again, 1_000);
    expect(activity.of(id)).toMatchObject({ changing: false, problem: null });
  });

  test('of several agents names each reason once', async () => {
    const { set, vault } = atWork({ ends: [conflict] });
    vault.hold(agentSession('Ben'), true);
    expect((await set(null, UNAVAILABLE)).problem).toBe('Conflict: A chat is open.');
  });

  test('because the session is unknown has that found out, and says so', async () => {
    const { id, set, unknown } = atWork({ ends: [END_FOR['already-over']] });
    expect(await set(id, AVAILABLE)).toEqual({
      problem: 'Not changed: Unknown session.',
      unknownSession: true,
    });
    expect(unknown).toEqual([id]);
  });

  test('because the account is another one does not mean that the session is over', async () => {
    const denied = { kind: 'exception', status: 403, code: 'ACCESS_DENIED', message: '' } as const;
    const { id, set, unknown } = atWork({ ends: [denied] });
    expect(await set(id, AVAILABLE)).toMatchObject({ unknownSession: true });
    expect(unknown).toEqual([]);
  });
});

describe('quick changes', () => {
  test('go one at a time, and of those that wait the last one counts', async () => {
    const { activity, clock, id, mostInFlight, sent } = atWork({ reasons: [3, 2] });
    const ends = Promise.all([
      activity.set(id, AVAILABLE),
      activity.set(id, { value: 'unavailable', reason: 2 }),
      activity.set(id, AVAILABLE),
      activity.set(id, { value: 'unavailable', reason: 3 }),
    ]);
    expect(await clock.until(ends, 1_000)).toEqual([DONE, DONE, DONE, DONE]);
    expect(sent).toMatchObject([
      { status: 'AVAILABLE' },
      { status: 'UNAVAILABLE', subTypeId: 3, sequenceNumber: 2n },
    ]);
    expect(mostInFlight()).toBe(1);
    expect(activity.of(id)).toMatchObject({ value: 'unavailable', reason: 3 });
  });

  test('end as the last one does', async () => {
    const { activity, clock, id } = atWork({ ends: [END_FOR.ended, conflict] });
    const ends = Promise.all([activity.set(id, AVAILABLE), activity.set(id, UNAVAILABLE)]);
    expect(await clock.until(ends, 1_000)).toMatchObject([
      { problem: 'Conflict: A chat is open.' },
      { problem: 'Conflict: A chat is open.' },
    ]);
    expect(activity.of(id)).toMatchObject({ value: 'available' });
  });

  test('made as soon as one has ended are not lost', async () => {
    const { activity, clock, id, statuses } = atWork();
    const both = activity.set(id, AVAILABLE).then(() => activity.set(id, UNAVAILABLE));
    await clock.until(both, 1_000);
    expect(statuses()).toEqual(['AVAILABLE', 'UNAVAILABLE']);
  });

  test('made by whoever hears of a change are not lost either', async () => {
    const { activity, clock, id, statuses } = atWork();
    let isFirst = true;
    activity.onChange(() => {
      if (activity.of(id)?.value !== 'available' || !isFirst) return;
      isFirst = false;
      void activity.set(id, UNAVAILABLE);
    });
    await clock.until(activity.set(id, AVAILABLE), 1_000);
    await clock.advance(1_000);
    expect(statuses()).toEqual(['AVAILABLE', 'UNAVAILABLE']);
  });
});

describe('an agent who goes away', () => {
  test('is set unavailable, with the first reason, and available again on return', async () => {
    const { activity, clock, id, sent, set } = atWork({ reasons: [3] });
    await set(id, AVAILABLE);
    await clock.until(activity.setUnavailable(), 1_000);
    expect(activity.of(id)).toMatchObject({ value: 'unavailable', reason: 3 });
    await clock.until(activity.restore(), 1_000);
    expect(activity.of(id)).toMatchObject({ value: 'available', reason: null });
    expect(sent).toHaveLength(3);
  });

  test('and was unavailable is left so', async () => {
    const { activity, clock, id, sent, set } = atWork();
    await set(id, UNAVAILABLE);
    await clock.until(activity.setUnavailable(), 1_000);
    await clock.until(activity.restore(), 1_000);
    expect(sent).toHaveLength(1);
  });

  test('and whose status is not known is set unavailable, and left so on return', async () => {
    const { activity, clock, statuses } = atWork();
    await clock.until(activity.setUnavailable(), 1_000);
    await clock.until(activity.restore(), 1_000);
    expect(statuses()).toEqual(['UNAVAILABLE']);
  });

  test('and whose own change was not answered is set unavailable', async () => {
    const { activity, clock, id, set, statuses, endNext } = atWork();
    await set(id, UNAVAILABLE);
    endNext(END_FOR['timed-out'], END_FOR.ended);
    await set(id, AVAILABLE);
    await clock.until(activity.setUnavailable(), 1_000);
    await clock.until(activity.restore(), 1_000);
    expect(statuses()).toEqual(['UNAVAILABLE', 'AVAILABLE', 'UNAVAILABLE']);
  });

  test('while a change of their own is under way that comes to nothing is set unavailable', async () => {
    const { activity, clock, id, set, statuses, endNext } = atWork();
    await set(id, AVAILABLE);
    endNext(conflict, END_FOR.ended);
    void activity.set(id, UNAVAILABLE);
    await clock.until(activity.setUnavailable(), 1_000);
    expect(statuses()).toEqual(['AVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE']);
  });

  test('and is back before that change came to nothing is left alone', async () => {
    const { activity, clock, id, set, statuses, endNext } = atWork();
    await set(id, AVAILABLE);
    endNext(conflict);
    void activity.set(id, UNAVAILABLE);
    void activity.setUnavailable();
    await clock.until(activity.restore(), 1_000);
    await clock.advance(60_000);
    expect(statuses()).toEqual(['AVAILABLE', 'UNAVAILABLE']);
  });

  test('twice over is set once, and the second waits for that', async () => {
    const { activity, clock, id, set, sent } = atWork();
    await set(id, AVAILABLE);
    void activity.setUnavailable();
    const second = activity.setUnavailable().then(() => activity.of(id)?.value);
    expect(await clock.until(second, 1_000)).toBe('unavailable');
    expect(sent).toHaveLength(2);
  });

  test('and chose a status meanwhile keeps it', async () => {
    const { activity, clock, id, set } = atWork({ reasons: [3, 2] });
    await set(id, AVAILABLE);
    await clock.until(activity.setUnavailable(), 1_000);
    await set(id, { value: 'unavailable', reason: 2 });
    await clock.until(activity.restore(), 1_000);
    expect(activity.of(id)).toMatchObject({ value: 'unavailable', reason: 2 });
  });

  test('while a change of their own is under way counts as what they chose', async () => {
    const { activity, clock, id, set, statuses } = atWork();
    await set(id, AVAILABLE);
    void activity.set(id, UNAVAILABLE);
    await clock.until(activity.setUnavailable(), 1_000);
    await clock.until(activity.restore(), 1_000);
    expect(statuses()).toEqual(['AVAILABLE', 'UNAVAILABLE']);
  });

  test('without a network is tried once more, and then every half minute', async () => {
    const { activity, clock, id, sent, set, endNext } = atWork();
    await set(id, AVAILABLE);
    endNext(END_FOR.unreachable);
    const begun = clock.monotonic();
    await clock.until(activity.setUnavailable(), 60_000);
    expect(sent).toHaveLength(3);
    expect(clock.monotonic() - begun).toBe(2 * ANSWERED_MS + 750);
    await clock.advance(90_000);
    expect(sent).toHaveLength(5);
  });

  test('with a chat open is set unavailable once that has ended, and told of once', async () => {
    const { activity, clock, givenUp, id, sent, set, endNext } = atWork();
    await set(id, AVAILABLE);
    endNext(conflict, conflict, conflict, END_FOR.ended);
    await clock.until(activity.setUnavailable(), 1_000);
    expect(sent).toHaveLength(2);
    expect(activity.of(id)).toMatchObject({ problem: 'Conflict: A chat is open.' });
    await clock.advance(3 * 31_000);
    expect(activity.of(id)).toMatchObject({ value: 'unavailable', problem: null });
    expect(givenUp).toEqual(['Conflict: A chat is open.']);
    await clock.until(activity.restore(), 1_000);
    expect(activity.of(id)).toMatchObject({ value: 'available' });
    expect(clock.waiting()).toBe(0);
  });

  test.for(['available', 'unknown'] as const)(
    'with a chat open, and is back before that has ended, is left as they were (%s)',
    async (was) => {
      const { activity, clock, id, set, statuses, endNext } = atWork();
      if (was === 'available') await set(id, AVAILABLE);
      endNext(conflict, END_FOR.ended);
      await clock.until(activity.setUnavailable(), 1_000);
      await clock.until(activity.restore(), 1_000);
      await clock.advance(120_000);
      expect(statuses().at(-1)).toBe(was === 'available' ? 'AVAILABLE' : 'UNAVAILABLE');
      expect(statuses().filter((status) => status === 'UNAVAILABLE')).toHaveLength(1);
    },
  );

  test('with a chat open, for a second reason, is tried again at once', async () => {
    const { activity, clock, id, set, statuses, endNext } = atWork();
    await set(id, AVAILABLE);
    endNext(conflict, END_FOR.ended);
    await clock.until(activity.setUnavailable(), 1_000);
    await clock.until(activity.setUnavailable(), 1_000);
    await clock.until(activity.restore(), 1_000);
    expect(statuses()).toEqual(['AVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE', 'AVAILABLE']);
  });

  test('is not tried again where the server refuses for good', async () => {
    const { activity, clock, givenUp, id, sent, set, endNext } = atWork();
    await set(id, AVAILABLE);
    endNext(END_FOR.refused);
    await clock.until(activity.setUnavailable(), 60_000);
    await clock.advance(60_000);
    expect(sent).toHaveLength(2);
    expect(givenUp).toHaveLength(1);
  });

  test('and is back before that came about is available', async () => {
    const { activity, clock, id, set, statuses, endNext } = atWork();
    await set(id, AVAILABLE);
    endNext(END_FOR.unreachable, END_FOR.ended);
    void activity.setUnavailable();
    await clock.advance(100);
    await clock.until(activity.restore(), 1_000);
    await clock.advance(60_000);
    expect(statuses()).toEqual(['AVAILABLE', 'UNAVAILABLE', 'AVAILABLE']);
    expect(activity.of(id)).toMatchObject({ value: 'available', problem: null });
  });

  test('and is back before the network is, is available once that is', async () => {
    const { activity, clock, id, set, endNext } = atWork();
    await set(id, AVAILABLE);
    await clock.until(activity.setUnavailable(), 1_000);
    const { unreachable } = END_FOR;
    endNext(unreachable, unreachable, unreachable, END_FOR.ended);
    await clock.until(activity.restore(), 60_000);
    expect(activity.of(id)).toMatchObject({ value: 'available' });
  });

  test('and is back long before the network is, is available as soon as that is', async () => {
    const { activity, clock, id, sent, set, endNext } = atWork();
    await set(id, AVAILABLE);
    await clock.until(activity.setUnavailable(), 1_000);
    endNext(...Array.from({ length: 6 }, () => END_FOR.unreachable), END_FOR.ended);
    await clock.until(activity.restore(), 60_000);
    expect(sent).toHaveLength(8);
    activity.retryNow(id);
    await clock.advance(1_000);
    expect(activity.of(id)).toMatchObject({ value: 'available', problem: null });
    activity.retryNow(id);
    await clock.advance(60_000);
    expect(sent).toHaveLength(9);
  });

  test('and is back, and goes once more before they were available, is available on return', async () => {
    const { activity, clock, id, set, endNext } = atWork();
    await set(id, AVAILABLE);
    await clock.until(activity.setUnavailable(), 1_000);
    endNext(...Array.from({ length: 6 }, () => END_FOR.unreachable), END_FOR.ended);
    await clock.until(activity.restore(), 60_000);
    await clock.until(activity.setUnavailable(), 1_000);
    await clock.until(activity.restore(), 1_000);
    expect(activity.of(id)).toMatchObject({ value: 'available' });
  });

  test('and comes back twice is set once', async () => {
    const { activity, clock, id, sent, set } = atWork();
    await set(id, AVAILABLE);
    await clock.until(activity.setUnavailable(), 1_000);
    await clock.until(activity.restore(), 1_000);
    await clock.until(activity.restore(), 1_000);
    expect(sent).toHaveLength(3);
  });
});

test('a session that is over has no status, and nothing waits for it', async () => {
  const { activity, clock, coordinator, id, set, server, endNext } = atWork();
  server.answerWith(() => answer('ended'));
  await set(id, AVAILABLE);
  endNext(END_FOR.unreachable);
  void activity.setUnavailable();
  await clock.advance(100);
  await clock.until(coordinator.signOff({ cause: 'lock', ids: 'all' }), 1_000);
  await clock.advance(5_000);
  expect([activity.of(id), clock.waiting()]).toEqual([null, 0]);
});

test('a client that cannot be loaded is a problem like any other', async () => {
  const { clock, coordinator, vault } = createSignOffWorld();
  const activity = createActivity({
    vault,
    coordinator,
    setActivityStatus: () => Promise.reject(new Error('no such file')),
    sequence: createSequence({ vault, clock }),
    clock,
    random: () => 0.5,
    kinds: () => [],
    reasons: () => [],
    words: () => ({ conflict: String, notChanged: (said) => `No: ${said}`, noSession: '' }),
    onUnknownSession: () => undefined,
  });
  const { id } = vault.hold(agentSession(), true);
  expect(await clock.until(activity.set(id, AVAILABLE), 1_000)).toMatchObject({
    problem: 'No: no such file',
  });
  expect(activity.of(id)).toMatchObject({ changing: false });
});
