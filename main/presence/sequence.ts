import type { AgentRequest } from '../chat/agent-api.ts';
import type { AgentSession, HeldSession } from '../sessions/session.ts';
import type { Vault } from '../sessions/vault.ts';
import type { Clock } from '../common/clock.ts';

export type HeldAgent = HeldSession & AgentSession;

/** Numbers the requests of a session; its logoff continues the count. */
export interface Sequence {
  /** The common fields of a request for this session, with a number not used before in this run. */
  request(session: HeldAgent): AgentRequest;
  /** Saves the last number used in the vault, so that the logoff continues from there. */
  saveLast(heldId: string): void;
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
    saveLast(heldId) {
      const number = last.get(heldId);
      last.delete(heldId);
      if (number !== undefined) vault.noteSequenceNumber(heldId, number);
    },
  };
}

/** The session, if a sign-in in this app created it, so that nothing else keeps its agent present; else null. */
export function startedHere(session: HeldSession | undefined): HeldAgent | null {
  return session?.kind === 'agent' && session.startedHere ? session : null;
}
