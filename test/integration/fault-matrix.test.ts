import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Session } from '../../main/sessions/session.ts';
import { type Cause, causeSchema, type Outcome, type Receipt } from '../../main/signoff/receipt.ts';
import type { Fault } from '../../simulator/faults.ts';
import { type PracticeServer, startPracticeServer } from '../../simulator/practice-server.ts';
import {
  appOnDisk,
  Gate,
  type Home,
  nobodysHome,
  practiceHome,
  returningHome,
} from '../support/fault-cell.ts';

// Nearly all that the cells do is wait: they run together, as many as the gate lets in.
vi.setConfig({ maxConcurrency: 2_000, testTimeout: 150_000 });

/** What a cause may take, as the design has it. */
const BUDGETS: Readonly<Record<Cause, number>> = {
  asked: 10_000,
  quit: 5_000,
  shutdown: 4_000,
  signal: 4_000,
  suspend: 4_000,
  lock: 10_000,
  idle: 10_000,
  leftover: 30_000,
};
/** For a busy machine: timers that fire late, and writing it all down. */
const SLACK_MS = 1_000;
/** The server answers within this, when nothing is wrong with it. */
const PROMPT_MS = 1_000;
/** No attempt is waited for longer, as the design has it. */
const ATTEMPT_MS = 10_000;

/**
 * What must come of each fault, by the design alone. `tries`: one request and no more; more than
 * one; or as many as the time allows, which with a silent server may be one.
 */
interface Row {
  readonly outcome: Outcome;
  readonly tries: 'one' | 'more' | 'some';
  readonly fault?: Fault | 'elsewhere';
  /** How often each session meets the fault; always, if not told. */
  readonly times?: number;
  readonly home?: 'wrong-certificate' | 'no-name' | 'nobody' | 'returning';
  /** How long the server takes over its answer. */
  readonly takesMs?: number;
}

const system = { errorCondition: 'BUSY', text: 'There are chats.' };
const FAULTS = {
  'no fault': { outcome: 'ended', tries: 'one' },
  'a delay of 100 ms': { outcome: 'ended', tries: 'one', fault: { kind: 'delay', ms: 100 } },
  'a delay of 3 s': {
    outcome: 'ended',
    tries: 'one',
    fault: { kind: 'delay', ms: 3_000 },
    takesMs: 3_000,
  },
  'no answer at all': { outcome: 'timed-out', tries: 'some', fault: { kind: 'hang' } },
  'a reset before': {
    outcome: 'unreachable',
    tries: 'more',
    fault: { kind: 'reset', when: 'before' },
  },
  'a reset after': {
    outcome: 'already-over',
    tries: 'more',
    fault: { kind: 'reset', when: 'after' },
    times: 1,
  },
  'a drip too slow to wait for': {
    outcome: 'timed-out',
    tries: 'some',
    fault: { kind: 'drip', bytesPerSecond: 2 },
  },
  'a drip of half a second': {
    outcome: 'ended',
    tries: 'one',
    fault: { kind: 'drip', bytesPerSecond: 1_000 },
  },
  '400': {
    outcome: 'refused',
    tries: 'one',
    fault: { kind: 'error', status: 400, code: 'BAD_REQUEST' },
  },
  '403': { outcome: 'already-over', tries: 'one', fault: { kind: 'status', status: 403 } },
  '403 with ACCESS_DENIED': {
    outcome: 'refused',
    tries: 'one',
    fault: { kind: 'error', status: 403, code: 'ACCESS_DENIED' },
  },
  '403 with HTML': { outcome: 'not-found', tries: 'one', fault: { kind: 'html', status: 403 } },
  '404': { outcome: 'not-found', tries: 'one', fault: { kind: 'status', status: 404 } },
  '500': { outcome: 'server-error', tries: 'more', fault: { kind: 'status', status: 500 } },
  '502 with HTML': { outcome: 'server-error', tries: 'more', fault: { kind: 'html', status: 502 } },
  '200 with a system error': {
    outcome: 'refused',
    tries: 'one',
    fault: { kind: 'system-error', ...system },
  },
  '204': { outcome: 'ended', tries: 'one', fault: { kind: 'empty', status: 204 } },
  'malformed JSON': { outcome: 'not-found', tries: 'one', fault: { kind: 'malformed' } },
  'an oversized reply': {
    outcome: 'not-found',
    tries: 'one',
    fault: { kind: 'oversized', bytes: 2 ** 21 },
  },
  'a redirect to another host': { outcome: 'not-found', tries: 'one', fault: 'elsewhere' },
  'a wrong certificate': { outcome: 'unreachable', tries: 'more', home: 'wrong-certificate' },
  'no such name': { outcome: 'unreachable', tries: 'more', home: 'no-name' },
  'a refused connection': { outcome: 'unreachable', tries: 'more', home: 'nobody' },
  'a server back after 2 s': { outcome: 'ended', tries: 'more', home: 'returning' },
} satisfies Record<string, Row>;
const ROWS: ReadonlyMap<string, Row> = new Map(Object.entries(FAULTS));

