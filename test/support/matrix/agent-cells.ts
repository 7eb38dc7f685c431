import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { type SignOffCause, signOffCauseSchema } from '../../../main/results/receipt.ts';
import type { SignInEnd } from '../../../main/signin/sign-in-end.ts';
import { CAUSES } from '../../../main/signoff/causes.ts';
import type { FaultRule } from '../../../simulator/faults.ts';
import type { PracticeServer } from '../../../simulator/practice-server.ts';
import { ACCOUNT as KNOWN, typedAt } from '../account.ts';
import { type AgentOnDisk, agentOnDisk } from '../agent-on-disk.ts';
import { accountOf, judge } from '../judge.ts';
import { PROMISED_MS } from '../promised-budgets.ts';
import { MEMORY } from '../temp-folder.ts';
import { differences } from './differences.ts';
import { ELSEWHERE, redirectTo, type TroubleName, troubleOf } from './faults.ts';
import type { World } from './world.ts';

/** An agent signs in and leaves, and a call of the session's life meets a fault. */
export interface AgentCell {
  readonly name: string;
  readonly call: Call;
  /** Null: the sign-in itself meets the fault. */
  readonly turn: Turn | null;
  readonly trouble: FaultName;
  readonly cause: SignOffCause;
  readonly leavesAfterMs: number;
  /** The level of each factor. */
  readonly levels: readonly string[];
}

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
const CALL_NAMES = Object.keys(CALLS).filter((name): name is Call => name in CALLS);

/** How often a call meets each fault: always, or once. */
const FAULTS = {
  'no fault': 'always',
  'a delay of 100 ms': 'always',
  'a delay of 1 s': 'always',
  'no answer at all': 'always',
  // By these a session is created whose id nobody hears of. While they last, nobody can end that one; with
  // the next try, it is known.
  'an answer that is lost': 'once',
  'a reset after': 'once',
  'a drip too slow to wait for': 'once',
  '204': 'once',
  'a reset before': 'always',
  '400': 'always',
  '403': 'always',
  '403 with ACCESS_DENIED': 'always',
  '403 of a gateway': 'always',
  '200 of a sign-in page': 'always',
  '403 with HTML': 'always',
  '404': 'always',
  '409': 'always',
  '500': 'always',
  '502 with HTML': 'always',
  '200 with a system error': 'always',
  'malformed JSON': 'always',
  'an oversized reply': 'always',
  'a redirect to another host': 'always',
} as const satisfies Partial<Record<TroubleName, 'always' | 'once'>>;
type FaultName = keyof typeof FAULTS;
const FAULT_NAMES = Object.keys(FAULTS).filter((name): name is FaultName => name in FAULTS);

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
const TURN_NAMES = Object.keys(TURNS).filter((name): name is Turn => name in TURNS);

export const SIGN_IN_CELLS: readonly AgentCell[] = LEAVING.flatMap((cause) =>
  CALL_NAMES.flatMap((call) =>
    FAULT_NAMES.flatMap((trouble) =>
      Object.entries(MOMENTS).map(([moment, leavesAfterMs]) => ({
        name: `${cause} ${moment}, ${call}: ${trouble}`,
        call,
        turn: null,
        trouble,
        cause,
        leavesAfterMs,
        levels: [cause, call, trouble, moment],
      })),
    ),
  ),
);

export const TURN_CELLS: readonly AgentCell[] = TURN_NAMES.flatMap((turn) =>
  Object.entries(MOMENTS).flatMap(([moment, leavesAfterMs]) =>
    FAULT_NAMES.map((trouble) => ({
      name: `${turn}, signal ${moment}: ${trouble}`,
      call: TURNS[turn],
      turn,
      trouble,
      cause: 'signal' as const,
      leavesAfterMs,
      levels: [turn, trouble, moment],
    })),
  ),
);

export const AGENT_CELLS: readonly AgentCell[] = [...SIGN_IN_CELLS, ...TURN_CELLS];

/** A session that was held when the agent left is over on the server so soon, as nothing is in its way. */
const PROMPT_MS = 10;
const POLL_HOLD_MS = 500;
const NEW_POOL = '298:2';

type Played = Awaited<ReturnType<typeof play>>;

/** Plays a cell; what was wrong, in words. */
export async function agentProblems(cell: AgentCell, world: World): Promise<string[]> {
  const played = await play(cell, world);
  return [
    ...judgeBoth(played, world),
    ...leftoverProblems(played, world),
    ...orderProblems(played),
    ...requestProblems(played),
    ...endProblems(cell, played.end),
    ...differences('faults', played.faults.map(String), []),
  ];
}

function ruleFor({ call, trouble }: AgentCell, elsewhere: string): FaultRule | null {
  const { fault } = troubleOf(trouble);
  if (fault === undefined) return null;
  const times = FAULTS[trouble] === 'once' ? { times: 1 } : {};
  return { call, fault: fault === ELSEWHERE ? redirectTo(elsewhere) : fault, ...times };
}

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

