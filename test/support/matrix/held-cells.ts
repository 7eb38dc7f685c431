import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { ALL_RESULTS } from '../../../main/results/filter.ts';
import {
  type Outcome,
  type Receipt,
  type SignOffCause,
  signOffCauseSchema,
} from '../../../main/results/receipt.ts';
import type { HeldSession, Session } from '../../../main/sessions/session.ts';
import type { PracticeServer, ReceivedRequest } from '../../../simulator/practice-server.ts';
import { appOnDisk } from '../app-on-disk.ts';
import { accountOf, judge, type SignOffTime } from '../judge.ts';
import { addTo } from '../practice-sessions.ts';
import { PROMISED_MS } from '../promised-budgets.ts';
import { MEMORY } from '../temp-folder.ts';
import { differences } from './differences.ts';
import { ELSEWHERE, redirectTo, type TroubleName, troubleOf } from './faults.ts';
import type { World } from './world.ts';

/** Sessions that were handed in meet every fault, for every cause. */
export interface HeldCell {
  readonly name: string;
  readonly cause: SignOffCause;
  readonly row: Row;
  readonly held: (typeof HELD)[keyof typeof HELD];
  /** The level of each factor. */
  readonly levels: readonly string[];
}

/**
 * What must come of each fault, by the design alone. `tries`: one request and no more; more than one; or as
 * many as the time allows, which with a silent server may be one.
 */
interface Row {
  readonly trouble: TroubleName;
  readonly outcome: Outcome;
  readonly tries: 'one' | 'more' | 'some';
  /** An agent's session with a pool is asked for once more without it. */
  readonly againWithoutPool?: true;
  /** How often each session meets the fault; always, if not told. */
  readonly times?: number;
  /** The server is back after so long. */
  readonly backAfterMs?: number;
  /** How long after its first request at the latest the server itself has ended a session; null: it cannot. */
  readonly endsWithinMs: number | null;
  /** How long a session's sign-off takes at the most, where that is longer. */
  readonly takesMs?: number;
}

/** What a request takes where nothing is wrong: to get there, to be processed, and to be answered. */
const PROMPT_MS = 10;
/** No attempt is waited for longer, as the design has it. */
const ATTEMPT_MS = 10_000;
/** The longest wait between two attempts, as the design has it. */
const MOST_WAIT_MS = 2_000;
const BACK_AFTER_MS = 2_000;

const once = { tries: 'one', endsWithinMs: null } as const;
const again = { tries: 'more', endsWithinMs: null } as const;
const ROWS: readonly Row[] = [
  { trouble: 'no fault', outcome: 'ended', tries: 'one', endsWithinMs: PROMPT_MS },
  {
    trouble: 'a delay of 100 ms',
    outcome: 'ended',
    tries: 'one',
    endsWithinMs: 100 + PROMPT_MS,
  },
  {
    trouble: 'a delay of 3 s',
    outcome: 'ended',
    tries: 'one',
    endsWithinMs: 3_000 + PROMPT_MS,
  },
  { trouble: 'no answer at all', outcome: 'timed-out', tries: 'some', endsWithinMs: null },
  { trouble: 'a reset before', outcome: 'unreachable', ...again },
  {
    trouble: 'a reset after',
    outcome: 'already-over',
    tries: 'more',
    times: 1,
    endsWithinMs: PROMPT_MS,
    takesMs: MOST_WAIT_MS,
  },
  {
    trouble: 'a drip too slow to wait for',
    outcome: 'timed-out',
    tries: 'some',
    endsWithinMs: PROMPT_MS,
    takesMs: Infinity,
  },
  {
    trouble: 'a drip of half a second',
    outcome: 'ended',
    tries: 'one',
    endsWithinMs: PROMPT_MS,
    takesMs: 1_000,
  },
  { trouble: '400', outcome: 'refused', ...once },
  { trouble: '403', outcome: 'already-over', ...once, againWithoutPool: true },
  { trouble: '403 of a gateway', outcome: 'unconfirmed', ...once, againWithoutPool: true },
  { trouble: '403 with nothing in it', outcome: 'unconfirmed', ...once, againWithoutPool: true },
  { trouble: '200 of a sign-in page', outcome: 'unconfirmed', ...once },
  { trouble: '403 with ACCESS_DENIED', outcome: 'refused', ...once },
  { trouble: '403 with HTML', outcome: 'not-found', ...once },
  { trouble: '404', outcome: 'not-found', ...once },
  { trouble: '409', outcome: 'refused', ...once },
  { trouble: '500', outcome: 'server-error', ...again },
  { trouble: '502 with HTML', outcome: 'server-error', ...again },
  { trouble: '200 with a system error', outcome: 'refused', ...once },
  { trouble: '204', outcome: 'unconfirmed', tries: 'one', endsWithinMs: PROMPT_MS },
  { trouble: 'malformed JSON', outcome: 'not-found', ...once },
  { trouble: 'an oversized reply', outcome: 'not-found', ...once },
  { trouble: 'a redirect to another host', outcome: 'not-found', ...once },
  { trouble: 'a wrong certificate', outcome: 'unreachable', ...again },
  { trouble: 'no such name', outcome: 'unreachable', ...again },
  { trouble: 'a refused connection', outcome: 'unreachable', ...again },
  {
    trouble: 'a refused connection',
    outcome: 'ended',
    tries: 'more',
    backAfterMs: BACK_AFTER_MS,
    endsWithinMs: BACK_AFTER_MS + MOST_WAIT_MS + PROMPT_MS,
  },
];

