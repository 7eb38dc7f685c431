import { type HeldSession, isSameSession, type Session } from './session.ts';
import { createListeners } from '../common/listeners.ts';
import type { VaultFile } from './vault-file.ts';

/**
 * The held sessions, on disk where the OS can encrypt them. A session is in it, durably, from the
 * moment its hand-in is acknowledged until the server has said that it is over: so whatever is in
 * it at the next start is what a crash or a quit left over.
 */
export interface Vault {
  /** False where sessions are held in memory only. */
  readonly durable: boolean;
  held(): readonly HeldSession[];
  find(id: string): HeldSession | undefined;
  /**
   * Holds a session; on return it is on the disk. A session that is held already keeps its id and
   * takes over the newer pool and label. `startedHere` says that a sign-in in this app created it.
   * Throws `VaultWriteError`, holding nothing, when the disk does not take it.
   */
  hold(session: Session, startedHere?: boolean): HeldSession;
  /**
   * Notes that the session is served by another pool from now on; on return it is on the disk. Throws
   * `VaultWriteError`, changing nothing, when the disk does not take it.
   */
  movePool(id: string, pool: string): void;
  /** Lets go of a session that the server has confirmed to be over. */
  release(id: string): void;
  /** Notes the number that the session's last request went out with. */
  noteSequenceNumber(id: string, sequenceNumber: number): void;
  /** Goes on holding these, which were found at the start: from now on they belong to this login. */
  keep(ids: readonly string[]): void;
  /**
   * Marks that the app goes away to come back, and that its next start before `until` (epoch
   * milliseconds) goes on holding. True when the mark is on the disk; false where there is none to
   * write to, or it did not take it.
   */
  markResume(until: number): boolean;
  /** Takes that mark back: the app has stayed. */
  unmarkResume(): void;
  /** Writes at once what was released and noted and is not on the disk yet. Never throws. */
  flush(): void;
  onChange(listener: () => void): void;
}

/**
 * What was released and noted is on the disk after so many milliseconds. While many sessions end, each
 * write would keep the requests of the others waiting for the disk.
 */
const WRITE_WITHIN_MS = 100;

/** The disk did not take the vault: full, read-only, or gone. The message is for people. */
export class VaultWriteError extends Error {
  constructor(cause: unknown, wasHeld: boolean) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
    const so = wasHeld ? 'it is held as it was before' : 'it is not held';
    super(`The session could not be saved to the disk (${code}), so ${so}.`);
  }
}

/**
 * Makes a vault on a file, or in memory where `file` is null. `onWriteFault` hears of a release
 * that could not be written: nothing is lost then, the session is only tried once more at the next start.
 */
export function createVault(parts: {
  file: VaultFile | null;
  /** This login to the operating system; null where it is not known. */
  login: string | null;
  newId: () => string;
  now: () => number;
  onWriteFault: (error: unknown) => void;
}): Vault {
  const { file, login, newId, now, onWriteFault } = parts;
  const listeners = createListeners();
  let held: readonly HeldSession[] = file?.held ?? [];
  /** Until when the next start goes on holding; each start begins without such a mark. */
  let resumeUntil: number | null = null;
  /** Set while something waits to be written. */
  let writeDue: NodeJS.Timeout | null = null;

  const changeTo = (next: readonly HeldSession[]): void => {
    held = next;
    listeners.notify();
  };
  /** Throws what the disk throws. */
  const write = (sessions: readonly HeldSession[], until: number | null): void => {
    file?.write(sessions, until);
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
  const flush = (): void => {
    if (writeDue === null) return;
    try {
      write(held, resumeUntil);
    } catch (error) {
      writeDue = null;
      onWriteFault(error);
    }
  };
  const writeSoon = (): void => {
    writeDue ??= setTimeout(flush, WRITE_WITHIN_MS);
  };

  return {
    durable: file !== null,
    held: () => held,
    find: (id) => held.find((session) => session.id === id),
    hold(session, startedHere = false) {
      const known = held.find((other) => isSameSession(other, session));
      const kept: HeldSession =
        known === undefined
          ? { ...session, id: newId(), heldSince: now(), lastSequenceNumber: 0, login, startedHere }
          : {
              ...refreshed(known, session),
              login,
              startedHere: known.startedHere || startedHere,
            };
      changeDurably(
        known === undefined ? [...held, kept] : replaced(held, kept),
        known !== undefined,
      );
      return kept;
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

function replaced(held: readonly HeldSession[], session: HeldSession): readonly HeldSession[] {
  return held.map((other) => (other.id === session.id ? session : other));
}

function refreshed(known: HeldSession, handedIn: Session): HeldSession {
  const label = handedIn.label === '' ? known.label : handedIn.label;
  // The same two lines for both kinds: together, their types would not tell whose pool may be null.
  if (known.kind === 'agent') return { ...known, label, pool: handedIn.pool ?? known.pool };
  return { ...known, label, pool: handedIn.pool ?? known.pool };
}
