import type { AttendedChat, Message } from './attendance.ts';
import type { AgentEntry, SessionStore } from './sessions.ts';

/** A practice chat that was routed to an agent; always up to date. */
export interface RoutedChat {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly engagementId: number;
  readonly fqSiteName: string;
  readonly accountId: string;
  /** The agent session that it went to. */
  readonly sessionId: string;
  /**
   * Whether it went to nobody: when it was routed, no call of the session's client was open, no
   * `getMessages` has come since, and no other call of it came at once. Turns false when one does.
   * Never true for a session that counts as present without polling.
   */
  readonly ghost: boolean;
  /** Whether the agent is in the chat: with `staysOpen`, until it is ended or the session is over. */
  readonly open: boolean;
}

/** Routes practice chats to whoever is present and available, to each in turn. */
export class ChatRouter {
  readonly #sessions: SessionStore;
  readonly #onChange: () => void;
  readonly #chats: RoutedChat[] = [];
  readonly #kept = new Map<number, AttendedChat>();
  readonly #lastTurns = new WeakMap<AgentEntry, number>();

  constructor(sessions: SessionStore, onChange: () => void) {
    this.#sessions = sessions;
    this.#onChange = onChange;
  }

  /** In the order they were routed; the array grows. */
  get chats(): readonly RoutedChat[] {
    return this.#chats;
  }

  /** Routes one chat; null when nobody is present and available. */
  route(staysOpen: boolean): RoutedChat | null {
    const entry = this.#next();
    if (entry === undefined) return null;
    const engagementId = this.#chats.length + 1;
    const kept = { engagementId, open: staysOpen, ghost: false, lastHeardMs: 0 };
    const { fqSiteName, accountId = '', sessionId } = entry.session;
    const chat: RoutedChat = {
      at: Date.now(),
      engagementId,
      fqSiteName,
      accountId,
      sessionId,
      get ghost() {
        return kept.ghost;
      },
      get open() {
        return kept.open;
      },
    };
    this.#chats.push(chat);
    this.#kept.set(engagementId, kept);
    this.#lastTurns.set(entry, engagementId);
    entry.attendance.take(kept, assignment(engagementId));
    this.#onChange();
    return chat;
  }

  /** Ends an open chat. Throws when there is no such chat. */
  end(engagementId: number): void {
    const kept = this.#kept.get(engagementId);
    if (kept === undefined) throw new Error(`there is no chat ${engagementId}`);
    kept.open = false;
    this.#onChange();
  }

  #next(): AgentEntry | undefined {
    const turn = (entry: AgentEntry): number => this.#lastTurns.get(entry) ?? 0;
    return this.#sessions
      .openAgents()
      .filter(({ attendance }) => attendance.activity.status === 'AVAILABLE')
      .toSorted((one, other) => turn(one) - turn(other))[0];
  }
}

/** The name is invented: what tells an agent of a chat is not in what is known of the API pages. */
function assignment(engagementId: number): Message {
  const fields = { engagementId, engagementIdString: String(engagementId) };
  return { ChatEngagementAssignmentNotification: fields };
}