const HELD = {
  '1 agent': { agents: 1, engagements: 0 },
  '1 engagement': { agents: 0, engagements: 1 },
  both: { agents: 1, engagements: 1 },
  '50 mixed': { agents: 25, engagements: 25 },
} as const;

/** The longest first, so that none of them is left alone at the end where they run together. */
export const HELD_CELLS: readonly HeldCell[] = signOffCauseSchema.options
  .toSorted((a, b) => PROMISED_MS[b] - PROMISED_MS[a])
  .flatMap((cause) =>
    Object.entries(HELD).flatMap(([heldName, held]) =>
      ROWS.map((row) => {
        const fault = row.backAfterMs === undefined ? row.trouble : 'a server back after 2 s';
        const levels = [cause, fault, heldName];
        return { name: levels.join(', '), cause, row, held, levels };
      }),
    ),
  );

type Played = Awaited<ReturnType<typeof play>>;

/** Plays a cell; what was wrong, in words. */
export async function heldProblems(cell: HeldCell, world: World): Promise<string[]> {
  const played = await play(cell, world);
  return [
    ...judgeBoth(cell, played, world),
    ...outcomeProblems(cell, played, world),
    ...patienceProblems(cell, played, world),
    ...vaultProblems(played),
    ...receiptProblems(played),
    ...requestProblems(cell, played),
    ...attemptProblems(cell, played),
    ...laterProblems(played),
  ];
}

/** The sessions of one cell; their ids are in no other. */
function sessionsOf({ held }: HeldCell, server: string, folder: string): Session[] {
  const common = { server, fqSiteName: path.basename(folder), label: '' };
  const id = (kind: string, index: number): string => `${kind}-${index}-of-${common.fqSiteName}`;
  return [
    ...Array.from({ length: held.agents }, (_, index) => ({
      kind: 'agent' as const,
      ...common,
      pool: index % 2 === 0 ? '297:1' : null,
      accountId: String(index + 1),
      sessionId: id('agent', index),
    })),
    ...Array.from({ length: held.engagements }, (_, index) => ({
      kind: 'engagement' as const,
      ...common,
      pool: '297:1',
      sessionId: id('engagement', index),
    })),
  ];
}

/** Where the sessions live. */
interface Home {
  readonly url: string;
  /** Null where nobody can be spoken to. */
  server(): PracticeServer | null;
  /** Makes the sessions known there, and puts the fault in place. */
  prepare(sessions: readonly Session[]): void;
  /** What came in where nothing may. */
  readonly strays: readonly ReceivedRequest[];
  close(): Promise<void>;
}

