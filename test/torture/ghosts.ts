import { SLACK_MS } from './departure.ts';
import {
  type Entry,
  heldEntries,
  type Ledger,
  type Life,
  onServer,
  type ServerAccount,
} from './ledger.ts';
import type { Cause } from './plan.ts';

/** A session that stayed on the server after its agent had left. */
export interface Ghost {
  readonly name: string;
  readonly cause: Cause;
  /** From the cause to the server's own end of the session. */
  readonly ms: number;
  /** Whether it was over when the app had gone. */
  readonly inTime: boolean;
  /** Whether no fault was put in its way. */
  readonly faultless: boolean;
  /** The most that it may have stayed, and the round that this follows from; null where nothing bounds it. */
  readonly bound: { readonly ms: number; readonly round: number | null } | null;
}

/**
 * What a start may take to end what it finds: the app's own start, and the third of the leftovers' 30 s for
 * which logoffs wait for engagements. The rest is for a busy machine.
 */
const TAKEN_UP_WITHIN_MS = 20_000;

/** A session that was over before its agent left, because they had signed it off, is no ghost. */
export function ghostsOf(account: ServerAccount, ledger: Ledger): Ghost[] {
  return heldEntries(account, ledger).flatMap((entry) => {
    const { overAt } = onServer(account, entry);
    const { name, left } = entry;
    if (left === null || overAt === null || overAt < left.at) return [];
    const due = dueOf(entry, left.at, account, ledger);
    return [
      {
        name,
        cause: left.cause,
        ms: overAt - left.at,
        inTime: overAt <= left.goneAt,
        faultless: !metFault(entry, account, -Infinity, Infinity),
        bound: due === null ? null : { ms: due.at - left.at, round: due.round },
      },
    ];
  });
}

/**
 * When a session had to be over at the latest: in the first run of the app, from the one that its agent left
 * on, in which no fault met it and which had the time to end it.
 */
function dueOf(
  entry: Entry,
  leftAt: number,
  account: ServerAccount,
  { lives }: Ledger,
): { readonly at: number; readonly round: number | null } | null {
  for (const life of lives) {
    if (life.endedAt < leftAt || metFault(entry, account, life.startedAt, life.endedAt)) continue;
    const at = dueIn(life, leftAt);
    if (at !== null) return { at, round: life.round };
  }
  return null;
}

/** Null where the run was killed before it had to be through. */
function dueIn(life: Life, leftAt: number): number | null {
  const { startedAt, cutOffAt, endedAt, killed } = life;
  const takenUpBy = startedAt > leftAt ? startedAt + TAKEN_UP_WITHIN_MS : Infinity;
  if (killed) return takenUpBy <= endedAt ? takenUpBy : null;
  // An app that goes by itself has ended everything by then, so the order counts, too.
  return Math.min(takenUpBy, cutOffAt + SLACK_MS, endedAt);
}

function metFault(
  { sessionId }: Entry,
  { server }: ServerAccount,
  from: number,
  to: number,
): boolean {
  return server.received.some(
    (request) =>
      request.sessionId === sessionId &&
      request.fault !== null &&
      from <= request.at &&
      request.at <= to,
  );
}
