import { createListeners } from '../common/listeners.ts';
import type { HandIn, Problem } from './hand-in.ts';
import type { AgentSession, HeldSession, Session } from './session.ts';
import { type Vault, VaultWriteError } from './vault.ts';

/** How a hand-in ended: held under this id, or not, for these reasons in words. */
export type HoldResult =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly badInput: boolean; readonly problems: Problem[] };

/** The ways to hand a session in. */
export type HandInSource = 'window' | 'command' | 'browser';

/** The one way for a session to come to be held. */
export interface Hold {
  /** Holds what was handed in, unless it could not be read, the app is leaving, or the disk does not take it. */
  handIn(handIn: HandIn, source: HandInSource): HoldResult;
  /** Holds what a sign-in created. Throws `VaultWriteError`, holding nothing, when the disk does not take it. */
  signedIn(session: AgentSession): HeldSession;
  /** Hears of every session that is held from now on, or was held already and came in again. */
  onHeld(listener: (held: HeldSession, source: HandInSource | 'sign-in') => void): void;
}

export function createHold(vault: Pick<Vault, 'hold'>, isLeaving: () => boolean): Hold {
  const listeners = createListeners<[held: HeldSession, source: HandInSource | 'sign-in']>();

  const hold = (session: Session, source: HandInSource | 'sign-in'): HeldSession => {
    const held = vault.hold(session, source === 'sign-in');
    listeners.notify(held, source);
    return held;
  };
  const notHeld = (message: string): HoldResult => ({
    ok: false,
    badInput: false,
    problems: [{ field: '', message }],
  });

  return {
    handIn(handIn, source) {
      if (!handIn.ok) return { ok: false, badInput: true, problems: [...handIn.problems] };
      if (isLeaving())
        return notHeld('Signoff is quitting. Hand the session in after its next start.');
      try {
        return { ok: true, id: hold(handIn.session, source).id };
      } catch (error) {
        if (error instanceof VaultWriteError) return notHeld(error.message);
        throw error;
      }
    },
    signedIn: (session) => hold(session, 'sign-in'),
    onHeld: (listener) => listeners.add(listener),
  };
}
