import { type HeldSession, isSameSession, type Session } from './session.ts';
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
   * takes over the newer pool and label. Throws `VaultWriteError`, holding nothing, when the disk
   * does not take it.
   */
  hold(session: Session): HeldSession;
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
  /** Resolves when all that was released and noted is on the disk, or could not be written. */
  flushed(): Promise<void>;
  onChange(listener: () => void): void;
}

/** The disk did not take the vault: full, read-only, or gone. The message is for people. */
export class VaultWriteError extends Error {
  constructor(cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
    super(`The session could not be saved to the disk (${code}), so it is not held.`);
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
  const listeners: (() => void)[] = [];
  let held: readonly HeldSession[] = file?.held ?? [];
  /** Until when the next start goes on holding; each start begins without such a mark. */
  let resumeUntil: number | null = null;
  let writing: Promise<void> | null = null;

  const changeTo = (next: readonly HeldSession[]): void => {
    held = next;
    for (const listener of listeners) listener();
  };
  const writeSoon = (): void => {
    // Many sessions end in the same instant: one write for all that this turn of the loop brings.
    writing ??= new Promise((resolve) => {
      setImmediate(() => {
        writing = null;
        try {
          file?.write(held, resumeUntil);
        } catch (error) {
          onWriteFault(error);
        }
        resolve();
      });
    });
  };

  return {
    durable: file !== null,
    held: () => held,
    find: (id) => held.find((session) => session.id === id),
    hold(session) {
      const known = held.find((other) => isSameSession(other, session));
      const kept: HeldSession =
        known === undefined
          ? { ...session, id: newId(), heldSince: now(), lastSequenceNumber: 0, login }
          : { ...refreshed(known, session), login };
      const next = known === undefined ? [...held, kept] : replaced(held, kept);
      try {
        file?.write(next, resumeUntil);
      } catch (error) {
        throw new VaultWriteError(error);
      }
      changeTo(next);
      return kept;
    },
    release(id) {
      changeTo(held.filter((session) => session.id !== id));
      writeSoon();
    },
    noteSequenceNumber(id, sequenceNumber) {
      const session = held.find((other) => other.id === id);
      if (session === undefined) return;
      changeTo(replaced(held, { ...session, lastSequenceNumber: sequenceNumber }));
      writeSoon();
    },
    keep(ids) {
      if (ids.length === 0) return;
      changeTo(held.map((session) => (ids.includes(session.id) ? { ...session, login } : session)));
      writeSoon();
    },
    markResume(until) {
      if (file === null) return false;
      try {
        file.write(held, until);
        resumeUntil = until;
        return true;
      } catch (error) {
        onWriteFault(error);
        return false;
      }
    },
    flushed: async () => writing ?? undefined,
    onChange: (listener) => void listeners.push(listener),
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