const HELD = {
  '1 agent': { agents: 1, engagements: 0 },
  '1 engagement': { agents: 0, engagements: 1 },
  both: { agents: 1, engagements: 1 },
  '50 mixed': { agents: 25, engagements: 25 },
} as const;

type Played = Awaited<ReturnType<typeof play>>;
interface Cell {
  readonly name: string;
  readonly cause: Cause;
  readonly row: Row;
  readonly held: (typeof HELD)[keyof typeof HELD];
}

/** The longest first, so that none of them is left alone at the end. */
const CELLS: readonly Cell[] = causeSchema.options
  .toSorted((a, b) => BUDGETS[b] - BUDGETS[a])
  .flatMap((cause) =>
    Object.entries(HELD).flatMap(([heldName, held]) =>
      [...ROWS].map(([fault, row]) => ({ name: `${cause}, ${fault}, ${heldName}`, cause, row, held })),
    ),
  );

const gate = new Gate(120);
let elsewhere: PracticeServer;
beforeAll(async () => {
  elsewhere = await startPracticeServer();
});
afterAll(() => elsewhere.close());

let sites = 0;

/** The sessions of one cell; their ids are in no other. */
function sessionsOf({ held }: Cell): Session[] {
  sites += 1;
  const fqSiteName = `site_${sites}`;
  const common = { server: '', fqSiteName, label: '' };
  const id = (kind: string, index: number): string => `${kind}-${index}-of-${fqSiteName}-secret`;
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

async function homeFor(row: Row, sessions: readonly Session[]) {
  const home: Home & { goneFrom?: () => void } = await (async () => {
    switch (row.home) {
      case 'wrong-certificate':
        return practiceHome(sessions, { wrongCertificate: true });
      case 'no-name':
        return nobodysHome('https://signoff-test.invalid');
      case 'nobody':
        // A port that is no server's, and that the system gives to none.
        return nobodysHome('http://127.0.0.1:1');
      case 'returning':
        return returningHome(sessions, 2_000);
      case undefined:
        return practiceHome(sessions);
    }
  })();
  if (row.fault === undefined) return home;
  const { port } = new URL(elsewhere.url);
  const fault: Fault =
    row.fault === 'elsewhere'
      ? {
          kind: 'redirect',
          status: 307,
          // Another name as well as another port.
          location: `http://localhost:${port}/engagement/api/agent/anywhere/v1/logoff`,
        }
      : row.fault;
  for (const { sessionId } of row.times === undefined ? [{ sessionId: undefined }] : sessions) {
    home.server()?.fault({
      fault,
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(row.times === undefined ? {} : { times: row.times }),
    });
  }
  return home;
}

/** Plays one cell: hand-ins, the cause, and, where the server works again, the next start. */
async function play(cell: Cell) {
  const planned = sessionsOf(cell);
  const home = await homeFor(cell.row, planned);
  const app = await appOnDisk();
  try {
    const first = app.start();
    const held = planned.map((session) => first.hold({ ...session, server: home.url }));
    home.goneFrom?.();
    const signedOff = await first.signOff(cell.cause);
    const stillHeld = first.held();
    const onDisk = app.onDisk();
    const receipts = await app.receiptsOnDisk();
    const received = [...(home.server()?.received ?? [])];
    home.server()?.clearFaults();

    const next = app.start();
    const canEnd = home.server() !== null && cell.row.home !== 'wrong-certificate';
    const later = canEnd ? await next.signOff('leftover') : null;
    return {
      held,
      ...signedOff,
      stillHeld,
      onDisk,
      receiptsOnDisk: receipts,
      received,
      later: later && {
        ...later,
        received: (home.server()?.received ?? []).slice(received.length),
        onDisk: app.onDisk(),
      },
      faults: [...first.faults, ...next.faults],
      elsewhere: elsewhere.received.filter((request) => names(request, planned)),
    };
  } finally {
    await Promise.all([home.close(), app.remove()]);
  }
}

function names(request: object, sessions: readonly Session[]): boolean {
  const text = JSON.stringify(request);
  return sessions.some(({ sessionId }) => text.includes(sessionId));
}

/** The outcomes that are right for a session: one, but at the very edge of what time allows. */
function rightOutcomes(cell: Cell, receipt: Receipt): Outcome[] {
  const { row, cause, held } = cell;
  const budget = BUDGETS[cause];
  const { takesMs } = row;
  if (takesMs !== undefined) {
    // Logoffs wait for the engagements before them, but no longer than a third of the budget.
    const behind = receipt.kind === 'agent' && held.engagements > 0;
    const due = takesMs + (behind ? Math.min(takesMs, budget / 3) : 0);
    if (due > budget) return ['timed-out'];
    return budget - due < PROMPT_MS ? [row.outcome, 'timed-out'] : [row.outcome];
  }
  return wasCutOff(cell, receipt) ? [row.outcome, 'timed-out'] : [row.outcome];
}

/** Whether the last of several attempts was still on its way when the budget was used up. */
function wasCutOff({ row, cause, held }: Cell, receipt: Receipt): boolean {
  if (row.tries !== 'more' || isOver(row.outcome)) return false;
  const behind = receipt.kind === 'agent' && held.engagements > 0;
  const left = BUDGETS[cause] * (behind ? 2 / 3 : 1);
  // Both times are whole milliseconds of a clock that is not the one of the budget.
  return Date.parse(receipt.finishedAt) - Date.parse(receipt.startedAt) >= left - 20;
}

function isOver(outcome: Outcome): boolean {
  return outcome === 'ended' || outcome === 'already-over';
}

function checkOutcomes(cell: Cell, { held, receipts }: Played): void {
  expect(receipts.map(({ heldId }) => heldId).toSorted()).toEqual(held.map(({ id }) => id).toSorted());
  for (const receipt of receipts) {
    expect(rightOutcomes(cell, receipt)).toContain(receipt.outcome);
    expect(receipt).toMatchObject({
      cause: cell.cause,
      forced: receipt.kind === 'agent' && cell.cause !== 'asked',
    });
    if (cell.row.tries === 'one') expect(receipt.attempts).toBe(1);
    else {
      const atLeast = cell.row.tries === 'more' || BUDGETS[cell.cause] > 2 * ATTEMPT_MS ? 2 : 1;
      expect(receipt.attempts).toBeGreaterThanOrEqual(atLeast);
    }
  }
}

/** Exactly what the server did not confirm is held, and on the disk, with the numbers it went out with. */
function checkVault({ held, receipts, stillHeld, onDisk, faults }: Played): void {
  const owed = receipts.filter(({ outcome }) => !isOver(outcome));
  const attempts = new Map(owed.map((receipt) => [receipt.heldId, receipt.attempts]));
  const expected = held
    .filter(({ id }) => attempts.has(id))
    .map((session) => ({ ...session, lastSequenceNumber: attempts.get(session.id) }));
  expect(stillHeld).toEqual(expected);
  expect(onDisk).toEqual({ held: expected, setAside: null });
  expect(faults).toEqual([]);
}

function checkReceipts({ receipts, receiptsOnDisk }: Played): void {
  const byId = (list: readonly Receipt[]): Receipt[] =>
    list.toSorted((a, b) => a.id.localeCompare(b.id));
  expect(receiptsOnDisk.unreadable).toBe(0);
  expect(byId(receiptsOnDisk.receipts)).toEqual(byId(receipts));
}

/** What the server got: as the API pages have it, in order, and never again once it was confirmed. */
function checkRequests(cell: Cell, { held, receipts, received, later, elsewhere: strayed }: Played): void {
  expect(strayed).toEqual([]);
  const all = [...received, ...(later?.received ?? [])];
  expect(all.flatMap(({ problems }) => problems)).toEqual([]);
  const outcomes = new Map(receipts.map((receipt) => [receipt.heldId, receipt]));
  for (const { id, sessionId, kind } of held) {
    const receipt = outcomes.get(id);
    const mine = received.filter((request) => request.sessionId === sessionId);
    const after = later?.received.filter((request) => request.sessionId === sessionId) ?? [];
    const forced = mine.map((request) => request.forced);
    expect(new Set(forced).difference(new Set([kind === 'agent' ? cell.cause !== 'asked' : null])).size).toBe(0);
    if (receipt === undefined) continue;
    if (isOver(receipt.outcome)) {
      const answered = mine.filter(({ status }) => status !== null);
      expect(answered).toHaveLength(1);
      expect(mine.at(-1)).toBe(answered[0]);
      expect(after).toEqual([]);
    } else if (later !== null) {
      expect(after.map((request) => request.status)).toEqual([expect.toBeOneOf([200, 403])]);
    }
    if (cell.row.home === undefined) {
      // An attempt that the deadline cut off may not have got as far as the server.
      const sent = receipt.outcome === 'timed-out' ? mine.length : receipt.attempts;
      expect(mine).toHaveLength(sent);
      expect(receipt.attempts - mine.length).toBeOneOf([0, 1]);
    }
  }
}

/** The next start, with a server that works: all that is owed ends, and then nothing is held. */
function checkNextStart({ receipts, later }: Played): void {
  if (later === null) return;
  const owed = receipts.filter(({ outcome }) => !isOver(outcome)).map(({ heldId }) => heldId);
  expect(later.receipts.map(({ heldId }) => heldId).toSorted()).toEqual(owed.toSorted());
  expect(later.receipts.filter(({ outcome }) => !isOver(outcome))).toEqual([]);
  expect(later.onDisk).toEqual({ held: [], setAside: null });
}

describe('a cause, a fault and what is held', () => {
  test.concurrent.for(CELLS)('$name', async (cell) => {
    const weight = cell.held.agents + cell.held.engagements > 2 ? 10 : 1;
    const played = await gate.run(weight, () => play(cell));
    checkOutcomes(cell, played);
    checkVault(played);
    checkReceipts(played);
    checkRequests(cell, played);
    checkNextStart(played);
    expect(played.tookMs).toBeLessThan(BUDGETS[cell.cause] + SLACK_MS);
  });
});
