import { describe, expect, test } from 'vitest';
import { judge } from '../../torture/judge.ts';
import type { Cause } from '../../torture/plan.ts';
import {
  caseOf,
  entry,
  lastLife,
  life,
  NAME,
  receiptAt,
  request,
  session,
  SESSION_ID,
  signedIn,
} from './case.ts';

function failuresOf(planted: Parameters<typeof caseOf>[0]): string[] {
  const { evidence, ledger } = caseOf(planted);
  return judge(evidence, ledger).map(({ what }) => what);
}

test('a clean round passes', () => {
  expect(failuresOf({})).toEqual([]);
});

describe('a session that the server has still', () => {
  test('is named, whatever the receipt of it says', () => {
    expect(failuresOf({ sessions: [session(null)] })).toEqual([
      `${NAME} never ended`,
      `${NAME} has a receipt 'ended', and is open on the server`,
    ]);
  });

  test('is named where nothing says that it is over', () => {
    expect(failuresOf({ sessions: [session(null)], receipts: [] })).toEqual([
      `${NAME} never ended`,
    ]);
  });

  test('is nobody’s where the app never held it', () => {
    const entries = [entry({ acknowledged: false })];
    const planted = { entries, sessions: [session(null)], received: [], receipts: [] };
    expect(failuresOf(planted)).toEqual([]);
  });
});

describe('a session that a sign-in created', () => {
  const created = session(null, 'node0created');
  const leftBehind = (
    answer: Parameters<typeof request>[1],
    answersAfterMs = 20,
    lives = [life(), lastLife()],
  ): string[] =>
    failuresOf({
      lives,
      answersAfterMs,
      sessions: [session(5_110), created],
      agents: [signedIn(created)],
      received: [
        request(500, {
          call: 'createAutomatedAgentSession',
          sessionId: null,
          createdSessionId: created.sessionId,
          ...answer,
        }),
        ...(lives[0]?.killed === true ? [] : [request(5_100)]),
      ],
    });

  test('by an answer that came late, and was left behind, is named', () => {
    expect(leftBehind({ fault: 'delay' }, 3_000)).toEqual([
      'a session that a sign-in created for account 12 never ended',
    ]);
  });

  test('by an answer that came in time, and was left behind, is named', () => {
    expect(leftBehind({})).toEqual(['a session that a sign-in created for account 12 never ended']);
  });

  test('is named by its entry', () => {
    const name = 'round 1, agent signed in';
    const entries = [entry({ name, sessionId: created.sessionId, acknowledged: false })];
    const planted = { entries, sessions: [created], agents: [signedIn(created)], receipts: [] };
    const used = request(900, { call: 'getMessages', sessionId: created.sessionId });
    expect(failuresOf({ ...planted, received: [used] })).toEqual([`${name} never ended`]);
  });

  test('is nobody’s where its answer was lost', () => {
    expect(leftBehind({ status: null, fault: 'hang' })).toEqual([]);
  });

  test('is nobody’s where its answer came when the app was being killed', () => {
    const lives = [life({ killed: true, to: 600 }), lastLife()];
    expect(leftBehind({}, 50, lives)).toEqual([]);
  });
});

describe('a request after the end', () => {
  test('that the server had confirmed is named', () => {
    expect(failuresOf({ received: [request(5_100), request(5_200, { status: 403 })] })).toEqual([
      expect.stringContaining(`${NAME} was over and sent again: 2026-11-30T00:00:05.200Z POST`),
    ]);
  });

  test('that was a poll is named as well', () => {
    const poll = request(5_200, { call: 'getMessages', status: 403 });
    expect(failuresOf({ received: [request(5_100), poll] })).toHaveLength(1);
  });

  test('that the app cannot have heard of is none', () => {
    const lost = request(5_100, { status: null, fault: 'reset' });
    expect(failuresOf({ received: [lost, request(5_200, { status: 403 })] })).toEqual([]);
  });

  describe('where one pool does not know a session', () => {
    const over = session(5_000);
    const deniedIn = (...pools: (string | null)[]): string[] =>
      failuresOf({
        sessions: [over],
        received: pools.map((pool, n) => request(5_100 + n * 100, { pool, status: 403 })),
        receipts: [receiptAt(5_330, { outcome: 'already-over' })],
      });

    test('that asks for it without a pool is none', () => {
      expect(deniedIn('297:1', null)).toEqual([]);
    });

    test('that comes when it is unknown without one as well is named', () => {
      expect(deniedIn('297:1', null, null)).toEqual([
        expect.stringContaining(`${NAME} was over and sent again`),
      ]);
    });
  });

  test('that another pool’s server denied is none', () => {
    const denied = request(5_100, { status: 403 });
    const sessions = [session(5_210)];
    const receipts = [receiptAt(5_230)];
    expect(failuresOf({ sessions, receipts, received: [denied, request(5_200)] })).toEqual([]);
  });
});

