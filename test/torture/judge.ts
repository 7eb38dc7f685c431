import type { Outcome, Receipt } from '../../main/results/receipt.ts';
import { describeRequest } from '../../simulator/received-request.ts';
import type { PracticeServer, ReceivedRequest } from '../../simulator/practice-server.ts';
import { type Ghost, ghostsOf } from './ghosts.ts';
import {
  type Entry,
  type Failure,
  isWhole,
  lastHeard,
  type Ledger,
  lifeAt,
  onServer,
  type ServerAccount,
  wasTold,
} from './ledger.ts';

/** What is judged besides the ledger. */
export interface Evidence extends ServerAccount {
  /** Where redirects lead. */
  readonly elsewhere: Pick<PracticeServer, 'received'>;
  /** All that the app has. They are judged, not believed. */
  readonly receipts: readonly Receipt[];
  readonly places: readonly Place[];
}

/** Something that people, or other programs, read. */
export interface Place {
  readonly name: string;
  readonly text: string;
}

/** All that must not have been, once everything is over. */
export function judge(evidence: Evidence, ledger: Ledger): Failure[] {
  return [
    ...leftBehind(evidence, ledger),
    ...longGhosts(evidence, ledger),
    ...brokenRules(evidence, ledger),
    ...sentAgain(evidence, ledger),
    ...falseReceipts(evidence, ledger),
    ...faultsLogged(evidence, ledger),
    ...leaks(evidence, ledger),
  ];
}

/** Every session that the server has still, unless the app never knew of it. */
function leftBehind(evidence: Evidence, ledger: Ledger): Failure[] {
  return evidence.server.sessions.flatMap(({ sessionId, accountId, over }) => {
    if (over) return [];
    const entry = ledger.entries.find((other) => other.sessionId === sessionId);
    const isTold = wasTold(evidence, ledger, sessionId);
    if (entry?.acknowledged !== true && !isTold) return [];
    const name = entry?.name ?? `a session that a sign-in created for account ${accountId}`;
    return [{ round: null, what: `${name} never ended` }];
  });
}

function longGhosts(evidence: Evidence, ledger: Ledger): Failure[] {
  return ghostsOf(evidence, ledger).flatMap(({ name, cause, ms, bound }: Ghost) => {
    if (bound === null || ms <= bound.ms) return [];
    const what = `${name} was a ghost for ${ms} ms after its agent left by ${cause}, and may be for ${bound.ms} ms`;
    return [{ round: bound.round, what }];
  });
}

function brokenRules({ server, elsewhere }: Evidence, { lives }: Ledger): Failure[] {
  const broken = server.received.filter(({ problems }) => problems.length > 0);
  return [
    ...broken.map((request) => ({
      round: roundAt(request.at, lives),
      what: `a request broke the API pages' rules: ${describeRequest(request)}`,
    })),
    ...elsewhere.received.map((request) => ({
      round: roundAt(request.at, lives),
      what: `a redirect was followed to another host: ${describeRequest(request)}`,
    })),
  ];
}

/** What the server confirmed while the app was there to hear it is sent no more, and has its receipt. */
function sentAgain(evidence: Evidence, ledger: Ledger): Failure[] {
  const { server, receipts } = evidence;
  return ledger.entries.flatMap((entry) => {
    const requests = server.received.filter(({ sessionId }) => sessionId === entry.sessionId);
    const confirmedAt = requests.findIndex((request) => confirms(request, entry, evidence, ledger));
    const confirmed = requests[confirmedAt];
    if (confirmed === undefined) return [];
    const hasReceipt = receipts.some(
      ({ label, outcome }) => label === entry.name && OVER.has(outcome),
    );
    return [
      ...requests.slice(confirmedAt + 1).map((again) => ({
        round: roundAt(again.at, ledger.lives),
        what: `${entry.name} was over and sent again: ${describeRequest(again)}`,
      })),
      ...(hasReceipt
        ? []
        : [
            {
              round: roundAt(confirmed.at, ledger.lives),
              what: `${entry.name} is over and has no receipt of it`,
            },
          ]),
    ];
  });
}

