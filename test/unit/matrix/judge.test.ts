import { describe, expect, test } from 'vitest';
import {
  type Allowance,
  type AppAccount,
  judge,
  type ServerAccount,
  type ServerRequest,
} from '../../support/judge.ts';

const CAUSE_AT = 1_000;
const DEADLINE = 5_000;

/** The logoff that ends the session `ann`, answered at once. */
const LOGOFF: ServerRequest = {
  at: 1_001,
  call: 'logoff',
  sessionId: 'ann',
  pool: null,
  createdSessionId: null,
  status: 200,
  answeredAt: 1_006,
  fault: null,
};
const ANN = { sessionId: 'ann', over: true, overAt: 1_006 };
const OPEN = { sessionId: 'ann', over: false, overAt: null };
const ENDED = { sessionId: 'ann', outcome: 'ended', finishedAt: 1_007 };
const SIGN_OFF = { causeAt: CAUSE_AT, deadline: DEADLINE, endedAt: 1_010 };

/** All is well, but for what is planted. */
function verdict(
  planted: {
    server?: Partial<ServerAccount>;
    app?: Partial<AppAccount>;
    allowed?: Partial<Allowance>;
  } = {},
): string[] {
  return judge(
    { sessions: [ANN], requests: [LOGOFF], ...planted.server },
    { receipts: [ENDED], onDisk: [], signOffs: [SIGN_OFF], ...planted.app },
    { ghostMs: () => 10, hearingMs: 2, slackMs: 0, ...planted.allowed },
  );
}

test('a session that the server ended, once asked and once told of, is as it should be', () => {
  expect(verdict()).toEqual([]);
});

describe('reports', () => {
  test('a ghost: open on the server, and gone from the vault', () => {
    const timedOut = { ...ENDED, outcome: 'timed-out' };
    const unheard = { ...LOGOFF, status: null, answeredAt: null };
    expect(
      verdict({
        server: { sessions: [OPEN], requests: [unheard] },
        app: { receipts: [timedOut] },
        allowed: { ghostMs: () => null },
      }),
    ).toEqual(['ann is open on the server, and the vault has let it go']);
  });

  test('a receipt of an end that never was', () => {
    const refused = { ...LOGOFF, fault: 'system-error' as const };
    expect(
      verdict({
        server: { sessions: [OPEN], requests: [refused] },
        app: { onDisk: ['ann'] },
        allowed: { ghostMs: () => null },
      }),
    ).toEqual(["ann has a receipt that says 'ended', which the server never did"]);
  });

  test('a receipt that says so before the server has ended it', () => {
    expect(verdict({ app: { receipts: [{ ...ENDED, finishedAt: 1_004 }] } })).toEqual([
      "ann has a receipt that says 'ended', 2 ms early",
    ]);
  });

  test('a request after a confirmed one', () => {
    const again = { ...LOGOFF, at: 1_300, status: 403, answeredAt: 1_306 };
    expect(verdict({ server: { requests: [LOGOFF, again] } })).toEqual([
      'ann was confirmed to be over, and sent again: logoff',
    ]);
  });

  test('a request that is still on its way after a confirmed one', () => {
    const poll = { ...LOGOFF, at: 1_008, call: 'getMessages' as const, answeredAt: null };
    expect(verdict({ server: { requests: [LOGOFF, poll] } })).toEqual([
      'ann was confirmed to be over, and sent again: getMessages',
    ]);
  });

  test('a session that a late answer created, and that was left behind', () => {
    const create: ServerRequest = {
      ...LOGOFF,
      call: 'createAutomatedAgentSession',
      sessionId: null,
      createdSessionId: 'late',
    };
    const late = { sessionId: 'late', over: false, overAt: null };
    expect(
      verdict({
        server: { sessions: [ANN, late], requests: [LOGOFF, create] },
        allowed: { ghostMs: (id) => (id === 'ann' ? 10 : Infinity) },
      }),
    ).toEqual([
      'late was created by a sign-in, is open on the server, and the vault has nothing of it',
    ]);
  });

  test('a session that is held although the app heard of its end', () => {
    expect(verdict({ app: { onDisk: ['ann'] } })).toEqual([
      'ann was confirmed to be over, and the vault still has it',
    ]);
  });

  test('a session that stayed open for too long', () => {
    expect(verdict({ allowed: { ghostMs: () => 5 } })).toEqual([
      'ann was open on the server for 6 ms after its agent had left: 5 ms are allowed',
    ]);
  });

  test('a session that is open still, after its time', () => {
    const app = { receipts: [], onDisk: ['ann'] };
    expect(verdict({ server: { sessions: [OPEN], requests: [] }, app })).toEqual([]);
    const signOffs = [{ ...SIGN_OFF, endedAt: 1_011 }];
    expect(
      verdict({ server: { sessions: [OPEN], requests: [] }, app: { ...app, signOffs } }),
    ).toEqual(['ann was open on the server for 11 ms after its agent had left: 10 ms are allowed']);
  });

  test('an end by a server that could not have come to it', () => {
    expect(verdict({ allowed: { ghostMs: () => null } })).toEqual([
      'ann is over on a server that should not have been able to end it',
    ]);
  });

  test('a sign-off that took more than its budget, by a millisecond', () => {
    const signOffs = [{ ...SIGN_OFF, endedAt: DEADLINE + 1 }];
    expect(verdict({ app: { signOffs } })).toEqual(['a sign-off took 1 ms more than its budget']);
  });
});

