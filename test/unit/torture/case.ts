import type { Receipt } from '../../../main/results/receipt.ts';
import type { PracticeAgent } from '../../../simulator/sessions.ts';
import type { PracticeSession, ReceivedRequest } from '../../../simulator/practice-server.ts';
import type { Evidence } from '../../torture/judge.ts';
import type { Entry, Ledger, Life } from '../../torture/ledger.ts';
import { receipt } from '../../support/receipts.ts';

/** All that a case is judged by. Times are milliseconds from its beginning. */
export interface Case {
  readonly ledger: Ledger;
  readonly evidence: Evidence;
}

const BEGINNING = Date.UTC(2026, 10, 30);
export const NAME = 'round 1, agent 1';
export const SESSION_ID = 'node0round1agent1secret';
/** What the server takes to answer. */
const ANSWERS_AFTER_MS = 20;

const at = (ms: number): number => BEGINNING + ms;

/** A run of the app in which a signal ends it in good time. */
export function life(
  change: Partial<Omit<Life, 'startedAt' | 'leftAt' | 'endedAt'>> & {
    from?: number;
    left?: number;
    to?: number;
  } = {},
): Life {
  const { from = 0, left = 5_000, to = 6_000, ...rest } = change;
  return {
    round: 1,
    startedAt: at(from),
    leftAt: at(left),
    cutOffAt: at(left + 4_000),
    endedAt: at(to),
    killed: false,
    log: '',
    ...rest,
  };
}

/** The run that ends what is left, from so many milliseconds on. */
export function lastLife(from = 7_000, lasts = 30_000): Life {
  return life({ round: null, from, left: from + lasts - 1_000, to: from + lasts });
}

export function entry(change: Partial<Entry> = {}): Entry {
  return {
    name: NAME,
    sessionId: SESSION_ID,
    acknowledged: true,
    left: { cause: 'SIGTERM', at: at(5_000), goneAt: at(6_000) },
    ...change,
  };
}

/** The session that the entry is about, over after so many milliseconds; null for one that is not. */
export function session(over: number | null, sessionId = SESSION_ID): PracticeSession {
  return {
    kind: 'agent',
    fqSiteName: 'site',
    accountId: '12',
    sessionId,
    over: over !== null,
    overAt: over === null ? null : at(over),
  };
}

export function signedIn(created: PracticeSession): PracticeAgent {
  return {
    session: created,
    signedIn: true,
    mustPoll: true,
    polling: false,
    lastPollAt: null,
    status: 'NONE',
    subTypeId: null,
    endedBy: null,
  };
}

export function request(ms: number, change: Partial<ReceivedRequest> = {}): ReceivedRequest {
  return {
    at: at(ms),
    monotonicMs: ms,
    call: 'logoff',
    method: 'POST',
    target: '/logoff',
    httpVersion: '1.1',
    rawHeaders: [],
    body: '',
    sessionId: SESSION_ID,
    pool: null,
    createdSessionId: null,
    forced: true,
    problems: [],
    answeredAt: at(ms),
    status: 200,
    fault: null,
    ...change,
  };
}

/** A receipt that is finished after so many milliseconds. */
export function receiptAt(ms: number, change: Partial<Receipt> = {}): Receipt {
  return receipt({ label: NAME, finishedAt: new Date(at(ms)).toISOString(), ...change });
}

/** One round that went well, and what is planted in it: an agent leaves by a signal and is signed off at once. */
export function caseOf(
  planted: {
    lives?: Life[];
    entries?: Entry[];
    sessions?: PracticeSession[];
    agents?: PracticeAgent[];
    received?: ReceivedRequest[];
    receipts?: Receipt[];
    elsewhere?: ReceivedRequest[];
    printed?: string;
    /** What the server takes to answer, in milliseconds. */
    answersAfterMs?: number;
  } = {},
): Case {
  const { lives = [life(), lastLife()], entries = [entry()], agents = [] } = planted;
  const { sessions = [session(5_110)], received = [request(5_100)], elsewhere = [] } = planted;
  const { receipts = [receiptAt(5_130)], printed = 'Signed off.' } = planted;
  const { answersAfterMs = ANSWERS_AFTER_MS } = planted;
  const password = 'a password';
  return {
    ledger: { entries, signedIn: [{ accountId: '1001', password }], lives, failures: [] },
    evidence: {
      server: { sessions, agents, received },
      elsewhere: { received: elsewhere },
      settledAt: (settled) => settled.at + answersAfterMs,
      receipts,
      places: [{ name: 'the command line', text: printed }],
    },
  };
}
