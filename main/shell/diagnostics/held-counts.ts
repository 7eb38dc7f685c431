import type { HeldView } from '../../../preload/contract.ts';

/** How many sessions are held, by what they are and what goes on with them. */
export function heldCounts(held: readonly HeldView[]): Record<string, number> {
  const count = (is: (session: HeldView) => boolean): number => held.filter(is).length;
  return {
    all: held.length,
    agent: count(({ kind }) => kind === 'agent'),
    engagement: count(({ kind }) => kind === 'engagement'),
    signedInHere: count(({ presence }) => presence !== null),
    beingEnded: count(({ ending }) => ending !== null),
    couldNotBeEnded: count(({ lastFailure }) => lastFailure !== null),
  };
}