/** An agent signs in and leaves, and the next start finds a server that works. */
async function play(cell: AgentCell, world: World) {
  const { clock, until } = world;
  const server = await world.listen({ processingMs: 1, pollHoldMs: POLL_HOLD_MS });
  const elsewhere = await world.listen();
  const folder = await mkdtemp(path.join(MEMORY, 'signoff-cell-'));
  try {
    server.addAccount(ACCOUNT);
    const rule = ruleFor(cell, elsewhere.url);
    if (cell.turn === null && rule !== null) server.fault(rule);
    const app = agentOnDisk(folder, world);
    const met = server.waitForRequest(({ call }) => call === cell.call, { timeoutMs: 60_000 });
    const signedIn = app.signIn({ ...typedAt(server.url), password: ACCOUNT.password });
    await until(met);
    if (cell.turn !== null) {
      await until(signedIn);
      await until(take(cell.turn, { app, server, rule }));
    }
    // When in the course of things the agent leaves is what is tried here: nothing is waited for.
    await world.wait(cell.leavesAfterMs);
    const heldThen = app.held().map(({ sessionId }) => sessionId);
    const causeAt = clock.now();
    await until(app.signOff(cell.cause));
    const endedAt = clock.now();
    const account = accountOf(server);
    const onDisk = agentOnDisk(folder, world).held();
    const receipts = [...app.receipts];
    app.close();
    const end = await until(signedIn);

    await world.quiet();
    server.clearFaults();
    const next = agentOnDisk(folder, world);
    const nextAt = clock.now();
    await until(next.signOff('leftover'));
    next.close();
    const nextEndedAt = clock.now();
    return {
      end,
      heldThen,
      held: app.held(),
      receipts,
      onDisk,
      account,
      signOff: { causeAt, deadline: causeAt + PROMISED_MS[cell.cause], endedAt },
      nextStart: { causeAt: nextAt, deadline: nextAt + PROMISED_MS.leftover, endedAt: nextEndedAt },
      laterReceipts: next.receipts,
      heldAtLast: agentOnDisk(folder, world).held(),
      accountAtLast: accountOf(server),
      received: [...server.received],
      strays: [...elsewhere.received],
      faults: [...app.faults, ...next.faults],
    };
  } finally {
    await Promise.all([server.close(), elsewhere.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * By the server's own account. One session may be left, for the server to drop: one that the agent was asked
 * about, since it may as well be another console's, and that nobody answered for.
 */
function judgeBoth(played: Played, { hearingMs, slackMs }: World): string[] {
  const { end, heldThen, account, accountAtLast, signOff, nextStart } = played;
  const said = (list: AgentOnDisk['receipts']) =>
    list.map(({ sessionId, receipt }) => ({
      sessionId,
      outcome: receipt.outcome,
      finishedAt: Date.parse(receipt.finishedAt),
    }));
  const ids = (list: Played['onDisk']) => list.map(({ sessionId }) => sessionId);
  const isAskedAbout = !end.ok && end.why === 'conflict' && end.perhapsOurs;
  const allowed = {
    // What came later is ended when it is known; what nobody knows of is not ended at all.
    ghostMs: (sessionId: string) => (heldThen.includes(sessionId) ? PROMPT_MS : Infinity),
    mayLeave: isAskedAbout ? 1 : 0,
    hearingMs,
    slackMs,
  };
  return [
    ...judge(
      account,
      { receipts: said(played.receipts), onDisk: ids(played.onDisk), signOffs: [signOff] },
      allowed,
    ),
    ...judge(
      accountAtLast,
      {
        receipts: said([...played.receipts, ...played.laterReceipts]),
        onDisk: ids(played.heldAtLast),
        signOffs: [signOff, nextStart],
      },
      allowed,
    ),
  ];
}

/** As nothing is in the way of logoffs, none is left for the next start where there was time. */
function leftoverProblems(
  { held, onDisk, heldAtLast, signOff }: Played,
  { slackMs }: World,
): string[] {
  const hadTime = signOff.endedAt < signOff.deadline - slackMs;
  return [
    ...differences('left, though there was time', hadTime ? onDisk : [], []),
    ...differences('on the disk', onDisk, held),
    ...differences('held in the end', heldAtLast, []),
  ];
}

/** Once a session is being ended, nothing else is sent for it. */
function orderProblems({ received }: Played): string[] {
  const bySession = Map.groupBy(received, ({ sessionId }) => sessionId);
  return [...bySession].flatMap(([sessionId, requests]) => {
    const calls = requests.map(({ call }) => call);
    const first = calls.indexOf('logoff');
    const others = first === -1 ? [] : calls.slice(first).filter((call) => call !== 'logoff');
    return sessionId === null ? [] : differences(`${sessionId}: beside its logoff`, others, []);
  });
}

/** Every request is as the API pages have it, with one poll at a time, and none of it went to another host. */
function requestProblems({ received, strays, end }: Played): string[] {
  return [
    ...differences(
      'deviations from the API pages',
      received.flatMap(({ problems }) => problems),
      [],
    ),
    ...differences(
      'requests elsewhere',
      strays.map(({ target }) => target),
      [],
    ),
    ...(JSON.stringify(end).includes(ACCOUNT.password) ? ['the password is in what is told'] : []),
  ];
}

/**
 * Whoever is told that the sign-in failed is told the step that did; a conflict is one of creating. Before a
 * fault that comes later, it goes well.
 */
function endProblems({ call, turn }: AgentCell, end: SignInEnd): string[] {
  const isWell = end.ok && end.statusProblem === null;
  const told = end.ok || end.why !== 'failed' ? null : end.step;
  const isConflict = !end.ok && end.why === 'conflict';
  return [
    ...(turn === null || isWell ? [] : [`the sign-in before went wrong: ${JSON.stringify(end)}`]),
    ...(told === null || told === CALLS[call] ? [] : [`the step ${told} failed, not ${call}`]),
    ...(isConflict && call !== 'createAutomatedAgentSession' ? [`a conflict by ${call}`] : []),
  ];
}
