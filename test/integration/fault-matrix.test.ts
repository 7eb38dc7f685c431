import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Session } from '../../main/sessions/session.ts';
import {
  type Outcome,
  type Receipt,
  type SignOffCause,
  signOffCauseSchema,
} from '../../main/results/receipt.ts';
import { ALL_RESULTS } from '../../main/results/filter.ts';
import type { Fault } from '../../simulator/faults.ts';
import { type PracticeServer, startPracticeServer } from '../../simulator/practice-server.ts';
import { appOnDisk } from '../support/app-on-disk.ts';
import {
  Gate,
  type Home,
  nobodysHome,
  practiceHome,
  returningHome,
} from '../support/fault-cell.ts';
import { PROMISED_MS, withinBudget } from '../support/promised-budgets.ts';
import { MEMORY } from '../support/temp-folder.ts';

// Nearly all that the cells do is wait: they run together, as many as the gate lets in.
vi.setConfig({ maxConcurrency: 2_000, testTimeout: 150_000 });

/** The server answers within this, when nothing is wrong with it. */
const PROMPT_MS = 1_000;
/** No attempt is waited for longer, as the design has it. */
const ATTEMPT_MS = 10_000;
const BACK_AFTER_MS = 2_000;
/** Receipts tell time in whole milliseconds, by a clock that is not the one of the budgets. */
const CLOCK_GRAIN_MS = 20;

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
  readonly cause: SignOffCause;
  readonly row: Row;
  readonly held: (typeof HELD)[keyof typeof HELD];
}

/** The longest first, so that none of them is left alone at the end. */
const CELLS: readonly Cell[] = signOffCauseSchema.options
  .toSorted((a, b) => PROMISED_MS[b] - PROMISED_MS[a])
  .flatMap((cause) =>
    Object.entries(HELD).flatMap(([heldName, held]) =>
      [...ROWS].map(([fault, row]) => ({
        name: `${cause}, ${fault}, ${heldName}`,
        cause,
        row,
        held,
      })),
    ),
  );

// Sessions that may be at work at once, about: what the processor and the budgets can bear.
const gate = new Gate(120);
const weightOf = ({ held }: Cell): number => (held.agents + held.engagements > 2 ? 10 : 1);
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

async function buildHome({ home }: Row, sessions: readonly Session[]): Promise<CellHome> {
  switch (home) {
    case 'wrong-certificate':
      return practiceHome(sessions, { wrongCertificate: true });
    case 'no-name':
      return nobodysHome('https://signoff-test.invalid');
    case 'nobody':
      // A port that the system gives to none, and that is no server's here.
      return nobodysHome('http://127.0.0.1:1');
    case 'returning':
      return returningHome(sessions, BACK_AFTER_MS);
    default:
      return practiceHome(sessions);
  }
}

interface CellHome extends Home {
  goneFrom?(): void;
}

/** Where the sessions live, with the fault in place. */
async function homeFor(row: Row, sessions: readonly Session[]): Promise<CellHome> {
  const home = await buildHome(row, sessions);
  const { fault, times } = row;
  if (fault === undefined) return home;
  const rule = { fault: fault === 'elsewhere' ? redirectElsewhere(sessions) : fault };
  if (times === undefined) home.server()?.fault(rule);
  else for (const { sessionId } of sessions) home.server()?.fault({ ...rule, sessionId, times });
  return home;
}

/** 307 keeps method, headers and body: whoever follows it gives the session away. */
function redirectElsewhere([first]: readonly Session[]): Fault {
  // Another name as well as another port.
  const host = `localhost:${new URL(elsewhere.url).port}`;
  const site = first?.fqSiteName ?? '';
  const location = `http://${host}/engagement/api/agent/${site}/v1/logoff`;
  return { kind: 'redirect', status: 307, location };
}

