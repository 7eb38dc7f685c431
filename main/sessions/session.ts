interface SessionAddress {
  /** The server's origin, such as `https://chat.example.com`. */
  readonly server: string;
  readonly fqSiteName: string;
  readonly sessionId: string;
  /** The agent's own name for it; empty where there is none. */
  readonly label: string;
}

/** An agent's own session; ends by logoff. */
export interface AgentSession extends SessionAddress {
  readonly kind: 'agent';
  readonly accountId: string;
  readonly pool: string | null;
}

/** A consumer's chat session; ends by being concluded. */
export interface Engagement extends SessionAddress {
  readonly kind: 'engagement';
  readonly pool: string;
}

export type Session = AgentSession | Engagement;

/** A session from hand-in until the server has said that it is over. */
export type HeldSession = Session & {
  readonly id: string;
  /** Epoch milliseconds of the hand-in. */
  readonly heldSince: number;
  /** No request sent for it had a higher `sequenceNumber`; 0 before the first. */
  readonly lastSequenceNumber: number;
  /** The login to the operating system that held it last; null where unknown. */
  readonly login: string | null;
  /** Whether a sign-in in this app created it, so that nothing else keeps its agent present. */
  readonly startedHere: boolean;
};

/** Whether both are the same session on the same server; pool and label may differ. */
export function isSameSession(a: Session, b: Session): boolean {
  return (
    a.kind === b.kind &&
    a.server === b.server &&
    a.fqSiteName === b.fqSiteName &&
    a.sessionId === b.sessionId &&
    (a.kind !== 'agent' || b.kind !== 'agent' || a.accountId === b.accountId)
  );
}

/** Whether both are sessions of one agent on one site; their session ids may differ. */
export function isSameAgent(a: Session, b: Session): boolean {
  return (
    a.kind === 'agent' &&
    b.kind === 'agent' &&
    a.server === b.server &&
    a.fqSiteName === b.fqSiteName &&
    a.accountId === b.accountId
  );
}
