import type { PracticeSession, ReceivedRequest } from '../../simulator/practice-server.ts';

/** What a server itself has on record, with nothing in it of what the app says. */
export interface ServerAccount {
  readonly sessions: readonly Pick<PracticeSession, 'sessionId' | 'over' | 'overAt'>[];
  readonly requests: readonly ServerRequest[];
}
export type ServerRequest = Pick<
  ReceivedRequest,
  'at' | 'call' | 'sessionId' | 'pool' | 'createdSessionId' | 'status' | 'answeredAt' | 'fault'
>;

/** What the app says. Times are epoch milliseconds. */
export interface AppAccount {
  readonly receipts: readonly {
    readonly sessionId: string;
    readonly outcome: string;
    readonly finishedAt: number;
  }[];
  /** The session ids that a next start would find. */
  readonly onDisk: readonly string[];
  /** One for each sign-off: when its cause came, and when it had to be over. */
  readonly signOffs: readonly SignOffTime[];
}

export interface SignOffTime {
  readonly causeAt: number;
  readonly deadline: number;
  readonly endedAt: number;
}

export interface Allowance {
  /**
   * How long after the first cause that session may be open on the server, in milliseconds. Null where its
   * server cannot end it as long as that sign-off goes on.
   */
  readonly ghostMs: (sessionId: string) => number | null;
  /** Sessions that the app may let go although they are open, such as one that the agent was asked about. */
  readonly mayLeave?: number;
  /** An answer takes this to be heard: one that was sent in the last moment may be missed. */
  readonly hearingMs: number;
  /** What a machine may be late; none on a clock that a test moves. */
  readonly slackMs: number;
}

/** The record as it is now: what a practice server gives out goes on changing. */
export function accountOf(
  server: {
    readonly sessions: ServerAccount['sessions'];
    readonly received: readonly ServerRequest[];
  } | null,
): ServerAccount {
  const sessions = server?.sessions ?? [];
  const requests = server?.received ?? [];
  return {
    sessions: sessions.map(({ sessionId, over, overAt }) => ({ sessionId, over, overAt })),
    requests: requests.map(
      ({ at, call, sessionId, pool, createdSessionId, status, answeredAt, fault }) => ({
        at,
        call,
        sessionId,
        pool,
        createdSessionId,
        status,
        answeredAt,
        fault,
      }),
    ),
  };
}

/** What the server's account and the app's together show to be wrong, in words; nothing, if all is well. */
export function judge(server: ServerAccount, app: AppAccount, allowed: Allowance): string[] {
  return [
    ...leftBehind(server, app, allowed),
    ...saidTooEarly(server, app),
    ...sentAgain(server, app, allowed),
    ...heldForNothing(server, app, allowed),
    ...tooLong(server, app, allowed),
    ...overBudget(app, allowed),
  ];
}

/** What the server has not ended has to be in the vault. */
function leftBehind(server: ServerAccount, app: AppAccount, { mayLeave = 0 }: Allowance): string[] {
  const created = new Set(server.requests.map(({ createdSessionId }) => createdSessionId));
  const left = server.sessions.filter(
    ({ sessionId, over }) =>
      !over && !app.onDisk.includes(sessionId) && deniedAt(server, sessionId) === null,
  );
  if (left.length <= mayLeave) return [];
  return left.map(({ sessionId }) =>
    created.has(sessionId)
      ? `${sessionId} was created by a sign-in, is open on the server, and the vault has nothing of it`
      : `${sessionId} is open on the server, and the vault has let it go`,
  );
}

/** A receipt may not say that a session is over before the server has ended it, or denied having it. */
function saidTooEarly(server: ServerAccount, { receipts }: AppAccount): string[] {
  return receipts.flatMap(({ sessionId, outcome, finishedAt }) => {
    if (outcome !== 'ended' && outcome !== 'already-over') return [];
    const overAt = server.sessions.find((session) => session.sessionId === sessionId)?.overAt;
    const denied = outcome === 'ended' ? null : deniedAt(server, sessionId);
    const saidAt = Math.min(overAt ?? Infinity, denied ?? Infinity);
    if (saidAt <= finishedAt) return [];
    const then =
      saidAt === Infinity ? 'which the server never did' : `${saidAt - finishedAt} ms early`;
    return [`${sessionId} has a receipt that says '${outcome}', ${then}`];
  });
}

