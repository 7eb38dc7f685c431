import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { SignInEnd } from '../../main/signin/sign-in-end.ts';
import { isOver, type SignOffCause, signOffCauseSchema } from '../../main/results/receipt.ts';
import { CAUSES } from '../../main/signoff/causes.ts';
import type { Fault, FaultRule } from '../../simulator/faults.ts';
import { type PracticeServer, startPracticeServer } from '../../simulator/practice-server.ts';
import { ACCOUNT as KNOWN } from '../support/account.ts';
import { type AgentOnDisk, agentOnDisk } from '../support/agent-on-disk.ts';
import { Gate } from '../support/fault-cell.ts';
import { PROMISED_MS, withinBudget } from '../support/promised-budgets.ts';
import { MEMORY } from '../support/temp-folder.ts';

// Nearly all that the cells do is wait: they run together, as many as the gate lets in.
vi.setConfig({ maxConcurrency: 2_000, testTimeout: 150_000 });

const ACCOUNT = { ...KNOWN, password: `planted ${KNOWN.password}` };

/** The calls of an agent's own session before its logoff, and what a sign-in calls each of them. */
const CALLS = {
  serviceSettings: 'settings',
  agentTokens: 'token',
  createAutomatedAgentSession: 'session',
  setActivityStatus: 'status',
  getMessages: null,
} as const;
type Call = keyof typeof CALLS;

/**
 * `once`: by this fault a session is created whose id nobody hears of. While it lasts, nobody can end
 * that one; with the next try, it is known.
 */
const FAULTS: Readonly<Record<string, { fault: Fault | 'elsewhere' | null; once?: true }>> = {
  'no fault': { fault: null },
  'a delay of 100 ms': { fault: { kind: 'delay', ms: 100 } },
  'a delay of 1 s': { fault: { kind: 'delay', ms: 1_000 } },
  'no answer at all': { fault: { kind: 'hang' } },
  'an answer that is lost': { fault: { kind: 'hang', processed: true }, once: true },
  'a reset before': { fault: { kind: 'reset', when: 'before' } },
  'a reset after': { fault: { kind: 'reset', when: 'after' }, once: true },
  'a drip too slow to wait for': { fault: { kind: 'drip', bytesPerSecond: 2 }, once: true },
  '400': { fault: { kind: 'error', status: 400, code: 'BAD_REQUEST' } },
  '403': { fault: { kind: 'status', status: 403 } },
  '403 with ACCESS_DENIED': { fault: { kind: 'error', status: 403, code: 'ACCESS_DENIED' } },
  '403 with HTML': { fault: { kind: 'html', status: 403 } },
  '404': { fault: { kind: 'status', status: 404 } },
  '409': { fault: { kind: 'error', status: 409, code: 'CONFLICT' } },
  '500': { fault: { kind: 'status', status: 500 } },
  '502 with HTML': { fault: { kind: 'html', status: 502 } },
  '200 with a system error': { fault: { kind: 'system-error', errorCondition: 'BUSY', text: '' } },
  '204': { fault: { kind: 'empty', status: 204 }, once: true },
  'malformed JSON': { fault: { kind: 'malformed' } },
  'an oversized reply': { fault: { kind: 'oversized', bytes: 2 ** 21 } },
  'a redirect to another host': { fault: 'elsewhere' },
};

const LEAVING = signOffCauseSchema.options.filter((cause) => CAUSES[cause].urgency !== null);

/** When the agent leaves: amid the first call that meets the fault, or when the sign-in is long done, or stuck. */
const MOMENTS = { amid: 0, 'a while after': 3_000 } as const;

/** What happens to a session later on, and the call that then meets the fault. */
const TURNS = {
  'a pool change': 'getMessages',
  'another status': 'setActivityStatus',
  'away and back': 'setActivityStatus',
} as const satisfies Readonly<Record<string, Call>>;
type Turn = keyof typeof TURNS;

interface Cell {
  readonly name: string;
  readonly call: Call;
  /** Null: the sign-in itself meets the fault. */
  readonly turn: Turn | null;
  readonly faultName: string;
  readonly cause: SignOffCause;
  readonly leavesAfterMs: number;
}

