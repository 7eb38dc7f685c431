import type {
  PracticeServer,
  PracticeSession,
  ReceivedRequest,
} from '../../simulator/practice-server.ts';
import type { Cause } from './plan.ts';

/** What is known of a session apart from the app and the server. */
export interface Entry {
  /** Its label. */
  readonly name: string;
  readonly sessionId: string;
  /** Whether the app has said that it holds it; a sign-in's session is the app's once it was told of it. */
  acknowledged: boolean;
  /** Why and when its agent left, and when the app had gone; null as long as both are there. */
  left: { readonly cause: Cause; readonly at: number; readonly goneAt: number } | null;
}

/** One run of the app, from its start to its end. */
export interface Life {
  /** The round that it was for; null for the last start, which only ends what is left. */
  readonly round: number | null;
  readonly startedAt: number;
  /** When it was first told to go. */
  readonly leftAt: number;
  /** The earliest at which what was under way then may have been given up. */
  readonly cutOffAt: number;
  readonly endedAt: number;
  readonly killed: boolean;
  readonly log: string;
}

/** Something that must not be, in words. */
export interface Failure {
  readonly round: number | null;
  readonly what: string;
}

/** A sign-in, whose session's id the server alone knows until it is over. */
export interface SignedIn {
  readonly accountId: string;
  /** Stands nowhere but in the request. */
  readonly password: string;
}

/** All that happened, to be judged. Times are epoch milliseconds. */
export interface Ledger {
  readonly entries: Entry[];
  readonly signedIn: SignedIn[];
  readonly lives: Life[];
  readonly failures: Failure[];
}

/** What the server itself says of its sessions and of what it was sent. */
export interface ServerAccount {
  readonly server: Pick<PracticeServer, 'sessions' | 'agents' | 'received'>;
  /** When the server was through with a request; undefined while it is not. */
  settledAt(request: ReceivedRequest): number | undefined;
}

export function newLedger(): Ledger {
  return { entries: [], signedIn: [], lives: [], failures: [] };
}

/** The session on the server that an entry is about. */
export function onServer({ server }: ServerAccount, entry: Entry): PracticeSession {
  const session = server.sessions.find(({ sessionId }) => sessionId === entry.sessionId);
  if (session === undefined) throw new Error(`The server does not know ${entry.name}.`);
  return session;
}

/** The entries that the app has to see to the end of: it has said so, or the server has told it of them. */
export function heldEntries(account: ServerAccount, ledger: Ledger): Entry[] {
  return ledger.entries.filter(
    ({ acknowledged, sessionId }) => acknowledged || wasTold(account, ledger, sessionId),
  );
}

/** Those of them that the server has not ended. */
export function stillOpen(account: ServerAccount, ledger: Ledger): Entry[] {
  return heldEntries(account, ledger).filter((entry) => !onServer(account, entry).over);
}

/**
 * Whether the id of a session that a sign-in created has reached the app, however late: its answer did, or
 * the app has used it. One whose answer was lost is nobody's to end.
 */
export function wasTold(account: ServerAccount, { lives }: Ledger, id: string): boolean {
  return account.server.received.some((request) => {
    if (request.sessionId === id) return true;
    const isAnswer = request.createdSessionId === id && request.status === 200 && isWhole(request);
    const settledAt = account.settledAt(request);
    const life = lifeAt(lives, request.at);
    if (!isAnswer || settledAt === undefined || life === undefined) return false;
    return settledAt < lastHeard(life);
  });
}

/** Whether the answer was the server's own; the other faults answer something else, or slowly. */
export function isWhole({ fault }: ReceivedRequest): boolean {
  return fault === null || fault === 'delay';
}

/** The run of the app that a request came from. */
export function lifeAt(lives: readonly Life[], at: number): Life | undefined {
  return lives.find(({ startedAt, endedAt }) => startedAt <= at && at <= endedAt);
}

/** What an answer may take to reach the app, and what it says to reach the disk. */
const HEARD_WITHIN_MS = 1_000;

/**
 * Until when the app cannot but have heard what it was answered, and noted it. One that goes by itself waits for
 * its answers.
 */
export function lastHeard({ cutOffAt, endedAt, killed }: Life): number {
  return (killed ? endedAt : cutOffAt) - HEARD_WITHIN_MS;
}