/** Plays one cell: hand-ins, the cause, and, where the server works again, the next start. */
async function play(cell: Cell) {
  const planned = sessionsOf(cell);
  const home = await homeFor(cell.row, planned);
  const folder = await mkdtemp(path.join(MEMORY, 'signoff-cell-'));
  const app = appOnDisk(folder);
  try {
    const first = app.start();
    const held = planned.map((session) => first.hold({ ...session, server: home.url }));
    home.goneFrom?.();
    const { result: signedOff, kept } = await withinBudget(PROMISED_MS[cell.cause], () =>
      first.signOff(cell.cause),
    );
    const stillHeld = first.held();
    const onDisk = app.onDisk();
    const receipts = await app.receipts.page({ after: null, limit: 10_000, filter: ALL_RESULTS });
    const received = [...(home.server()?.received ?? [])];
    home.server()?.clearFaults();

    const next = app.start();
    const canEnd = home.server() !== null && cell.row.home !== 'wrong-certificate';
    const later = canEnd ? await next.signOff('leftover') : null;
    return {
      held,
      ...signedOff,
      kept,
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
    };
  } finally {
    await Promise.all([home.close(), rm(folder, { recursive: true, force: true })]);
  }
}

/** The outcomes that are right for a session: one, but at the very edge of what time allows. */
function rightOutcomes(cell: Cell, played: Played, receipt: Receipt): Outcome[] {
  const { row, cause } = cell;
  if (row.takesMs !== undefined) {
    const spare = PROMISED_MS[cause] - startsAfter(cell, receipt, row.takesMs) - row.takesMs;
    if (spare < 0) return ['timed-out'];
    return spare < PROMPT_MS ? [row.outcome, 'timed-out'] : [row.outcome];
  }
  // The last of many tries may be on its way when the time is up.
  const timeIsUp = played.startedAt + PROMISED_MS[cause] - CLOCK_GRAIN_MS;
  const cutOff = mayTryOn(row) && Date.parse(receipt.finishedAt) >= timeIsUp;
  return cutOff ? [row.outcome, 'timed-out'] : [row.outcome];
}

/** Logoffs wait for the engagements before them, no longer than a third of the budget; but not at a shutdown. */
function startsAfter({ held, cause }: Cell, { kind }: Receipt, engagementTakesMs: number): number {
  const waits = kind === 'agent' && held.engagements > 0 && cause !== 'shutdown';
  return waits ? Math.min(engagementTakesMs, PROMISED_MS[cause] / 3) : 0;
}

function fewestTries(cell: Cell, receipt: Receipt): number {
  const { row, cause } = cell;
  if (row.home === 'returning') {
    return startsAfter(cell, receipt, BACK_AFTER_MS) < BACK_AFTER_MS - PROMPT_MS ? 2 : 1;
  }
  const hasTime = row.tries === 'some' && PROMISED_MS[cause] > 2 * ATTEMPT_MS;
  return row.tries === 'more' || hasTime ? 2 : 1;
}

function mayTryOn({ tries, outcome }: Row): boolean {
  return tries !== 'one' && !isOver(outcome);
}

function isOver(outcome: Outcome): boolean {
  return outcome === 'ended' || outcome === 'already-over';
}

function owedAfter({ receipts }: Pick<Played, 'receipts'>): ReadonlyMap<string, Receipt> {
  const retries = receipts.filter(({ outcome }) => !isOver(outcome));
  return new Map(retries.map((receipt) => [receipt.heldId, receipt]));
}

/** One receipt for each session, which says what the table says. */
function checkOutcomes(cell: Cell, played: Played): void {
  const { held, receipts } = played;
  expect(sorted(receipts.map(({ heldId }) => heldId))).toEqual(sorted(held.map(({ id }) => id)));
  for (const receipt of receipts) {
    expect(rightOutcomes(cell, played, receipt)).toContain(receipt.outcome);
    expect(receipt.cause).toBe(cell.cause);
    expect(receipt.forced).toBe(receipt.kind === 'agent' && cell.cause !== 'asked');
    expect(receipt.attempts).toBeGreaterThanOrEqual(fewestTries(cell, receipt));
    expect(receipt.attempts).toBeLessThanOrEqual(cell.row.tries === 'one' ? 1 : Infinity);
  }
}

/** Exactly what is owed is held, and in the file, with the number that its last request had. */
function checkVault(played: Played): void {
  const retries = owedAfter(played);
  const expected = played.held
    .filter(({ id }) => retries.has(id))
    .map((session) => ({ ...session, lastSequenceNumber: retries.get(session.id)?.attempts }));
  expect(played.stillHeld).toEqual(expected);
  expect(played.onDisk).toEqual({ held: expected, setAside: null });
  expect(played.faults).toEqual([]);
}