const CALL_NAMES = Object.keys(CALLS).filter((name): name is Call => name in CALLS);
const SIGN_IN_CELLS: readonly Cell[] = LEAVING.flatMap((cause) =>
  CALL_NAMES.flatMap((call) =>
    Object.keys(FAULTS).flatMap((faultName) =>
      Object.entries(MOMENTS).map(([moment, leavesAfterMs]) => ({
        name: `${cause} ${moment}, ${call}: ${faultName}`,
        call,
        turn: null,
        faultName,
        cause,
        leavesAfterMs,
      })),
    ),
  ),
);
const TURN_NAMES = Object.keys(TURNS).filter((name): name is Turn => name in TURNS);
const TURN_CELLS: readonly Cell[] = TURN_NAMES.flatMap((turn) =>
  Object.entries(MOMENTS).flatMap(([moment, leavesAfterMs]) =>
    Object.keys(FAULTS).map((faultName) => ({
      name: `${turn}, signal ${moment}: ${faultName}`,
      call: TURNS[turn],
      turn,
      faultName,
      cause: 'signal' as const,
      leavesAfterMs,
    })),
  ),
);
const CELLS = [...SIGN_IN_CELLS, ...TURN_CELLS];

const gate = new Gate(100);
let elsewhere: PracticeServer;
beforeAll(async () => {
  elsewhere = await startPracticeServer();
});
afterAll(() => elsewhere.close());

function ruleFor({ call, faultName }: Cell): FaultRule | null {
  const { fault = null, once } = FAULTS[faultName] ?? {};
  if (fault === null) return null;
  const location = `http://localhost:${new URL(elsewhere.url).port}/`;
  const played: Fault = fault === 'elsewhere' ? { kind: 'redirect', status: 307, location } : fault;
  return { call, fault: played, ...(once === true ? { times: 1 } : {}) };
}

const NEW_POOL = '298:2';

/** Has it happen, and goes on when the fault has been met. */
async function take(
  turn: Turn,
  { app, server, rule }: { app: AgentOnDisk; server: PracticeServer; rule: FaultRule | null },
): Promise<void> {
  const after = server.received.length;
  if (rule !== null) server.fault(rule);
  if (turn === 'another status') void app.setActivity('unavailable');
  if (turn === 'away and back') void app.goAway().then(app.comeBack);
  const call = TURNS[turn];
  await server.waitForRequest((request) => request.call === call, { after, timeoutMs: 60_000 });
  if (turn === 'a pool change') server.changePool(NEW_POOL);
}

/** Plays one cell: an agent signs in and leaves, and the next start finds a server that works. */
async function play(cell: Cell) {
  const server = await startPracticeServer({ processingMs: 1, pollHoldMs: 500 });
  const folder = await mkdtemp(path.join(MEMORY, 'signoff-cell-'));
  try {
    server.addAccount(ACCOUNT);
    const rule = ruleFor(cell);
    if (cell.turn === null && rule !== null) server.fault(rule);
    const app = agentOnDisk(folder);
    const met = server.waitForRequest(({ call }) => call === cell.call, { timeoutMs: 60_000 });
    const signedIn = app.signIn({
      site: server.url,
      userName: ACCOUNT.userName,
      password: ACCOUNT.password,
      accountId: ACCOUNT.accountId,
      available: true,
      takeOver: false,
      remember: false,
    });
    if (cell.turn === null) await met;
    else {
      await signedIn;
      await take(cell.turn, { app, server, rule });
    }
    // When in the course of things the agent leaves is what is tried here: nothing is waited for.
    await new Promise((resolve) => setTimeout(resolve, cell.leavesAfterMs));
    const { result: receipts, kept } = await withinBudget(PROMISED_MS[cell.cause], () =>
      app.signOff(cell.cause),
    );
    const held = app.held();
    const openThen = openAgents(server);
    app.close();
    const end = await signedIn;

    server.clearFaults();
    const next = agentOnDisk(folder);
    const found = next.held();
    const later = await next.signOff('leftover');
    next.close();
    return {
      end,
      receipts,
      kept,
      held,
      found,
      openThen,
      openAtLast: openAgents(server),
      heldAtLast: next.held(),
      received: [...server.received],
      later,
      faults: [...app.faults, ...next.faults],
    };
  } finally {
    await Promise.all([server.close(), rm(folder, { recursive: true, force: true })]);
  }
}