async function homeFor({ trouble, times, backAfterMs }: Row, world: World): Promise<Home> {
  const { fault, absence } = troubleOf(trouble);
  if (absence !== undefined) {
    const nobody = await world.nobody(absence);
    let server: PracticeServer | null = null;
    let appearing: Promise<void> = Promise.resolve();
    let cancel: () => void = () => undefined;
    return {
      url: nobody.url,
      server: () => server,
      prepare(sessions) {
        if (backAfterMs === undefined) return;
        const appear = async (): Promise<void> => {
          const appeared = await nobody.appear();
          addTo(appeared, sessions);
          server = appeared;
        };
        cancel = world.clock.after(backAfterMs, () => void (appearing = appear()));
      },
      strays: nobody.received,
      async close() {
        cancel();
        await appearing;
        await Promise.all([server?.close(), nobody.close()]);
      },
    };
  }
  const server = await world.listen();
  const elsewhere = fault === ELSEWHERE ? await world.listen() : null;
  return {
    url: server.url,
    server: () => server,
    prepare(sessions) {
      addTo(server, sessions);
      if (fault === undefined) return;
      const rule = { fault: fault === ELSEWHERE ? redirectTo(elsewhere?.url ?? '') : fault };
      if (times === undefined) server.fault(rule);
      else for (const { sessionId } of sessions) server.fault({ ...rule, sessionId, times });
    },
    strays: elsewhere?.received ?? [],
    close: async () => void (await Promise.all([server.close(), elsewhere?.close()])),
  };
}

