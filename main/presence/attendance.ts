import { createListeners } from '../common/listeners.ts';
import type { Vault } from '../sessions/vault.ts';

/**
 * Who is at work in which held session. Whoever learns of it writes it down here: hand-in and sign-in,
 * leftovers, being away, leaving. Presence reads it.
 */
export interface Attendance {
  /** Whether somebody is at work in this session, and will be for as long as nobody says otherwise. */
  isAtWork(heldId: string): boolean;
  /** Somebody is at work in it, whatever was known before: it was handed in, signed in to, or is kept. */
  arrived(heldIds: readonly string[]): void;
  /** Nobody is, as far as is known: found at the start, or the sign-in that created it came to nothing. */
  left(heldIds: readonly string[]): void;
  /** Its agent was signed off for being away, and will be back. */
  wentAway(heldIds: readonly string[]): void;
  /** Whoever was away is back: at work in what could not be ended, unless that is tried again. */
  cameBack(): void;
  /** Whether the app is leaving: whoever quits is at work in nothing, whatever becomes of the sessions. */
  leaving(isUnderWay: boolean): void;
  isLeaving(): boolean;
  /** Hears of it when what `isAtWork` returns may have changed. */
  onChange(listener: () => void): void;
}

type Absence = 'left' | 'away' | 'back';

export function createAttendance(parts: {
  vault: Pick<Vault, 'find' | 'onChange'>;
  /** Whether ending that session is tried again by itself. */
  isRetried: (heldId: string) => boolean;
}): Attendance {
  const { vault, isRetried } = parts;
  const listeners = createListeners();
  const absences = new Map<string, Absence>();
  let isUnderWay = false;

  const note = (heldIds: readonly string[], absence: Absence): void => {
    for (const id of heldIds) absences.set(id, absence);
    listeners.notify();
  };

  vault.onChange(() => {
    for (const id of absences.keys()) if (vault.find(id) === undefined) absences.delete(id);
  });

  return {
    isAtWork(heldId) {
      const absence = absences.get(heldId);
      const isPresent = absence === undefined || (absence === 'back' && !isRetried(heldId));
      return isPresent && !isUnderWay;
    },
    arrived(heldIds) {
      for (const id of heldIds) absences.delete(id);
      listeners.notify();
    },
    left: (heldIds) => note(heldIds, 'left'),
    wentAway: (heldIds) => note(heldIds, 'away'),
    cameBack() {
      for (const [id, absence] of absences) if (absence === 'away') absences.set(id, 'back');
      listeners.notify();
    },
    leaving(next) {
      if (next === isUnderWay) return;
      isUnderWay = next;
      listeners.notify();
    },
    isLeaving: () => isUnderWay,
    onChange: (listener) => listeners.add(listener),
  };
}