type Played = Awaited<ReturnType<typeof play>>;

function openAgents(server: PracticeServer): string[] {
  return server.agents
    .filter(({ endedBy }) => endedBy === null)
    .map(({ session }) => session.sessionId);
}

/**
 * No session that the app created is left behind: what is open is held, on the disk too, and ends at the
 * next start. But for two: one that the server itself says is over, and one that the agent was asked about,
 * since it may as well be another console's, and left without an answer. The server drops these.
 */
function checkNothingLeft(cell: Cell, played: Played): void {
  const { end, openThen, held, found, openAtLast, heldAtLast, later } = played;
  const heldIds = held.map(({ sessionId }) => sessionId);
  const isGivenUp =
    (cell.call === 'getMessages' && cell.faultName === '403') ||
    (!end.ok && end.why === 'conflict' && end.perhapsOurs);
  const unheld = openThen.filter((id) => !heldIds.includes(id));
  expect(unheld.length).toBeLessThanOrEqual(isGivenUp ? 1 : 0);
  expect(found.map(({ sessionId }) => sessionId)).toEqual(heldIds);
  expect([openAtLast, heldAtLast]).toEqual([unheld, []]);
  expect(later.filter(({ outcome }) => !isOver(outcome))).toEqual([]);
}

/** What is held has a receipt that says why; what has one that says that it is over is not held. */
function checkReceipts({ receipts, held }: Played): void {
  const retries = receipts.filter(({ outcome }) => !isOver(outcome)).map(({ heldId }) => heldId);
  expect(held.map(({ id }) => id)).toEqual(retries);
}

/** Polls are one at a time, and none comes once its session is being ended; nor does anything once it is over. */
function checkOrder({ received }: Played): void {
  const bySession = Map.groupBy(
    received.filter(({ sessionId }) => sessionId !== null),
    ({ sessionId }) => sessionId,
  );
  for (const requests of bySession.values()) {
    const calls = requests.map(({ call }) => call);
    const firstLogoff = calls.indexOf('logoff');
    if (firstLogoff === -1) continue;
    expect(calls.slice(firstLogoff).filter((call) => call !== 'logoff')).toEqual([]);
    // Unknown in one pool, it may be in another.
    const over = requests.findIndex(
      ({ call, status, target }) =>
        call === 'logoff' && (status === 200 || (status === 403 && !target.includes('pool='))),
    );
    expect(requests.slice(over + 1).map(({ call }) => call)).toEqual([]);
  }
}

/** Every request is as the API pages have it, and nothing of it went to another host. */
function checkRequests({ received, end }: Played): void {
  expect(received.flatMap(({ problems }) => problems)).toEqual([]);
  expect(elsewhere.received).toEqual([]);
  expect(JSON.stringify(end)).not.toContain(ACCOUNT.password);
}

/**
 * Whoever is told that the sign-in failed is told the step that did; a conflict is one of creating. Before
 * a fault that comes later, it goes well.
 */
function checkEnd({ call, turn }: Cell, end: SignInEnd): void {
  expect(turn === null || (end.ok && end.statusProblem === null)).toBe(true);
  const told = end.ok || end.why !== 'failed' ? null : end.step;
  expect([null, CALLS[call]]).toContain(told);
  const isConflict = !end.ok && end.why === 'conflict';
  expect(isConflict && call !== 'createAutomatedAgentSession').toBe(false);
}

describe('an agent who leaves, whatever call of the session’s life meets a fault:', () => {
  // As a tuple: a `$name` would be cut short.
  test.concurrent.for(CELLS.map((cell) => [cell.name, cell] as const))('%s', async ([, cell]) => {
    const played = await gate.run(1, () => play(cell));
    checkNothingLeft(cell, played);
    checkReceipts(played);
    checkOrder(played);
    checkRequests(played);
    checkEnd(cell, played.end);
    expect(played.faults).toEqual([]);
    expect(played.kept.tookMs).toBeLessThan(played.kept.mostMs);
  });
});
