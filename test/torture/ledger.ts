import type { PracticeServer, PracticeSession } from '../../simulator/practice-server.ts';
import type { Cause } from './plan.ts';

/** What is known of a session apart from the app and the server. */
export interface Entry {
  /** Its label. */
  readonly name: string;
  readonly sessionId: string;
  /** Whether its hand-in was acknowledged, or a sign-in created it: from then on it has to end. */
  held: boolean;
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

export function newLedger(): Ledger {
  return { entries: [], signedIn: [], lives: [], failures: [] };
}

/** The session on the server that an entry is about. */
export function onServer(server: PracticeServer, entry: Entry): PracticeSession {
  const session = server.sessions.find(({ sessionId }) => sessionId === entry.sessionId);
  if (session === undefined) throw new Error(`The server does not know ${entry.name}.`);
  return session;
}

/** The sessions that were handed in and that the server has not ended. */
export function stillOpen(server: PracticeServer, ledger: Ledger): Entry[] {
  return ledger.entries.filter((entry) => entry.held && !onServer(server, entry).over);
}
