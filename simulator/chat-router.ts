import type { AttendedChat, Message } from './attendance.ts';
import type { Clock } from './clock.ts';
import type { AgentEntry, SessionStore } from './sessions.ts';

/** A practice chat that was routed to an agent; its properties are live. */
export interface RoutedChat {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly engagementId: number;
  readonly fqSiteName: string;
  readonly accountId: string;
  /** The agent session that it went to. */
  readonly sessionId: string;
  /**
   * Whether no client has seen it: no call of the session was open when it was routed, no `getMessages` has
   * come since, and no other call came at once. Never true for a session that need not poll.
   */
  readonly ghost: boolean;
  /** With `staysOpen`, true until the chat or the session ends. */
  readonly open: boolean;
}

/** Routes practice chats to the present and available agents in turn. */
export class ChatRouter {
  readonly #sessions: SessionStore;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #chats: RoutedChat[] = [];
  readonly #states = new Map<number, AttendedChat>();
  readonly #lastTurns = new WeakMap<AgentEntry, number>();

  constructor(sessions: SessionStore, clock: Clock, onChange: () => void) {
    this.#sessions = sessions;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** In routing order; the array grows. */
  get chats(): readonly RoutedChat[] {
    return this.#chats;
  }

  /** Routes one chat; null when nobody is present and available. */
  route(staysOpen: boolean): RoutedChat | null {
    const entry = this.#next();
    if (entry === undefined) return null;
    const engagementId = this.#chats.length + 1;
    const state = { engagementId, open: staysOpen, ghost: false, lastCallMs: 0 };
    const { fqSiteName, accountId = '', sessionId } = entry.session;
    const chat: RoutedChat = {
      at: this.#clock.now(),
      engagementId,
      fqSiteName,
      accountId,
      sessionId,
      get ghost() {
        return state.ghost;
      },
      get open() {
        return state.open;
      },
    };
    this.#chats.push(chat);
    this.#states.set(engagementId, state);
    this.#lastTurns.set(entry, engagementId);
    entry.attendance.assign(state, assignment(engagementId));
    this.#onChange();
    return chat;
  }

  /** Ends an open chat. Throws when there is no such chat. */
  end(engagementId: number): void {
    const state = this.#states.get(engagementId);
    if (state === undefined) throw new Error(`there is no chat ${engagementId}`);
    state.open = false;
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

/** The name is invented: the message that assigns a chat is not published. */
function assignment(engagementId: number): Message {
  const fields = { engagementId, engagementIdString: String(engagementId) };
  return { ChatEngagementAssignmentNotification: fields };
}
