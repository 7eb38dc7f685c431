import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { type ActivityStatus, Attendance, type AttendanceOptions } from './attendance.ts';
import { PoolMove } from './pool-move.ts';

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

/** `override`: a `createAutomatedAgentSession` with `logonOverride`; `absence`: nobody polled for too long. */
export type EndedBy = 'logoff' | 'concluded' | 'override' | 'absence' | 'server';

export interface PracticeSession {
  readonly kind: 'agent' | 'engagement';
  readonly fqSiteName: string;
  /** Agent sessions only. */
  readonly accountId?: string;
  readonly sessionId: string;
  /** The current pool. */
  readonly pool?: string;
  readonly over: boolean;
  /** Epoch milliseconds; null while it is not over. */
  readonly overAt: number | null;
}

/** What the practice server knows of an agent session; its properties are live. */
export interface PracticeAgent {
  readonly session: PracticeSession;
  /** Whether it was created by `createAutomatedAgentSession`; otherwise it was added. */
  readonly signedIn: boolean;
  /** Whether it is dropped when nobody polls; otherwise it is present until it ends. */
  readonly mustPoll: boolean;
  /** Whether a `getMessages` is open. */
  readonly polling: boolean;
  /** Start of the last `getMessages`, epoch milliseconds. */
  readonly lastPollAt: number | null;
  readonly status: ActivityStatus;
  /** Of the last `setActivityStatus`. */
  readonly subTypeId: number | null;
  readonly endedBy: EndedBy | null;
}

/** A session with its internal data. */
export interface SessionEntry {
  readonly session: PracticeSession;
  /** Part of the replies. */
  readonly clientId: number;
  /** The `sessionId` of the replies, which differs from the one that was sent, as in the API page's sample. */
  readonly replySessionId: string;
  readonly pool: PoolMove;
  /** Marks the session as over. `at` is epoch milliseconds: now, if not given. */
  end(by: EndedBy, at?: number): void;
}

export interface AgentEntry extends SessionEntry {
  readonly attendance: Attendance;
}

export class SessionStore {
  readonly #entries: SessionEntry[] = [];
  readonly #agentEntries: AgentEntry[] = [];
  readonly #sessions: PracticeSession[] = [];
  readonly #agents: PracticeAgent[] = [];
  readonly #attendance: Omit<AttendanceOptions, 'onAbsent'>;

  constructor(attendance: Omit<AttendanceOptions, 'onAbsent'>) {
    this.#attendance = attendance;
  }

  /** In order of creation; the array grows. */
  get sessions(): readonly PracticeSession[] {
    return this.#sessions;
  }

  /** In order of creation; the array grows. */
  get agents(): readonly PracticeAgent[] {
    return this.#agents;
  }

  /** Adds a session; an agent is present and available. Throws if an open one has the same id. */
  add(input: NewSession): PracticeSession {
    return input.kind === 'agent'
      ? this.#addAgent(input, false, 'AVAILABLE').session
      : this.#addEntry(input, () => undefined).session;
  }

  /** Adds the session of an agent who signed in, and has to poll. */
  signIn(input: z.infer<typeof agentSessionSchema>, status: ActivityStatus): AgentEntry {
    const entry = this.#addAgent(input, true, status);
    entry.attendance.expectPolling();
    return entry;
  }

  hasSite(fqSiteName: string): boolean {
    return this.#sessions.some((session) => session.fqSiteName === fqSiteName);
  }

  /** The newest session with this id, of any kind and site. */
  latest(sessionId: string): PracticeSession | undefined {
    return this.#sessions.findLast((session) => session.sessionId === sessionId);
  }

  /** The open session with this id, of any kind and site. */
  open(sessionId: string): SessionEntry | undefined {
    return this.#entries.find(({ session }) => !session.over && session.sessionId === sessionId);
  }

  findEngagement(fqSiteName: string, sessionId: string): SessionEntry | undefined {
    return this.#entries.find(
      ({ session }) =>
        !session.over &&
        session.kind === 'engagement' &&
        session.fqSiteName === fqSiteName &&
        session.sessionId === sessionId,
    );
  }

  findAgent(fqSiteName: string, sessionId: string): AgentEntry | undefined {
    return this.openAgents(fqSiteName).find(({ session }) => session.sessionId === sessionId);
  }

  /** The open agent sessions of one site or of all, in order of creation. */
  openAgents(fqSiteName?: string): AgentEntry[] {
    return this.#agentEntries.filter(
      ({ session }) =>
        !session.over && (fqSiteName === undefined || session.fqSiteName === fqSiteName),
    );
  }

  #addAgent(
    input: z.infer<typeof agentSessionSchema>,
    signedIn: boolean,
    status: ActivityStatus,
  ): AgentEntry {
    let endedBy: EndedBy | null = null;
    const entry = this.#addEntry(input, (by) => {
      endedBy = by;
      attendance.end();
    });
    const attendance = new Attendance(entry.pool, status, {
      ...this.#attendance,
      onAbsent: () => entry.end('absence'),
    });
    const agent: PracticeAgent = {
      session: entry.session,
      signedIn,
      get mustPoll() {
        return attendance.mustPoll;
      },
      get polling() {
        return attendance.polling;
      },
      get lastPollAt() {
        return attendance.lastPollAt;
      },
      get status() {
        return attendance.activity.status;
      },
      get subTypeId() {
        return attendance.activity.subTypeId;
      },
      get endedBy() {
        return endedBy;
      },
    };
    const agentEntry = { ...entry, attendance };
    this.#agents.push(agent);
    this.#agentEntries.push(agentEntry);
    this.#attendance.onChange();
    return agentEntry;
  }

  #addEntry(input: NewSession, onEnd: (by: EndedBy) => void): SessionEntry {
    if (this.latest(input.sessionId)?.over === false) {
      throw new Error(`a session with this id is there already and is not over`);
    }
    const session = { ...input, over: false, overAt: null as number | null };
    const { clock, onChange } = this.#attendance;
    const entry: SessionEntry = {
      session,
      clientId: 47 + this.#entries.length,
      replySessionId: `node0${randomBytes(12).toString('hex')}0`,
      pool: new PoolMove(session),
      end(by, at = clock.now()) {
        if (session.over) return;
        session.over = true;
        session.overAt = at;
        onEnd(by);
        onChange();
      },
    };
    this.#sessions.push(session);
    this.#entries.push(entry);
    return entry;
  }
}