/** Whether the server, having ended the session, said so, and the app cannot but have heard and noted it. */
function confirms(
  request: ReceivedRequest,
  entry: Entry,
  evidence: Evidence,
  { lives }: Ledger,
): boolean {
  const { call, at, forced } = request;
  if (call !== 'logoff' && call !== 'concludeEngagement') return false;
  if (!isWhole(request) || !saysOver(request)) return false;
  const { overAt } = onServer(evidence, entry);
  const settledAt = evidence.settledAt(request);
  const life = lifeAt(lives, at);
  if (overAt === null || settledAt === undefined || life === undefined) return false;
  // What is not forced may be given up as soon as there is a reason to force.
  const heardBy = lastHeard(forced === false ? { ...life, cutOffAt: life.leftAt } : life);
  return overAt <= settledAt && settledAt < heardBy;
}

function saysOver({ call, status, pool }: ReceivedRequest): boolean {
  if (status !== 403) return status !== null && status >= 200 && status < 300;
  // An agent session that is unknown in a pool may be in another, so it is asked for without.
  return call !== 'logoff' || pool === null;
}

/** What a receipt may say of a session that is over; by hand, so that the app's own reading is not trusted. */
const OVER: ReadonlySet<Outcome> = new Set<Outcome>(['ended', 'already-over']);
/** The app reckons some times from another clock. */
const CLOCK_TOLERANCE_MS = 50;

/** A receipt that a session is over is true only once the server has ended it. */
function falseReceipts(evidence: Evidence, ledger: Ledger): Failure[] {
  return evidence.receipts.flatMap(({ label, outcome, finishedAt }) => {
    if (!OVER.has(outcome)) return [];
    const at = Date.parse(finishedAt);
    const ends = ledger.entries
      .filter(({ name }) => name === label)
      .flatMap((entry) => onServer(evidence, entry).overAt ?? []);
    if (ends.some((overAt) => overAt <= at + CLOCK_TOLERANCE_MS)) return [];
    const truth =
      ends.length === 0
        ? 'is open on the server'
        : `the server ended it ${Math.min(...ends) - at} ms later`;
    const what = `${label} has a receipt '${outcome}', and ${truth}`;
    return [{ round: roundAt(at, ledger.lives), what }];
  });
}

/**
 * Besides its start, its end, sign-ins and sign-offs the app logs nothing as long as nothing fails that
 * should not; a sign-in fails only where it meets a fault.
 */
function faultsLogged({ server }: Evidence, { lives }: Ledger): Failure[] {
  return lives.flatMap(({ round, startedAt, endedAt, log }) => {
    const mayFail = server.received.some(
      ({ at, call, fault }) =>
        startedAt <= at && at <= endedAt && fault !== null && SIGN_IN_CALLS.has(call),
    );
    return log
      .split('\n')
      .filter(
        (line) =>
          line.includes('"event":') &&
          !GOOD_EVENT.test(line) &&
          !(mayFail && line.includes('"event":"not-signed-in"')),
      )
      .map((line) => ({ round, what: `it logged ${line}` }));
  });
}

const GOOD_EVENT =
  /"event":"(ready|going|signed-off|not-signed-off|sign.*|presence.*|activity.*|chat-offered)"/;
const SIGN_IN_CALLS: ReadonlySet<ReceivedRequest['call']> = new Set([
  'serviceSettings',
  'agentTokens',
  'createAutomatedAgentSession',
  'setActivityStatus',
]);

/** No part of a session id past what masks it may stand in any place. */
function leaks({ places }: Evidence, { entries, signedIn }: Ledger): Failure[] {
  const secrets = [
    ...entries.map(({ name, sessionId }) => ({
      what: `the session id of ${name}`,
      secret: sessionId.slice(4),
    })),
    ...signedIn.map(({ accountId, password }) => ({
      what: `the password of account ${accountId}`,
      secret: password,
    })),
  ];
  return places.flatMap((place) =>
    secrets
      .filter(({ secret }) => place.text.includes(secret))
      .map(({ what }) => ({ round: null, what: `${what} stands in ${place.name}` })),
  );
}

function roundAt(at: number, lives: Ledger['lives']): number | null {
  return lifeAt(lives, at)?.round ?? null;
}
