import { describe, expect, test } from 'vitest';
import { createLeaving, type LeaveRequest } from '../../../main/lifecycle/leaving.ts';
import { outcomeSchema } from '../../../main/results/receipt.ts';
import fc from '../../support/property.ts';
import { answer, type Answer } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';

const AGENT_QUITS: LeaveRequest = { cause: 'quit', mayAsk: true };
const COMMAND_QUITS: LeaveRequest = { cause: 'quit', mayAsk: false };
const SIGNAL: LeaveRequest = { cause: 'signal', mayAsk: false };
const QUIT_MS = 5_000;
const SIGNAL_MS = 4_000;
const QUESTION_MS = 60_000;

function leavingWorld({ held = 1, append = async (): Promise<void> => undefined } = {}) {
  const world = createSignOffWorld({ append });
  world.hold(...Array.from({ length: held }, (_, n) => agentSession(`${n}`)));
  const wentAt: number[] = [];
  const { clock } = world;
  const leaving = createLeaving(world);
  leaving.onMayGo(() => wentAt.push(clock.monotonic()));
  const begun = clock.monotonic();
  /** The phases that were told of, with the cause that brought each about. */
  const phases: string[] = [];
  leaving.onChange(() => {
    const state = leaving.state();
    phases.push(`${state?.phase} for ${state?.cause}`);
  });
  /** Leaves until the question is asked. */
  const leaveUntilAsked = async (): Promise<void> => {
    world.server.answerWith(() => 'never');
    void leaving.leave(AGENT_QUITS);
    await clock.advance(QUIT_MS);
    expect(leaving.state()?.phase).toBe('asking');
  };
  return {
    ...world,
    leaving,
    phases,
    leaveUntilAsked,
    wentAfter: () => wentAt.map((at) => at - begun),
  };
}

describe('before anyone leaves', () => {
  test('the app stays', () => {
    const { leaving } = leavingWorld();
    expect({ state: leaving.state(), mayGo: leaving.mayGo() }).toEqual({
      state: null,
      mayGo: false,
    });
  });

  test('an answer to a question that nobody asked changes nothing', async () => {
    const { leaving, clock, wentAfter, server } = leavingWorld();
    leaving.answer('quit');
    leaving.answer('try-again');
    await clock.advance(2 * QUESTION_MS);
    expect({ state: leaving.state(), went: wentAfter(), sent: server.sent }).toEqual({
      state: null,
      went: [],
      sent: [],
    });
  });
});

test.each([
  { cause: 'quit', endsLogin: false },
  { cause: 'signal', endsLogin: false },
  { cause: 'shutdown', endsLogin: true },
] as const)('with $cause, that the login ends, too, is $endsLogin', ({ cause, endsLogin }) => {
  const { leaving } = leavingWorld();
  expect(leaving.endsLogin()).toBe(false);
  void leaving.leave({ cause, mayAsk: false });
  expect(leaving.endsLogin()).toBe(endsLogin);
});

describe.each([
  { who: 'an agent who quits', request: AGENT_QUITS },
  { who: 'a quit command', request: COMMAND_QUITS },
  { who: 'a signal', request: SIGNAL },
])('$who', ({ request }) => {
  test('goes at once with nothing held', async () => {
    const { leaving, clock, wentAfter } = leavingWorld({ held: 0 });
    await clock.until(leaving.leave(request), 0);
    expect({ went: wentAfter(), mayGo: leaving.mayGo() }).toEqual({ went: [0], mayGo: true });
  });

  test('goes once all is ended', async () => {
    const { leaving, clock, wentAfter, server, onDisk } = leavingWorld({ held: 2 });
    server.answerWith(() => answer('ended', 800));
    await clock.until(leaving.leave(request), QUIT_MS);
    expect({ went: wentAfter(), onDisk: onDisk() }).toEqual({ went: [800], onDisk: [] });
  });

  test('ends what is held under its own cause, by force', async () => {
    const { leaving, clock, written } = leavingWorld();
    await clock.until(leaving.leave(request), QUIT_MS);
    expect(written).toMatchObject([{ cause: request.cause, forced: true, outcome: 'ended' }]);
  });

  test('is told what is happening and until when', async () => {
    const { leaving, clock, phases } = leavingWorld();
    const budget = request.cause === 'signal' ? SIGNAL_MS : QUIT_MS;
    const begun = clock.now();
    void leaving.leave(request);
    expect(phases).toEqual([`ending for ${request.cause}`]);
    expect(leaving.state()).toEqual({
      phase: 'ending',
      cause: request.cause,
      deadline: begun + budget,
      budgetMs: budget,
    });
  });
});

