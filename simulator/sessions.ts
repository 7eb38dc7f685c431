import { randomBytes } from 'node:crypto';
import { z } from 'zod';

const name = z.string().min(1, 'must not be empty');

export const agentSessionSchema = z.strictObject({
  kind: z.literal('agent'),
  fqSiteName: name,
  accountId: name,
  sessionId: name,
  pool: name.exactOptional(),
});

export const engagementSchema = z.strictObject({
  kind: z.literal('engagement'),
  fqSiteName: name,
  sessionId: name,
  pool: name,
});

type NewSession = z.infer<typeof agentSessionSchema> | z.infer<typeof engagementSchema>;

/** A session on the practice server. */
export interface PracticeSession {
  readonly kind: 'agent' | 'engagement';
  readonly fqSiteName: string;
  /** Agent sessions only. */
  readonly accountId?: string;
  readonly sessionId: string;
  readonly pool?: string;
  readonly over: boolean;
  /** Epoch milliseconds; null while it is not over. */
  readonly overAt: number | null;
}

/** A session with what the server alone knows of it. */
export interface SessionEntry {
  readonly session: PracticeSession;
  /** Stands in the replies. */
  readonly clientId: number;
  /** The `sessionId` of the replies, which in the API page's sample is not the one that was sent. */
  readonly replySessionId: string;
  /** Marks the session as over, now. */
  end(): void;
}

/** The sessions that the practice server knows. */
export class SessionBook {
  readonly #entries: SessionEntry[] = [];
  readonly #sessions: PracticeSession[] = [];
  readonly #onOver: () => void;

  constructor(onOver: () => void) {
    this.#onOver = onOver;
  }

  /** All sessions in the order they were added; the array grows with the book. */
  get sessions(): readonly PracticeSession[] {
    return this.#sessions;
  }

  /** Adds a session. Throws when one with the same id is there and not over, which would be ambiguous. */
  add(input: NewSession): PracticeSession {
    if (this.latest(input.sessionId)?.over === false) {
      throw new Error(`a session with this id is there already and is not over`);
    }
    const session = { ...input, over: false, overAt: null as number | null };
    const onOver = this.#onOver;
    this.#sessions.push(session);
    this.#entries.push({
      session,
      clientId: 47 + this.#entries.length,
      replySessionId: `node0${randomBytes(12).toString('hex')}0`,
      end() {
        session.over = true;
        session.overAt = Date.now();
        onOver();
      },
    });
    return session;
  }

  hasSite(fqSiteName: string): boolean {
    return this.#sessions.some((session) => session.fqSiteName === fqSiteName);
  }

  /** The newest session with this id, of whatever kind and site. */
  latest(sessionId: string): PracticeSession | undefined {
    return this.#sessions.findLast((session) => session.sessionId === sessionId);
  }

  /** The session of that kind and id at that site, if there is one that is not over. */
  findOpen(
    kind: PracticeSession['kind'],
    fqSiteName: string,
    sessionId: string,
  ): SessionEntry | undefined {
    return this.#entries.find(
      ({ session }) =>
        !session.over &&
        session.kind === kind &&
        session.fqSiteName === fqSiteName &&
        session.sessionId === sessionId,
    );
  }
}