describe('accepts', () => {
  test('a second request where the first one’s answer was lost', () => {
    const lost = { ...LOGOFF, status: null, answeredAt: null, fault: 'reset' as const };
    const again = { ...LOGOFF, at: 1_300, status: 403, answeredAt: 1_306 };
    const receipts = [{ ...ENDED, outcome: 'already-over', finishedAt: 1_307 }];
    expect(verdict({ server: { requests: [lost, again] }, app: { receipts } })).toEqual([]);
  });

  test('a second request where the answer came when the time was up', () => {
    const late = { ...LOGOFF, answeredAt: DEADLINE - 1 };
    const again = { ...LOGOFF, at: DEADLINE + 10, status: 403, answeredAt: DEADLINE + 16 };
    const receipts = [{ ...ENDED, outcome: 'timed-out', finishedAt: DEADLINE }];
    expect(verdict({ server: { requests: [late, again] }, app: { receipts } })).toEqual([]);
  });

  test('a logoff without the pool, where the session was unknown in its old one', () => {
    const elsewhere = { ...LOGOFF, pool: '297:1', status: 403, answeredAt: 1_003 };
    const again = { ...LOGOFF, at: 1_004 };
    expect(verdict({ server: { requests: [elsewhere, again] } })).toEqual([]);
  });

  test('whoever believes a server that denies a session', () => {
    const denied = { ...LOGOFF, status: 403, fault: 'unknown-session' as const };
    const receipts = [{ ...ENDED, outcome: 'already-over' }];
    expect(
      verdict({
        server: { sessions: [OPEN], requests: [denied] },
        app: { receipts },
        allowed: { ghostMs: () => null },
      }),
    ).toEqual([]);
  });

  test('a session that the agent was asked about, and no second one', () => {
    const left = { allowed: { ghostMs: () => Infinity, mayLeave: 1 }, app: { receipts: [] } };
    const other = { sessionId: 'ben', over: false, overAt: null };
    expect(verdict({ ...left, server: { sessions: [OPEN], requests: [] } })).toEqual([]);
    expect(verdict({ ...left, server: { sessions: [OPEN, other], requests: [] } })).toHaveLength(2);
  });

  test('what a slow machine is late, as far as it is allowed', () => {
    const allowed = { ghostMs: () => 5, slackMs: 1 };
    const signOffs = [{ ...SIGN_OFF, endedAt: DEADLINE + 1 }];
    expect(verdict({ allowed, app: { signOffs } })).toEqual([]);
  });
});