test('a disk that hangs keeps the app no longer than a second past its budget', async () => {
  const { leaving, clock, wentAfter } = leavingWorld({
    append: () => new Promise(() => undefined),
  });
  await clock.until(leaving.leave(SIGNAL), SIGNAL_MS + 1_000);
  expect(wentAfter()).toEqual([SIGNAL_MS + 1_000]);
});

describe('when something is left over', () => {
  test.each([
    { who: 'a quit command', request: COMMAND_QUITS, within: QUIT_MS },
    { who: 'a signal', request: SIGNAL, within: SIGNAL_MS },
  ])('$who goes all the same, at its budget', async ({ request, within }) => {
    const { leaving, clock, server, vault, wentAfter } = leavingWorld();
    server.answerWith(() => 'never');
    await clock.until(leaving.leave(request), within);
    expect({ went: wentAfter(), held: vault.held().length }).toEqual({ went: [within], held: 1 });
  });

  test.each(['refused', 'not-found', 'unreachable'] as const)(
    'the agent is asked, within the budget (%s)',
    async (outcome) => {
      const { leaving, clock, server, phases, wentAfter } = leavingWorld();
      server.answerWith(() => answer(outcome));
      void leaving.leave(AGENT_QUITS);
      await clock.advance(QUIT_MS);
      expect({ phases, went: wentAfter(), mayGo: leaving.mayGo() }).toEqual({
        phases: ['ending for quit', 'asking for quit'],
        went: [],
        mayGo: false,
      });
    },
  );

  test('one of two sessions is enough to ask', async () => {
    const { leaving, clock, server, vault } = leavingWorld({ held: 2 });
    server.answerWith(({ heldId }) => answer(heldId === vault.held()[0]?.id ? 'refused' : 'ended'));
    void leaving.leave(AGENT_QUITS);
    await clock.advance(QUIT_MS);
    expect(leaving.state()?.phase).toBe('asking');
  });

  test('the question says until when it can be answered', async () => {
    const { leaving, clock, leaveUntilAsked } = leavingWorld();
    await leaveUntilAsked();
    expect(leaving.state()).toEqual({
      phase: 'asking',
      cause: 'quit',
      deadline: clock.now() + QUESTION_MS,
      budgetMs: QUESTION_MS,
    });
  });
});