describe('a receipt', () => {
  test.each(['ended', 'already-over'] as const)(
    'that says %s before the server ended the session is named',
    (outcome) => {
      expect(failuresOf({ receipts: [receiptAt(4_110, { outcome })] })).toEqual([
        `${NAME} has a receipt '${outcome}', and the server ended it 1000 ms later`,
      ]);
    },
  );

  test('that says ended of a session that nobody handed in is named', () => {
    const receipts = [receiptAt(5_130), receiptAt(5_130, { label: 'nobody' })];
    expect(failuresOf({ receipts })).toEqual([
      "nobody has a receipt 'ended', and is open on the server",
    ]);
  });

  test('of a failure may come at any time', () => {
    const failed = receiptAt(1_000, { outcome: 'unreachable' });
    expect(failuresOf({ receipts: [failed, receiptAt(5_130)] })).toEqual([]);
  });

  test('that is missing is named', () => {
    expect(failuresOf({ receipts: [] })).toEqual([`${NAME} is over and has no receipt of it`]);
  });
});

describe('a ghost', () => {
  const GRACEFUL: Cause[] = ['tray menu', 'quit command', 'SIGTERM', 'double SIGTERM', 'shutdown'];
  const leftBy = (cause: Cause) => {
    const left = entry().left;
    return entry({ left: left && { ...left, cause } });
  };
  /** Over only in the next run of the app, so many milliseconds after it was started. */
  const endedLater = (ms: number) => ({
    sessions: [session(7_000 + ms)],
    received: [request(7_000 + ms)],
    receipts: [receiptAt(7_020 + ms)],
  });

  test.each(GRACEFUL)('after %s that outlasts the app is named, however short', (cause) => {
    expect(failuresOf({ entries: [leftBy(cause)], ...endedLater(500) })).toEqual([
      `${NAME} was a ghost for 2500 ms after its agent left by ${cause}, and may be for 1000 ms`,
    ]);
  });

  test('that lasts past the budget is named, though the app is there still', () => {
    const planted = {
      lives: [life({ to: 40_000 }), lastLife(41_000)],
      sessions: [session(15_000)],
      received: [request(15_000)],
      receipts: [receiptAt(15_020)],
    };
    expect(failuresOf(planted)).toEqual([
      `${NAME} was a ghost for 10000 ms after its agent left by SIGTERM, and may be for 9000 ms`,
    ]);
  });

  test('may outlast the app where a fault was in its way, until the next run', () => {
    const failed = request(5_100, { status: 503, fault: 'status' });
    const { received, ...later } = endedLater(500);
    expect(failuresOf({ ...later, received: [failed, ...received] })).toEqual([]);
  });

  test('of a killed app may last until the next one has taken it up', () => {
    const lives = [life({ killed: true, cutOffAt: Infinity }), lastLife()];
    expect(failuresOf({ lives, entries: [leftBy('SIGKILL')], ...endedLater(12_000) })).toEqual([]);
  });

  test('of a killed app that the next one leaves alone is named', () => {
    const lives = [life({ killed: true, cutOffAt: Infinity }), lastLife()];
    expect(failuresOf({ lives, entries: [leftBy('SIGKILL')], ...endedLater(28_000) })).toEqual([
      `${NAME} was a ghost for 30000 ms after its agent left by SIGKILL, and may be for 22000 ms`,
    ]);
  });

  test('of a killed app that the next one leaves on the server as it goes is named', () => {
    const killed = life({ killed: true, cutOffAt: Infinity });
    const next = life({ round: 2, from: 7_000, left: 8_000, to: 9_000 });
    const planted = {
      lives: [killed, next, lastLife(10_000)],
      sessions: [session(11_000)],
      received: [request(11_000)],
      receipts: [receiptAt(11_020)],
    };
    expect(failuresOf({ entries: [leftBy('SIGKILL')], ...planted })).toEqual([
      `${NAME} was a ghost for 6000 ms after its agent left by SIGKILL, and may be for 4000 ms`,
    ]);
  });

  test('is none where it was over before its agent left', () => {
    const planted = { sessions: [session(1_000)], received: [request(990)] };
    expect(failuresOf({ ...planted, receipts: [receiptAt(1_020)] })).toEqual([]);
  });
});

describe('besides, it is named', () => {
  test('that a request broke the rules of the API pages', () => {
    const problems = ['sequenceNumber falls from 8 to 3'];
    expect(failuresOf({ received: [request(5_100, { problems })] })).toEqual([
      expect.stringMatching(/^a request broke .* \[sequenceNumber falls from 8 to 3\]$/),
    ]);
  });

  test('that a redirect was followed', () => {
    expect(failuresOf({ elsewhere: [request(5_100)] })).toEqual([
      expect.stringContaining('a redirect was followed to another host'),
    ]);
  });

  test.each([
    ['session id', SESSION_ID.slice(4), `the session id of ${NAME}`],
    ['password', 'a password', 'the password of account 1001'],
  ])('that a %s stands where it must not', (_what, printed, named) => {
    expect(failuresOf({ printed })).toEqual([`${named} stands in the command line`]);
  });

  test('that the app logged what must not happen', () => {
    const log = '{"event":"ready"}\n{"event":"vault-fault"}\n{"event":"signed-off"}\n';
    expect(failuresOf({ lives: [life({ log }), lastLife()] })).toEqual([
      'it logged {"event":"vault-fault"}',
    ]);
  });
});
