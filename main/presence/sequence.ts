import type { AgentRequest } from '../chat/agent-api.ts';
import type { AgentSession, HeldSession } from '../sessions/session.ts';
import type { Vault } from '../sessions/vault.ts';
import type { Clock } from '../common/clock.ts';

export type HeldAgent = HeldSession & AgentSession;

/** Numbers the requests that keep a session, as its logoff is numbered that ends it. */
export interface Sequence {
  /** What stands in each request for this session; its number is one that this run of the app has not used. */
  request(session: HeldAgent): AgentRequest;
  /** Has the vault know the last number used, so that the logoff goes on from there. */
  settle(heldId: string): void;
}

/** Counts in memory: polling writes nothing to the disk. */
export function createSequence(parts: {
  vault: Pick<Vault, 'find' | 'noteSequenceNumber' | 'onChange'>;
  clock: Clock;
}): Sequence {
  const { vault, clock } = parts;
  const last = new Map<string, number>();
  vault.onChange(() => {
    for (const id of last.keys()) if (vault.find(id) === undefined) last.delete(id);
  });

  return {
    request({ id, server, fqSiteName, pool, accountId, sessionId, lastSequenceNumber }) {
      const number = Math.max(last.get(id) ?? 0, lastSequenceNumber) + 1;
      last.set(id, number);
      return {
        address: { server, fqSiteName, pool },
        accountId,
        sessionId,
        sequenceNumber: BigInt(number),
        timeCreated: clock.now(),
      };
    },
    settle(heldId) {
      const number = last.get(heldId);
      last.delete(heldId);
      if (number !== undefined) vault.noteSequenceNumber(heldId, number);
    },
  };
}

/** The held session, where a sign-in in this app created it: nobody else sees to that agent. */
export function startedHere(session: HeldSession | undefined): HeldAgent | null {
  return session?.kind === 'agent' && session.startedHere ? session : null;
}