describe('the question', () => {
  test('answered with quit lets the app go at once', async () => {
    const { leaving, clock, leaveUntilAsked, wentAfter, vault } = leavingWorld();
    await leaveUntilAsked();
    await clock.advance(1_000);
    leaving.answer('quit');
    expect({ went: wentAfter(), held: vault.held().length }).toEqual({ went: [6_000], held: 1 });
  });

  test('answered with try-again ends what is held once more, and goes', async () => {
    const { leaving, clock, leaveUntilAsked, server, phases, wentAfter } = leavingWorld();
    await leaveUntilAsked();
    server.answerWith(() => answer('ended'));
    leaving.answer('try-again');
    await clock.advance(20);
    expect({ phases: phases.slice(2), went: wentAfter() }).toEqual({
      phases: ['ending for quit'],
      went: [QUIT_MS + 20],
    });
  });

  test('is asked anew after a try that failed, with its whole time', async () => {
    const { leaving, clock, leaveUntilAsked, phases, wentAfter } = leavingWorld();
    await leaveUntilAsked();
    await clock.advance(50_000);
    leaving.answer('try-again');
    await clock.advance(QUIT_MS + QUESTION_MS - 1);
    expect(wentAfter()).toEqual([]);
    await clock.advance(1);
    expect(wentAfter()).toEqual([QUIT_MS + 50_000 + QUIT_MS + QUESTION_MS]);
    expect(phases).toEqual([
      'ending for quit',
      'asking for quit',
      'ending for quit',
      'asking for quit',
    ]);
  });

  test('that nobody answers ends after a minute, and the app goes', async () => {
    const { clock, leaveUntilAsked, wentAfter } = leavingWorld();
    await leaveUntilAsked();
    await clock.advance(QUESTION_MS - 1);
    expect(wentAfter()).toEqual([]);
    await clock.advance(1);
    expect(wentAfter()).toEqual([QUIT_MS + QUESTION_MS]);
  });

  test('that a quit command finds lets the app go at once', async () => {
    const { leaving, clock, leaveUntilAsked, wentAfter } = leavingWorld();
    await leaveUntilAsked();
    await clock.until(leaving.leave(COMMAND_QUITS), 0);
    expect(wentAfter()).toEqual([QUIT_MS]);
  });

  test('that a signal finds gives what is held one more try, and goes', async () => {
    const { leaving, clock, leaveUntilAsked, phases, wentAfter } = leavingWorld();
    await leaveUntilAsked();
    await clock.until(leaving.leave(SIGNAL), SIGNAL_MS);
    await clock.advance(2 * QUESTION_MS);
    expect({ phases: phases.slice(2), went: wentAfter() }).toEqual({
      phases: ['ending for signal'],
      went: [QUIT_MS + SIGNAL_MS],
    });
  });

  /** Has the last session end while it is asked; the disk takes its receipt when `written` resolves. */
  async function endedWhileAsked() {
    const written = Promise.withResolvers<void>();
    let write = async (): Promise<void> => undefined;
    const world = leavingWorld({ append: () => write() });
    await world.leaveUntilAsked();
    write = () => written.promise;
    world.server.answerWith(() => answer('ended'));
    void world.coordinator.signOff({ cause: 'asked', ids: 'all' });
    await world.clock.advance(20);
    expect(world.vault.held()).toEqual([]);
    return { ...world, written };
  }

  test('is moot when the last session ends meanwhile: the app goes, its receipt once written', async () => {
    const { clock, wentAfter, written } = await endedWhileAsked();
    await clock.advance(500);
    expect(wentAfter()).toEqual([]);
    written.resolve();
    await clock.settle();
    expect(wentAfter()).toEqual([QUIT_MS + 520]);
  });

  test('is moot then also where the disk hangs: the app goes a second later', async () => {
    const { clock, wentAfter } = await endedWhileAsked();
    await clock.advance(QUESTION_MS);
    expect(wentAfter()).toEqual([QUIT_MS + 1_020]);
  });

  test('is shown once more when the agent quits once more, and stays', async () => {
    const { leaving, clock, leaveUntilAsked, phases, wentAfter } = leavingWorld();
    await leaveUntilAsked();
    void leaving.leave(AGENT_QUITS);
    await clock.advance(QUESTION_MS - 1);
    expect({ phases: phases.slice(2), went: wentAfter() }).toEqual({
      phases: ['asking for quit'],
      went: [],
    });
  });
});