/** After an answer that said that a session is over, nothing may be sent for it. */
function sentAgain(server: ServerAccount, app: AppAccount, allowed: Allowance): string[] {
  return bySession(server.requests).flatMap(([sessionId, requests]) => {
    const first = requests.findIndex((request) => isConfirmation(request, server, app, allowed));
    const later = first === -1 ? [] : requests.slice(first + 1);
    if (later.length === 0) return [];
    const calls = later.map(({ call }) => call ?? 'an unknown call').join(', ');
    return [`${sessionId} was confirmed to be over, and sent again: ${calls}`];
  });
}

/** What the server has ended, and said so in time, has nothing to do in the vault any more. */
function heldForNothing(server: ServerAccount, app: AppAccount, allowed: Allowance): string[] {
  return bySession(server.requests)
    .filter(
      ([sessionId, requests]) =>
        app.onDisk.includes(sessionId) &&
        requests.some((request) => isConfirmation(request, server, app, allowed)),
    )
    .map(([sessionId]) => `${sessionId} was confirmed to be over, and the vault still has it`);
}

/** The time from the cause to the server's own end, or until now. */
function tooLong(server: ServerAccount, { signOffs }: AppAccount, allowed: Allowance): string[] {
  const [first] = signOffs;
  const now = signOffs.at(-1)?.endedAt;
  if (first === undefined || now === undefined) return [];
  return server.sessions.flatMap(({ sessionId, overAt }) => {
    const most = allowed.ghostMs(sessionId);
    if (most === null) {
      return overAt !== null && overAt < first.endedAt
        ? [`${sessionId} is over on a server that should not have been able to end it`]
        : [];
    }
    const openFor = (overAt ?? now) - first.causeAt;
    return openFor <= most + allowed.slackMs
      ? []
      : [
          `${sessionId} was open on the server for ${openFor} ms after its agent had left: ${most} ms are allowed`,
        ];
  });
}

function overBudget({ signOffs }: AppAccount, { slackMs }: Allowance): string[] {
  return signOffs
    .filter(({ deadline, endedAt }) => endedAt > deadline + slackMs)
    .map(
      ({ deadline, endedAt }) => `a sign-off took ${endedAt - deadline} ms more than its budget`,
    );
}

/** Faults behind whose 2xx or 403 the request was really processed, and which leave that answer as it is. */
const HONEST: ReadonlySet<ServerRequest['fault']> = new Set([null, 'delay', 'drip']);
const ENDING: ReadonlySet<ServerRequest['call']> = new Set(['logoff', 'concludeEngagement']);

/** When the server first denied a session, whether it was over or not; null where it did not. */
function deniedAt({ requests }: ServerAccount, sessionId: string): number | null {
  const denial = requests.find(
    (request) =>
      request.sessionId === sessionId && isDenial(request) && request.answeredAt !== null,
  );
  return denial?.answeredAt ?? null;
}

/** The server denies that it knows the session. A poll is denied as well, though not with the last word. */
function isDenial({ call, fault }: ServerRequest): boolean {
  return (ENDING.has(call) || call === 'getMessages') && fault === 'unknown-session';
}

/** Whether a 403 may mean that the agent's session is in another pool: then it is asked for once more without one. */
function mayHaveMoved({ call, pool }: ServerRequest): boolean {
  return call === 'logoff' && pool !== null;
}

/**
 * Whether the answer to a request to end the session told the app, in time for it to hear, that it is over.
 * That is by the server's own record, as a 403 alone may mean that the session is unknown in one pool.
 */
function isConfirmation(
  request: ServerRequest,
  server: ServerAccount,
  { signOffs }: AppAccount,
  { hearingMs }: Allowance,
): boolean {
  const { at, answeredAt, call, status, sessionId, fault } = request;
  if (answeredAt === null || status === null || !ENDING.has(call)) return false;
  const current = signOffs.findLast(({ causeAt }) => causeAt <= at);
  if (current !== undefined && answeredAt + hearingMs > current.deadline) return false;
  if (status === 403 && mayHaveMoved(request)) return false;
  if (isDenial(request)) return true;
  const session = server.sessions.find((one) => one.sessionId === sessionId);
  const isOver = (session?.overAt ?? Infinity) <= answeredAt;
  const saysSo = status === 403 || (status >= 200 && status < 300);
  return isOver && saysSo && HONEST.has(fault);
}

function bySession(requests: readonly ServerRequest[]): [string, ServerRequest[]][] {
  const groups = Map.groupBy(requests, ({ sessionId }) => sessionId);
  return [...groups].flatMap(([sessionId, group]) =>
    sessionId === null ? [] : [[sessionId, group]],
  );
}