/** Hand-ins, the cause, and, where the server works again, a retry and the next start. */
async function play(cell: HeldCell, world: World) {
  const { clock, until } = world;
  const folder = await mkdtemp(path.join(MEMORY, 'signoff-cell-'));
  const home = await homeFor(cell.row, world);
  const app = appOnDisk(folder, world);
  try {
    const planned = sessionsOf(cell, home.url, folder);
    const first = app.start();
    const held = planned.map((session) => first.hold(session));
    home.prepare(planned);
    const causeAt = clock.now();
    const { receipts } = await until(first.signOff(cell.cause));
    const signOff = timeOf(causeAt, PROMISED_MS[cell.cause], clock.now());
    const now = {
      account: accountOf(home.server()),
      stillHeld: first.held(),
      onDisk: app.onDisk(),
      receiptsOnDisk: await receiptsOf(app),
    };

    await world.quiet();
    home.server()?.clearFaults();
    const canEnd = home.server() !== null;
    const retryAt = clock.now();
    const retried = canEnd ? await until(first.retryNow()) : [];
    const retry = timeOf(retryAt, PROMISED_MS[cell.cause], clock.now());
    await world.quiet();
    const next = app.start();
    const nextAt = clock.now();
    const found = next.held();
    const later = canEnd ? (await until(next.signOff('leftover'))).receipts : [];
    const nextStart = timeOf(nextAt, PROMISED_MS.leftover, clock.now());
    return {
      planned,
      held,
      receipts,
      signOff,
      ...now,
      later: canEnd ? { retried, found, receipts: later, onDisk: app.onDisk() } : null,
      signOffs: [signOff, retry, nextStart],
      accountAtLast: accountOf(home.server()),
      received: [...(home.server()?.received ?? [])],
      strays: [...home.strays],
      faults: [...first.faults, ...next.faults],
    };
  } finally {
    await home.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function timeOf(causeAt: number, budgetMs: number, endedAt: number): SignOffTime {
  return { causeAt, deadline: causeAt + budgetMs, endedAt };
}

async function receiptsOf({ receipts }: ReturnType<typeof appOnDisk>) {
  return receipts.page({ after: null, limit: 10_000, filter: ALL_RESULTS });
}

/** By the server's own account: when the sign-off is through, and when all is. */
function judgeBoth(cell: HeldCell, played: Played, { hearingMs, slackMs }: World): string[] {
  const { account, accountAtLast, held, receipts, onDisk, later, signOff, signOffs } = played;
  const ids = new Map(held.map(({ id, sessionId }) => [id, sessionId]));
  const said = (list: readonly Receipt[]) =>
    list.map(({ heldId, outcome, finishedAt }) => ({
      sessionId: ids.get(heldId) ?? '',
      outcome,
      finishedAt: Date.parse(finishedAt),
    }));
  const kinds = new Map(held.map(({ sessionId, kind }) => [sessionId, kind]));
  const allowed = {
    ghostMs: (sessionId: string) => ghostMs(cell, kinds.get(sessionId) ?? 'agent'),
    hearingMs,
    slackMs,
  };
  const idsOf = (list: readonly HeldSession[]) => list.map(({ sessionId }) => sessionId);
  const atOnce = { receipts: said(receipts), onDisk: idsOf(onDisk.held), signOffs: [signOff] };
  const inTheEnd = {
    receipts: said([...receipts, ...(later?.retried ?? []), ...(later?.receipts ?? [])]),
    onDisk: idsOf((later ?? { onDisk }).onDisk.held),
    signOffs,
  };
  // Where nobody was, there is no record, and nothing is over.
  const nobodys = held.map(({ sessionId }) => ({ sessionId, over: false, overAt: null }));
  const known = account.sessions.length > 0 ? account : { ...account, sessions: nobodys };
  return [
    ...judge(known, atOnce, allowed),
    ...(later === null ? [] : judge(accountAtLast, inTheEnd, allowed)),
    ...(later === null || accountAtLast.sessions.every(({ over }) => over || isDenied(cell))
      ? []
      : ['a session is open on a server that has worked again']),
  ];
}

/** Its server says of sessions that it has that it does not know them. */
function isDenied({ row }: HeldCell): boolean {
  return row.trouble === '403';
}

/** How long after the cause the server may have that session. */
function ghostMs(cell: HeldCell, kind: Session['kind']): number | null {
  const { endsWithinMs } = cell.row;
  return endsWithinMs === null ? null : startsWithin(cell, kind) + endsWithinMs;
}

/** Logoffs wait for the engagements before them, no longer than a third of the budget; but not at a shutdown. */
function startsWithin({ held, cause, row }: HeldCell, kind: Session['kind']): number {
  const waits = kind === 'agent' && held.engagements > 0 && cause !== 'shutdown';
  const takesMs = row.takesMs ?? row.endsWithinMs ?? Infinity;
  return waits ? Math.min(takesMs, PROMISED_MS[cause] / 3) : 0;
}

/** The outcomes that are right for a session: one, but at the very edge of what time allows. */
function rightOutcomes(
  cell: HeldCell,
  { signOff }: Played,
  receipt: Receipt,
  { slackMs }: World,
): Outcome[] {
  const { outcome, tries, endsWithinMs } = cell.row;
  if (tries === 'one' && endsWithinMs !== null) {
    const spare = PROMISED_MS[cell.cause] - startsWithin(cell, receipt.kind) - endsWithinMs;
    if (spare < 0) return ['timed-out'];
    return spare < slackMs ? [outcome, 'timed-out'] : [outcome];
  }
  // The last of many tries may be on its way when the time is up.
  const isCutOff = Date.parse(receipt.finishedAt) >= signOff.deadline - slackMs;
  return tries !== 'one' && isCutOff ? [outcome, 'timed-out'] : [outcome];
}

function fewestTries(cell: HeldCell, receipt: Receipt, { slackMs }: World): number {
  const { row, cause } = cell;
  // A machine that may be as late as that has time for one.
  if (slackMs >= PROMISED_MS[cause]) return 1;
  // Its turn may come when the server is back.
  if (row.backAfterMs !== undefined && startsWithin(cell, receipt.kind) > 0) return 1;
  const hasTime = row.tries === 'some' && PROMISED_MS[cause] > 2 * ATTEMPT_MS;
  return row.tries === 'more' || hasTime ? 2 : 1;
}

/** One receipt for each session, which says what the table says. */
function outcomeProblems(cell: HeldCell, played: Played, world: World): string[] {
  const { held, receipts } = played;
  const { cause, row } = cell;
  return [
    ...differences(
      'sessions with a receipt',
      sorted(receipts.map(({ heldId }) => heldId)),
      sorted(held.map(({ id }) => id)),
    ),
    ...receipts.flatMap((receipt) => {
      const { attempts, forced, heldId, kind, outcome } = receipt;
      const right = rightOutcomes(cell, played, receipt, world);
      const isAgain =
        row.againWithoutPool === true &&
        held.some(({ id, pool }) => id === heldId && kind === 'agent' && pool !== null);
      const least = isAgain ? 2 : fewestTries(cell, receipt, world);
      return [
        ...(right.includes(outcome)
          ? []
          : [`${kind}: ${outcome} instead of ${right.join(' or ')}`]),
        ...differences('cause', receipt.cause, cause),
        ...differences(`${kind} forced`, forced, kind === 'agent' && cause !== 'asked'),
        ...(attempts < least || (row.tries === 'one' && attempts > least)
          ? [`${kind}: ${attempts} attempts, not ${row.tries} (${least} at the least)`]
          : []),
      ];
    }),
  ];
}

/** A server that says nothing is given all the time that there is, and not a moment more. */
function patienceProblems({ row }: HeldCell, { signOff }: Played, { slackMs }: World): string[] {
  const early = signOff.deadline - signOff.endedAt;
  return row.tries === 'some' && early > slackMs ? [`given up ${early} ms before its time`] : [];
}

/** What is held is in the file, with the number that its last request had. */
function vaultProblems({ held, receipts, stillHeld, onDisk, faults }: Played): string[] {
  const attempts = new Map(receipts.map((receipt) => [receipt.heldId, receipt.attempts]));
  const isLeft = new Set(stillHeld.map(({ id }) => id));
  const expected = held
    .filter(({ id }) => isLeft.has(id))
    .map((session) => ({ ...session, lastSequenceNumber: attempts.get(session.id) }));
  return [
    ...differences('held', stillHeld, expected),
    ...differences('on the disk', onDisk, { held: expected, setAside: null }),
    ...differences('faults', faults.map(String), []),
  ];
}

/** The receipts on the disk are those that were given back, each of them once. */
function receiptProblems({ receipts, receiptsOnDisk }: Played): string[] {
  const byId = (list: readonly Receipt[]): Receipt[] =>
    list.toSorted((a, b) => a.id.localeCompare(b.id));
  return [
    ...differences('unreadable receipts', receiptsOnDisk.unreadable, 0),
    ...differences('receipts on the disk', byId(receiptsOnDisk.receipts), byId(receipts)),
  ];
}

/** Every request is as the API pages have it, and at the one server that its session lives on. */
function requestProblems(
  { cause }: HeldCell,
  { held, received, account, strays }: Played,
): string[] {
  const kinds = new Map(held.map(({ sessionId, kind }) => [sessionId, kind]));
  const ofCause = received.slice(0, account.requests.length);
  return [
    ...differences(
      'requests elsewhere',
      strays.map(({ target }) => target),
      [],
    ),
    ...differences(
      'deviations from the API pages',
      received.flatMap(({ problems }) => problems),
      [],
    ),
    ...ofCause.flatMap(({ sessionId, forced }) => [
      ...differences('kind', forced === null ? 'engagement' : 'agent', kinds.get(sessionId ?? '')),
      ...(forced === null ? [] : differences('forced', forced, cause !== 'asked')),
    ]),
  ];
}

/** The server saw every attempt that the receipts tell of, but for one that the deadline cut off. */
function attemptProblems({ row }: HeldCell, { held, receipts, received, later }: Played): string[] {
  if (troubleOf(row.trouble).absence !== undefined) return [];
  const requests = Map.groupBy(received, ({ sessionId }) => sessionId ?? '');
  const all = [...receipts, ...(later?.retried ?? []), ...(later?.receipts ?? [])];
  const byHeldId = Map.groupBy(all, ({ heldId }) => heldId);
  return held.flatMap(({ id, sessionId }) => {
    const mine = byHeldId.get(id) ?? [];
    const attempts = mine.reduce((sum, receipt) => sum + receipt.attempts, 0);
    const missing = attempts - (requests.get(sessionId)?.length ?? 0);
    const mayMiss = mine[0]?.outcome === 'timed-out' ? 1 : 0;
    return missing === 0 || missing === mayMiss
      ? []
      : [`${sessionId}: the server saw ${missing} fewer requests than its receipts tell of`];
  });
}

/** With a server that works, what was left ends once, by a retry or by the next start. */
function laterProblems({ stillHeld, later }: Played): string[] {
  if (later === null) return [];
  const { retried, receipts, found, onDisk } = later;
  return [
    ...differences(
      'ended later',
      sorted([...retried, ...receipts].map(({ heldId }) => heldId)),
      sorted(stillHeld.map(({ id }) => id)),
    ),
    ...differences(
      'found by the next start',
      sorted(found.map(({ id }) => id)),
      sorted(receipts.map(({ heldId }) => heldId)),
    ),
    ...differences('on the disk in the end', onDisk, { held: [], setAside: null }),
  ];
}

function sorted(ids: readonly string[]): string[] {
  return ids.toSorted((a, b) => a.localeCompare(b));
}
