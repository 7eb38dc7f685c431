import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isOver, type Receipt } from '../../main/results/receipt.ts';
import { describeRequest } from '../../simulator/received-request.ts';
import type { ReceivedRequest } from '../../simulator/practice-server.ts';
import { type Failure, type Ledger, type Life, onServer, stillOpen } from './ledger.ts';
import type { Stage } from './stage.ts';

/** What an answer may take to reach the app, and a confirmed session to leave the vault. */
const HEARD_WITHIN_MS = 1_000;
const WRITTEN_WITHIN_MS = 1_000;

/** All that must not have been, once everything is over. `receipts` are all that the app has. */
export async function judge(
  stage: Stage,
  ledger: Ledger,
  receipts: readonly Receipt[],
): Promise<Failure[]> {
  return [
    ...stillOpen(stage.server, ledger).map(({ name }) => ({
      round: null,
      what: `${name} never ended`,
    })),
    ...brokenRules(stage, ledger),
    ...sentAgain(stage, ledger, receipts),
    ...falseReceipts(stage, ledger, receipts),
    ...faultsLogged(stage, ledger),
    ...(await leaks(stage, ledger)),
  ];
}

function brokenRules(stage: Stage, ledger: Ledger): Failure[] {
  const broken = stage.server.received.filter(({ problems }) => problems.length > 0);
  return [
    ...broken.map((request) => ({
      round: roundAt(request.at, ledger),
      what: `a request broke the API pages' rules: ${describeRequest(request)}`,
    })),
    ...stage.elsewhere.received.map((request) => ({
      round: roundAt(request.at, ledger),
      what: `a redirect was followed to another host: ${describeRequest(request)}`,
    })),
  ];
}

/** What the server confirmed while the app was there to hear it is sent no more, and has its receipt. */
function sentAgain(stage: Stage, ledger: Ledger, receipts: readonly Receipt[]): Failure[] {
  const { received } = stage.server;
  return received.flatMap((request, index) => {
    const entry = ledger.entries.find(({ sessionId }) => sessionId === request.sessionId);
    if (entry === undefined || !wasHeard(request, stage, ledger)) return [];
    const again = received.slice(index + 1).find(({ sessionId }) => sessionId === entry.sessionId);
    const hasReceipt = receipts.some(
      ({ label, outcome }) => label === entry.name && isOver(outcome),
    );
    return [
      ...(again === undefined
        ? []
        : [
            {
              round: roundAt(again.at, ledger),
              what: `${entry.name} was over and sent again: ${describeRequest(again)}`,
            },
          ]),
      ...(hasReceipt
        ? []
        : [
            {
              round: roundAt(request.at, ledger),
              what: `${entry.name} is over and has no receipt of it`,
            },
          ]),
    ];
  });
}

/** Whether the server said that the session is over, and the app cannot but have heard and noted it. */
function wasHeard(request: ReceivedRequest, stage: Stage, { lives }: Ledger): boolean {
  const { call, status, fault, at, sessionId, target } = request;
  // The other faults answer something else, or slowly.
  const ends = call === 'logoff' || call === 'concludeEngagement';
  // One that began here and is unknown in a pool may be in another.
  const mayHaveMoved =
    target.includes('pool=') &&
    stage.server.agents.some(
      ({ session, signedIn }) => signedIn && session.sessionId === sessionId,
    );
  const confirms =
    ends &&
    (fault === null || fault === 'delay' || fault === 'empty') &&
    status !== null &&
    ((status >= 200 && status < 300) || (status === 403 && !mayHaveMoved));
  const settledAt = stage.settledAt(request);
  const life = lives.find(({ startedAt, endedAt }) => startedAt <= at && at <= endedAt);
  if (!confirms || settledAt === undefined || life === undefined) return false;
  return settledAt < lastHeard(request, life);
}

function lastHeard(
  { forced }: ReceivedRequest,
  { leftAt, cutOffAt, endedAt, killed }: Life,
): number {
  if (killed) return endedAt - WRITTEN_WITHIN_MS;
  // What is not forced may be given up as soon as there is a reason to force.
  return (forced === false ? leftAt : cutOffAt) - HEARD_WITHIN_MS;
}

function falseReceipts(stage: Stage, ledger: Ledger, receipts: readonly Receipt[]): Failure[] {
  const over = receipts.filter(({ outcome }) => isOver(outcome));
  return over.flatMap(({ label, outcome, finishedAt }) => {
    const entry = ledger.entries.find(({ name }) => name === label);
    if (entry !== undefined && onServer(stage.server, entry).over) return [];
    const what = `${label} has a receipt '${outcome}', and is open on the server`;
    return [{ round: roundAt(Date.parse(finishedAt), ledger), what }];
  });
}

/**
 * Besides its start, its end, sign-ins and sign-offs the app logs nothing as long as nothing fails that
 * should not; a sign-in fails only where it meets a fault.
 */
function faultsLogged({ server }: Stage, ledger: Ledger): Failure[] {
  return ledger.lives.flatMap(({ round, startedAt, endedAt, log }) => {
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

const GOOD_EVENT = /"event":"(ready|going|signed-off|not-signed-off|sign.*|presence.*|activity.*)"/;
const SIGN_IN_CALLS: ReadonlySet<ReceivedRequest['call']> = new Set([
  'serviceSettings',
  'agentTokens',
  'createAutomatedAgentSession',
  'setActivityStatus',
]);

/** No part of a session id past what masks it may stand where people, or other programs, read. */
async function leaks(stage: Stage, ledger: Ledger): Promise<Failure[]> {
  const files = await readdir(stage.dataDir, { recursive: true, withFileTypes: true });
  const places = [
    { place: 'the command line', text: stage.printed.join('\n') },
    ...ledger.lives.map(({ round, log }) => ({ place: `the log of round ${round}`, text: log })),
    ...(await Promise.all(
      files
        .filter((file) => file.isFile())
        .map(async ({ parentPath, name }) => ({
          place: `the file ${name}`,
          text: await readFile(path.join(parentPath, name), 'latin1'),
        })),
    )),
  ];
  const secrets = [
    ...ledger.entries.map(({ name, sessionId }) => ({
      what: `the session id of ${name}`,
      secret: sessionId.slice(4),
    })),
    ...ledger.signedIn.map(({ accountId, password }) => ({
      what: `the password of account ${accountId}`,
      secret: password,
    })),
  ];
  return places.flatMap(({ place, text }) =>
    secrets
      .filter(({ secret }) => text.includes(secret))
      .map(({ what }) => ({ round: null, what: `${what} stands in ${place}` })),
  );
}

function roundAt(at: number, { lives }: Ledger): number | null {
  return lives.find(({ startedAt, endedAt }) => startedAt <= at && at <= endedAt)?.round ?? null;
}