/** The receipts on the disk are those that were given back, each of them once. */
function checkReceipts({ receipts, receiptsOnDisk }: Played): void {
  const byId = (list: readonly Receipt[]): Receipt[] =>
    list.toSorted((a, b) => a.id.localeCompare(b.id));
  expect(receiptsOnDisk.unreadable).toBe(0);
  expect(byId(receiptsOnDisk.receipts)).toEqual(byId(receipts));
}

/** Every request is as the API pages have it, and at the one server that its session lives on. */
function checkRequests({ cause, row }: Cell, { held, received, later }: Played): void {
  const site = `/${held[0]?.fqSiteName}/`;
  expect(elsewhere.received.filter(({ target }) => target.includes(site))).toEqual([]);
  expect(row.home === 'wrong-certificate' ? received : []).toEqual([]);
  const kinds = new Map(held.map(({ sessionId, kind }) => [sessionId, kind]));
  for (const { problems, sessionId, forced } of received) {
    expect(problems).toEqual([]);
    expect(kinds.get(sessionId ?? '')).toBe(forced === null ? 'engagement' : 'agent');
    expect(forced ?? cause !== 'asked').toBe(cause !== 'asked');
  }
  expect(later?.received.flatMap(({ problems }) => problems) ?? []).toEqual([]);
}

/** After the answer that confirmed it nothing was sent for a session: not then, and not by the next start. */
function checkConfirmed({ held, receipts, received, later }: Played): void {
  const requests = Map.groupBy(received, ({ sessionId }) => sessionId ?? '');
  const afterwards = new Set(later?.received.map(({ sessionId }) => sessionId));
  const retries = owedAfter({ receipts });
  for (const { sessionId } of held.filter(({ id }) => !retries.has(id))) {
    const mine = requests.get(sessionId) ?? [];
    const answered = mine.filter(({ status }) => status !== null);
    expect(answered).toHaveLength(1);
    expect(mine.at(-1)).toBe(answered[0]);
    expect(afterwards.has(sessionId)).toBe(false);
  }
}

/** The server saw every attempt that the receipts tell of, but for one that the deadline cut off. */
function checkAttempts({ row }: Cell, { held, receipts, received, later }: Played): void {
  if (row.home !== undefined) return;
  const requests = Map.groupBy(
    [...received, ...(later?.received ?? [])],
    ({ sessionId }) => sessionId ?? '',
  );
  const byHeldId = Map.groupBy([...receipts, ...(later?.receipts ?? [])], ({ heldId }) => heldId);
  const lost = held.flatMap(({ id, sessionId }) => {
    const mine = byHeldId.get(id) ?? [];
    const attempts = mine.reduce((sum, receipt) => sum + receipt.attempts, 0);
    const missing = attempts - (requests.get(sessionId)?.length ?? 0);
    const mayMiss = mine[0]?.outcome === 'timed-out' ? 1 : 0;
    return missing === 0 || missing === mayMiss ? [] : [{ id, missing }];
  });
  expect(lost).toEqual([]);
}

/** The next start, with a server that works: all that is owed ends, and then nothing is held. */
function checkNextStart({ receipts, later }: Played): void {
  if (later === null) return;
  const retries = owedAfter({ receipts }).keys();
  expect(sorted(later.receipts.map(({ heldId }) => heldId))).toEqual(sorted([...retries]));
  expect(later.receipts.filter(({ outcome }) => !isOver(outcome))).toEqual([]);
  expect(later.onDisk).toEqual({ held: [], setAside: null });
}

function sorted(ids: readonly string[]): string[] {
  return ids.toSorted((a, b) => a.localeCompare(b));
}

describe('every cause, every fault, whatever is held:', () => {
  test.concurrent.for(CELLS)('$name', async (cell) => {
    const played = await gate.run(weightOf(cell), () => play(cell));
    checkOutcomes(cell, played);
    checkVault(played);
    checkReceipts(played);
    checkRequests(cell, played);
    checkConfirmed(played);
    checkAttempts(cell, played);
    checkNextStart(played);
    expect(played.kept.tookMs).toBeLessThan(played.kept.mostMs);
  });
});