describe('while what is held is being ended', () => {
  test('a second quit changes nothing', async () => {
    const { leaving, clock, server, phases, wentAfter } = leavingWorld();
    server.answerWith(() => answer('ended', 2_000));
    const first = leaving.leave(AGENT_QUITS);
    await clock.advance(500);
    const second = leaving.leave(AGENT_QUITS);
    await clock.until(Promise.all([first, second]), QUIT_MS);
    expect({ phases, sent: server.sent.length, went: wentAfter() }).toEqual({
      phases: ['ending for quit'],
      sent: 1,
      went: [2_000],
    });
  });

  test('an answer changes nothing', async () => {
    const { leaving, clock, server, wentAfter } = leavingWorld();
    server.answerWith(() => answer('ended', 2_000));
    const left = leaving.leave(AGENT_QUITS);
    leaving.answer('quit');
    leaving.answer('try-again');
    await clock.until(left, QUIT_MS);
    expect(wentAfter()).toEqual([2_000]);
  });

  test('a quit command spares the question', async () => {
    const { leaving, clock, server, phases, wentAfter } = leavingWorld();
    server.answerWith(() => 'never');
    const first = leaving.leave(AGENT_QUITS);
    await clock.advance(500);
    const second = leaving.leave(COMMAND_QUITS);
    await clock.until(Promise.all([first, second]), QUIT_MS);
    expect({ phases, went: wentAfter() }).toEqual({ phases: ['ending for quit'], went: [QUIT_MS] });
  });

  test('a signal shortens what is left of a quit', async () => {
    const { leaving, clock, server, phases, wentAfter } = leavingWorld();
    server.answerWith(() => 'never');
    void leaving.leave(AGENT_QUITS);
    await clock.advance(500);
    await clock.until(leaving.leave(SIGNAL), SIGNAL_MS);
    expect({ phases, went: wentAfter() }).toEqual({
      phases: ['ending for quit', 'ending for signal'],
      went: [500 + SIGNAL_MS],
    });
  });

  test('a signal that comes late keeps its own budget', async () => {
    const { leaving, clock, server, wentAfter } = leavingWorld();
    server.answerWith(() => 'never');
    void leaving.leave(AGENT_QUITS);
    await clock.advance(3_000);
    await clock.until(leaving.leave(SIGNAL), SIGNAL_MS);
    expect(wentAfter()).toEqual([3_000 + SIGNAL_MS]);
  });

  test('a quit does not slow a signal down', async () => {
    const { leaving, clock, server, phases, wentAfter } = leavingWorld();
    server.answerWith(() => 'never');
    const left = leaving.leave(SIGNAL);
    await clock.advance(500);
    void leaving.leave(AGENT_QUITS);
    await clock.until(left, SIGNAL_MS);
    expect({ phases, went: wentAfter() }).toEqual({
      phases: ['ending for signal'],
      went: [SIGNAL_MS],
    });
  });

  test('a second signal changes nothing', async () => {
    const { leaving, clock, server, wentAfter } = leavingWorld();
    server.answerWith(() => 'never');
    const left = leaving.leave(SIGNAL);
    await clock.advance(500);
    void leaving.leave(SIGNAL);
    await clock.until(left, SIGNAL_MS);
    expect(wentAfter()).toEqual([SIGNAL_MS]);
  });

  test('a sign-off that was asked for before is joined, and forced', async () => {
    const { leaving, clock, server, coordinator, wentAfter } = leavingWorld();
    server.answerWith(({ forced }) => answer(forced ? 'ended' : 'refused', 1_000));
    void coordinator.signOff({ cause: 'asked', ids: 'all' });
    await clock.advance(400);
    await clock.until(leaving.leave(AGENT_QUITS), QUIT_MS);
    expect({ went: wentAfter(), inFlight: server.mostInFlight() }).toEqual({
      went: [2_000],
      inFlight: 1,
    });
  });
});

test('a signal that comes after the app may go starts nothing anew', async () => {
  const { leaving, clock, server, wentAfter, phases } = leavingWorld();
  server.answerWith(() => 'never');
  await clock.until(leaving.leave(COMMAND_QUITS), QUIT_MS);
  await clock.until(leaving.leave(SIGNAL), 0);
  await clock.advance(QUESTION_MS);
  expect({ went: wentAfter(), sent: server.sent.length, phases }).toEqual({
    went: [QUIT_MS],
    sent: 1,
    phases: ['ending for quit'],
  });
});

test('a second answer changes nothing', async () => {
  const { leaving, clock, server, leaveUntilAsked, wentAfter } = leavingWorld();
  await leaveUntilAsked();
  leaving.answer('quit');
  leaving.answer('try-again');
  await clock.advance(QUESTION_MS);
  expect({ went: wentAfter(), sent: server.sent.length }).toEqual({ went: [QUIT_MS], sent: 1 });
});

test('an answered question leaves nothing waiting behind', async () => {
  const { leaving, clock, leaveUntilAsked } = leavingWorld();
  await leaveUntilAsked();
  leaving.answer('quit');
  expect(clock.waiting()).toBe(0);
});

test('once the app may go, whoever leaves is let go without further ado', async () => {
  const { leaving, clock, server, wentAfter, phases } = leavingWorld();
  server.answerWith(() => 'never');
  await clock.until(leaving.leave(SIGNAL), SIGNAL_MS);
  const sent = server.sent.length;
  await clock.until(Promise.all([leaving.leave(AGENT_QUITS), leaving.leave(SIGNAL)]), 0);
  leaving.answer('try-again');
  await clock.advance(2 * QUESTION_MS);
  expect({ went: wentAfter().length, sent: server.sent.length, phases }).toEqual({
    went: 1,
    sent,
    phases: ['ending for signal'],
  });
});

