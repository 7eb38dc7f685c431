import { createListeners } from '../common/listeners.ts';
import type { HandIn, Problem } from './hand-in.ts';
import { type AgentSession, type HeldSession, isSameAgent, type Session } from './session.ts';
import { type Vault, VaultWriteError } from './vault.ts';

/** How a hand-in ended; `badInput`: what was handed in is invalid. */
export type HoldResult =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly badInput: boolean; readonly problems: Problem[] };

export type HandInSource = 'window' | 'command' | 'browser';

/** The only way in for sessions. */
export interface Hold {
  /** Holds a valid hand-in, unless the app is leaving or the disk refuses. */
  handIn(handIn: HandIn, source: HandInSource): HoldResult;
  /** Holds what a sign-in created. Throws `VaultWriteError`, holding nothing, when the disk refuses. */
  signedIn(session: AgentSession): HeldSession;
  /** Called for every session that is held, also when it was held already. */
  onHeld(listener: (held: HeldSession, source: HandInSource | 'sign-in') => void): void;
  /** Called for each older session of the account, handed in as well, whose place the newly held one takes. */
  onReplaced(listener: (older: HeldSession) => void): void;
}

export function createHold(vault: Pick<Vault, 'hold' | 'held'>, isLeaving: () => boolean): Hold {
  const listeners = createListeners<[held: HeldSession, source: HandInSource | 'sign-in']>();

  const replacedListeners = createListeners<[older: HeldSession]>();
  const hold = (session: Session, source: HandInSource | 'sign-in'): HeldSession => {
    const held = vault.hold(session, source === 'sign-in');
    // A console that was loaded again has another session id, and the server knows the older one no more. Of two that
    // began differently, the server tells by itself.
    const older = source === 'sign-in' ? [] : vault.held().filter((one) => isReplacedBy(one, held));
    for (const one of older) replacedListeners.notify(one);
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
    onReplaced: (listener) => replacedListeners.add(listener),
  };
}

function isReplacedBy(older: HeldSession, newer: HeldSession): boolean {
  const wereHandedIn = !older.startedHere && !newer.startedHere;
  return older.id !== newer.id && wereHandedIn && isSameAgent(older, newer);
}
