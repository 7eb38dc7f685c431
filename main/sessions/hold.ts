import type { HandIn, Problem } from './hand-in.ts';
import { type Vault, VaultWriteError } from './vault.ts';

/** How a hand-in ended: held under this id, or not, for these reasons in words. */
export type HoldResult =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly badInput: boolean; readonly problems: Problem[] };

/** Holds what was handed in, by whichever way it came. */
export type Hold = (handIn: HandIn) => HoldResult;

export function createHold(vault: Pick<Vault, 'hold'>, isLeaving: () => boolean): Hold {
  const notHeld = (message: string): HoldResult => ({
    ok: false,
    badInput: false,
    problems: [{ field: '', message }],
  });
  return (handIn) => {
    if (!handIn.ok) return { ok: false, badInput: true, problems: [...handIn.problems] };
    if (isLeaving())
      return notHeld('Signoff is quitting. Hand the session in after its next start.');
    try {
      return { ok: true, id: vault.hold(handIn.session).id };
    } catch (error) {
      if (error instanceof VaultWriteError) return notHeld(error.message);
      throw error;
    }
  };
}