describe('whoever leaves, answers and refuses', () => {
  type Event = { readonly afterMs: number } & (
    | { readonly kind: 'leave'; readonly request: LeaveRequest }
    | { readonly kind: 'answer'; readonly answer: 'try-again' | 'quit' }
    | { readonly kind: 'asked' }
  );
  const afterMs = fc.oneof(fc.nat({ max: 1_000 }), fc.nat({ max: 70_000 }));
  const event: fc.Arbitrary<Event> = fc.oneof(
    fc.record({
      afterMs,
      kind: fc.constant('leave'),
      request: fc.constantFrom(AGENT_QUITS, COMMAND_QUITS, SIGNAL),
    }),
    fc.record({
      afterMs,
      kind: fc.constant('answer'),
      answer: fc.constantFrom('try-again', 'quit'),
    }),
    fc.record({ afterMs, kind: fc.constant('asked') }),
  );
  const reply: fc.Arbitrary<Answer> = fc.oneof(
    fc.constant('never' as const),
    fc
      .tuple(fc.constantFrom(...outcomeSchema.options), fc.nat({ max: 3_000 }))
      .map(([outcome, ms]) => answer(outcome, ms)),
  );

  test('the app goes exactly once, no later than the last event, its budget and the question allow', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 8 }),
        fc.array(reply, { minLength: 1, maxLength: 8 }),
        async (events, replies) => {
          const { leaving, clock, server, coordinator, hold, wentAfter } = leavingWorld();
          hold(engagement());
          server.answerWith(() => replies[server.sent.length % replies.length] ?? 'never');
          const left = [leaving.leave(AGENT_QUITS)];
          for (const next of events) {
            await clock.advance(next.afterMs);
            if (next.kind === 'leave') left.push(leaving.leave(next.request));
            if (next.kind === 'answer') leaving.answer(next.answer);
            if (next.kind === 'asked') void coordinator.signOff({ cause: 'asked', ids: 'all' });
          }
          await clock.until(Promise.all(left), QUIT_MS + QUESTION_MS);
          await clock.advance(10 * QUESTION_MS);
          expect(wentAfter()).toHaveLength(1);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('without anyone to ask, the app goes within the budget of whoever came last', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: 2_000 }), fc.constantFrom(COMMAND_QUITS, SIGNAL)), {
          maxLength: 5,
        }),
        fc.array(reply, { minLength: 1, maxLength: 8 }),
        async (events, replies) => {
          const { leaving, clock, server, phases, wentAfter } = leavingWorld();
          server.answerWith(() => replies[server.sent.length % replies.length] ?? 'never');
          let latest = QUIT_MS;
          void leaving.leave(COMMAND_QUITS);
          for (const [ms, request] of events) {
            await clock.advance(ms);
            if (request === SIGNAL) latest = Math.max(latest, clock.monotonic() + SIGNAL_MS);
            void leaving.leave(request);
          }
          await clock.advance(10 * QUESTION_MS);
          expect(phases).not.toContain('asking for quit');
          expect(wentAfter()).toHaveLength(1);
          expect(wentAfter()[0]).toBeLessThanOrEqual(latest);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('an agent who may not quit with something held', () => {
  /** Quits with one session held that does not end, under such a policy. */
  async function refused() {
    const world = createSignOffWorld();
    world.hold(agentSession());
    world.server.answerWith(() => 'never');
    const went: number[] = [];
    const policy = { mayQuitHolding: false };
    const leaving = createLeaving({
      ...world,
      mayQuitHolding: () => policy.mayQuitHolding,
    });
    leaving.onMayGo(() => went.push(world.clock.monotonic()));
    void leaving.leave(AGENT_QUITS);
    await world.clock.advance(QUIT_MS);
    return { ...world, leaving, went, policy };
  }

  test('is told so after it was tried, and the app stays', async () => {
    const { leaving, went } = await refused();
    expect({ phase: leaving.state()?.phase, under: leaving.isUnderWay(), went }).toEqual({
      phase: 'refused',
      under: false,
      went: [],
    });
  });

  test('cannot answer that they quit all the same', async () => {
    const { leaving, went } = await refused();
    leaving.answer('quit');
    expect({ state: leaving.state(), went }).toEqual({ state: null, went: [] });
  });

  test('is not quit for without an answer', async () => {
    const { leaving, clock, went } = await refused();
    await clock.advance(2 * QUESTION_MS);
    expect({ state: leaving.state(), went }).toEqual({ state: null, went: [] });
  });

  test('may try again, and then the app goes once all is over', async () => {
    const { leaving, clock, server, went } = await refused();
    server.answerWith(() => answer('ended', 100));
    leaving.answer('try-again');
    await clock.advance(100);
    expect(went).toEqual([QUIT_MS + 100]);
  });

  test('stays when what is held is over meanwhile', async () => {
    const { leaving, vault, went } = await refused();
    for (const { id } of vault.held()) vault.release(id);
    expect({ state: leaving.state(), went }).toEqual({ state: null, went: [] });
  });

  test.each([
    { cause: 'signal', mayAsk: false },
    { cause: 'shutdown', mayAsk: false },
  ] as const)('does not hold up the system ($cause)', async (request) => {
    const { leaving, clock, went } = await refused();
    expect(await clock.until(leaving.leave(request), QUIT_MS)).toBe('gone');
    expect(went).toHaveLength(1);
  });

  test('may not by a command either, which hears so', async () => {
    const { leaving, clock, went } = await refused();
    expect(await clock.until(leaving.leave(COMMAND_QUITS), QUIT_MS)).toBe('refused');
    expect({ phase: leaving.state()?.phase, went }).toEqual({ phase: 'refused', went: [] });
  });

  test('may not by a command amid the question, where the policy came meanwhile', async () => {
    const { leaving, clock, policy, went } = await refused();
    leaving.answer('stay');
    policy.mayQuitHolding = true;
    void leaving.leave(AGENT_QUITS);
    await clock.advance(QUIT_MS);
    policy.mayQuitHolding = false;
    expect(await clock.until(leaving.leave(COMMAND_QUITS), 0)).toBe('refused');
    expect(went).toEqual([]);
  });

  test('is asked again after a command was refused, once the policy has gone', async () => {
    const { leaving, clock, policy } = await refused();
    await clock.until(leaving.leave(COMMAND_QUITS), QUIT_MS);
    policy.mayQuitHolding = true;
    void leaving.leave(AGENT_QUITS);
    await clock.advance(QUIT_MS);
    expect(leaving.state()?.phase).toBe('asking');
  });

  test('is refused also where the policy came while they were asked', async () => {
    const { leaving, went, policy, clock } = await refused();
    leaving.answer('stay');
    policy.mayQuitHolding = true;
    void leaving.leave(AGENT_QUITS);
    await clock.advance(QUIT_MS);
    policy.mayQuitHolding = false;
    leaving.answer('quit');
    expect({ phase: leaving.state()?.phase, went }).toEqual({ phase: 'refused', went: [] });
  });

  test('goes at once with nothing held', async () => {
    const world = createSignOffWorld();
    let went = 0;
    const leaving = createLeaving({ ...world, mayQuitHolding: () => false });
    leaving.onMayGo(() => (went += 1));
    await world.clock.until(leaving.leave(AGENT_QUITS), 0);
    expect(went).toBe(1);
  });
});

describe('what nobody has confirmed', () => {
  test.for([AGENT_QUITS, COMMAND_QUITS, SIGNAL])('keeps nobody: %j', async (request) => {
    const { leaving, server, clock, wentAfter, vault } = leavingWorld({ held: 2 });
    server.answerWith(() => answer('unconfirmed', 20));
    expect(await clock.until(leaving.leave(request), 1_000)).toBe('gone');
    expect(wentAfter()).toEqual([20]);
    expect(vault.held()).toHaveLength(2);
  });

  test('does not have IT keep the app either', async () => {
    const world = createSignOffWorld();
    world.hold(agentSession());
    world.server.answerWith(() => answer('unconfirmed'));
    const leaving = createLeaving({ ...world, mayQuitHolding: () => false });
    expect(await world.clock.until(leaving.leave(AGENT_QUITS), 1_000)).toBe('gone');
  });

  test('is not what is asked about beside it, and keeps nobody once that is over', async () => {
    const { leaving, server, clock, vault, wentAfter } = leavingWorld({ held: 2 });
    const [first, second] = vault.held().map(({ id }) => id);
    server.answerWith(({ heldId }) => answer(heldId === first ? 'unconfirmed' : 'refused'));
    void leaving.leave(AGENT_QUITS);
    await clock.advance(1_000);
    expect(leaving.state()?.phase).toBe('asking');
    vault.release(second ?? '');
    await clock.advance(1_000);
    expect(wentAfter()).toHaveLength(1);
  });
});
