import { type HeldSession, isSameSession, type Session } from './session.ts';
import { createListeners } from '../common/listeners.ts';
import { errorCode } from '../common/error-code.ts';
import type { VaultFile } from './vault-file.ts';

/**
 * The held sessions, on disk where the OS can encrypt them. A session is in it, durably, from the
 * acknowledgement of its hand-in until the server has said that it is over. So whatever is in it at a start
 * is left over from a crash or a quit.
 */
export interface Vault {
  /** False where sessions are held in memory only. */
  readonly durable: boolean;
  held(): readonly HeldSession[];
  find(id: string): HeldSession | undefined;
  /**
   * Holds a session durably. A session that is held already keeps its id and takes the newer pool and label.
   * `startedHere`: a sign-in in this app created it. Throws `VaultWriteError`, holding nothing.
   */
  hold(session: Session, startedHere?: boolean): HeldSession;
  /** Saves the session's new pool durably. Throws `VaultWriteError`, changing nothing. */
  movePool(id: string, pool: string): void;
  /** Removes a session that the server has confirmed to be over. */
  release(id: string): void;
  /** Saves the number of the session's last request. */
  noteSequenceNumber(id: string, sequenceNumber: number): void;
  /** Goes on holding these leftovers: from now on they belong to this login. */
  keep(ids: readonly string[]): void;
  /**
   * Sets the *resume* mark: a start before `until` (epoch milliseconds) goes on holding. Returns whether the
   * mark is on the disk.
   */
  markResume(until: number): boolean;
  /** Removes that mark, because the app has stayed. */
  unmarkResume(): void;
  /** Writes pending changes at once; a disk that is busy is tried for that many milliseconds. Never throws. */
  flush(busyLimitMs?: number): void;
  onChange(listener: () => void): void;
}

/** Delay of writes that need not be durable at once: one for each ended session would delay the others' requests. */
const WRITE_WITHIN_MS = 100;

/** The vault could not be written: the disk is full, read-only, or gone. The message is for people. */
export class VaultWriteError extends Error {
  constructor(cause: unknown, wasHeld: boolean) {
    const code = errorCode(cause) ?? 'unknown reason';
    const consequence = wasHeld ? 'it is held as it was before' : 'it is not held';
    super(`The session could not be saved to the disk (${code}), so ${consequence}.`);
  }
}

/** Creates a vault on a file, or in memory where `file` is null. */
export function createVault(parts: {
  file: VaultFile | null;
  /** This login to the operating system; null where unknown. */
  login: string | null;
  newId: () => string;
  now: () => number;
  /** A delayed change could not be written: its session is tried once more at the next start. */
  onWriteFault: (error: unknown) => void;
}): Vault {
  const { file, login, newId, now, onWriteFault } = parts;
  const listeners = createListeners();
  let held: readonly HeldSession[] = (file?.held ?? []).map((session) =>
    numberedOn(session, now()),
  );
  /** Each start begins without the mark. */
  let resumeUntil: number | null = null;
  /** Set while a change waits to be written. */
  let writeDue: NodeJS.Timeout | null = null;

  const changeTo = (next: readonly HeldSession[]): void => {
    held = next;
    listeners.notify();
  };
  /** Throws what the disk throws. */
  const write = (
    sessions: readonly HeldSession[],
    until: number | null,
    busyLimitMs?: number,
  ): void => {
    file?.write(sessions, until, busyLimitMs);
    if (writeDue !== null) clearTimeout(writeDue);
    writeDue = null;
  };
  const changeDurably = (next: readonly HeldSession[], wasHeld: boolean): void => {
    try {
      write(next, resumeUntil);
    } catch (error) {
      throw new VaultWriteError(error, wasHeld);
    }
    changeTo(next);
  };
  const flush = (busyLimitMs?: number): void => {
    if (writeDue === null) return;
    try {
      write(held, resumeUntil, busyLimitMs);
    } catch (error) {
      writeDue = null;
      onWriteFault(error);
    }
  };
  const writeSoon = (): void => {
    writeDue ??= setTimeout(() => flush(), WRITE_WITHIN_MS);
  };

  return {
    durable: file !== null,
    held: () => held,
    find: (id) => held.find((session) => session.id === id),
    hold(session, startedHere = false) {
      const known = held.find((other) => isSameSession(other, session));
      if (known === undefined) {
        const heldSince = now();
        const added = {
          ...session,
          id: newId(),
          heldSince,
          lastSequenceNumber: 0,
          login,
          startedHere,
        };
        changeDurably([...held, added], false);
        return added;
      }
      const isOurs = known.startedHere || startedHere;
      const updated = { ...refreshed(known, session), login, startedHere: isOurs };
      changeDurably(replaced(held, updated), true);
      return updated;
    },
    movePool(id, pool) {
      const session = held.find((other) => other.id === id);
      if (session !== undefined) changeDurably(replaced(held, { ...session, pool }), true);
    },
    release(id) {
      writeSoon();
      changeTo(held.filter((session) => session.id !== id));
    },
    noteSequenceNumber(id, sequenceNumber) {
      const session = held.find((other) => other.id === id);
      if (session === undefined) return;
      writeSoon();
      changeTo(replaced(held, { ...session, lastSequenceNumber: sequenceNumber }));
    },
    keep(ids) {
      if (ids.length === 0) return;
      writeSoon();
      changeTo(held.map((session) => (ids.includes(session.id) ? { ...session, login } : session)));
    },
    markResume(until) {
      if (file === null) return false;
      try {
        write(held, until);
        resumeUntil = until;
        return true;
      } catch (error) {
        onWriteFault(error);
        return false;
      }
    },
    unmarkResume() {
      if (resumeUntil === null) return;
      resumeUntil = null;
      writeSoon();
    },
    flush,
    onChange: (listener) => listeners.add(listener),
  };
}

/**
 * An app that was killed has not saved how far it had counted, and numbers must not fall. It sent fewer
 * requests than milliseconds have passed.
 */
function numberedOn(session: HeldSession, now: number): HeldSession {
  const { heldSince, lastSequenceNumber } = session;
  return { ...session, lastSequenceNumber: Math.max(lastSequenceNumber, now - heldSince) };
}

function replaced(held: readonly HeldSession[], session: HeldSession): readonly HeldSession[] {
  return held.map((other) => (other.id === session.id ? session : other));
}

function refreshed(known: HeldSession, handedIn: Session): HeldSession {
  const label = handedIn.label === '' ? known.label : handedIn.label;
  // The same for both kinds, but TypeScript cannot tell whose pool may be null without the distinction.
  if (known.kind === 'agent') return { ...known, label, pool: handedIn.pool ?? known.pool };
  return { ...known, label, pool: handedIn.pool ?? known.pool };
}
