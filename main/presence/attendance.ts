import { createListeners } from '../common/listeners.ts';
import type { Vault } from '../sessions/vault.ts';

/** Who is at work in which held session; written by hand-in, sign-in, leftovers and lifecycle, read by presence. */
export interface Attendance {
  isAtWork(heldId: string): boolean;
  /** Somebody is at work in these, whatever was known before: handed in, signed in to, or kept. */
  arrived(heldIds: readonly string[]): void;
  /** Nobody is known to be: found at the start, or the sign-in that created them failed. */
  left(heldIds: readonly string[]): void;
  /** Its agent was signed off for being away, and will be back. */
  wentAway(heldIds: readonly string[]): void;
  /**
   * Signing off was asked for and not confirmed, and is retried: at work again only if that is given up. Until then
   * the server may find the agent absent.
   */
  wantsToLeave(heldIds: readonly string[]): void;
  /** Agents who were away are back: at work in what could not be ended, unless its end is being retried. */
  cameBack(): void;
  /** While the app is leaving, nobody is at work in anything. */
  setLeaving(isLeaving: boolean): void;
  isLeaving(): boolean;
  /** Called when what `isAtWork` returns may have changed. */
  onChange(listener: () => void): void;
}

type Absence = 'left' | 'away' | 'back';

export function createAttendance(parts: {
  vault: Pick<Vault, 'find' | 'onChange'>;
  /** Whether ending that session is retried automatically. */
  isRetried: (heldId: string) => boolean;
}): Attendance {
  const { vault, isRetried } = parts;
  const listeners = createListeners();
  const absences = new Map<string, Absence>();
  let isLeaving = false;

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
      return isPresent && !isLeaving;
    },
    arrived(heldIds) {
      for (const id of heldIds) absences.delete(id);
      listeners.notify();
    },
    left: (heldIds) => note(heldIds, 'left'),
    wentAway: (heldIds) => note(heldIds, 'away'),
    wantsToLeave(heldIds) {
      note(
        heldIds.filter((id) => !absences.has(id)),
        'back',
      );
    },
    cameBack() {
      for (const [id, absence] of absences) if (absence === 'away') absences.set(id, 'back');
      listeners.notify();
    },
    setLeaving(next) {
      if (next === isLeaving) return;
      isLeaving = next;
      listeners.notify();
    },
    isLeaving: () => isLeaving,
    onChange: (listener) => listeners.add(listener),
  };
}
