import type { Clock } from './clock.ts';
import type { PoolMove } from './pool-move.ts';
import type { ChatCall } from './routes.ts';

/** What `setActivityStatus` can set an agent to. */
const ACTIVITY_STATUSES = ['NONE', 'AVAILABLE', 'UNAVAILABLE'] as const;

export type ActivityStatus = (typeof ACTIVITY_STATUSES)[number];

export function isActivityStatus(value: unknown): value is ActivityStatus {
  return ACTIVITY_STATUSES.some((status) => status === value);
}

/** One message of `getMessages`: an object with one member, named after the message's type. */
export type Message = Readonly<Record<string, unknown>>;

/** How a retrieval ended. No messages: it timed out, or a second one replaced it. */
export type Retrieval =
  | { readonly kind: 'messages'; readonly messages: readonly Message[] }
  | { readonly kind: 'refused' | 'over' | 'gone' };

export interface AttendanceOptions {
  clock: Clock;
  /** How long a retrieval waits for messages, in milliseconds. */
  pollHoldMs: number;
  /** How long after its last retrieval an agent is dropped, in milliseconds. */
  absentAfterMs: number;
  /** What happens to a second retrieval. The pages only say that there must be none. */
  secondPoll: 'ends-first' | 'refused';
  /** How soon after its last call a client must call again to have seen a chat in between, in milliseconds. */
  ghostGraceMs: number;
  /** Called when the visible state has changed. */
  onChange: () => void;
  /** Called when an agent has not polled for too long. */
  onAbsent: () => void;
}

export interface AttendedChat {
  readonly engagementId: number;
  open: boolean;
  ghost: boolean;
  /** The end of the client's last call before the chat, on the monotonic clock, in milliseconds. */
  lastCallMs: number;
}

type PollEnd = 'timed-out' | 'messages' | 'replaced' | 'over' | 'gone';

/** The presence of an agent session: its polling, its queued messages and its chats. */
export class Attendance {
  readonly #options: AttendanceOptions;
  readonly #pool: PoolMove;
  #mustPoll = false;
  #over = false;
  #activity: { status: ActivityStatus; subTypeId: number | null };
  #poll: { end: (how: PollEnd) => void } | null = null;
  #lastPollAt: number | null = null;
  #cancelAbsence: () => void = () => undefined;
  #messages: Message[] = [];
  #chats: AttendedChat[] = [];
  #openCalls = 0;
  #lastCallMs: number;

  constructor(pool: PoolMove, status: ActivityStatus, options: AttendanceOptions) {
    this.#pool = pool;
    this.#activity = { status, subTypeId: null };
    this.#options = options;
    this.#lastCallMs = options.clock.monotonic();
  }

  get mustPoll(): boolean {
    return this.#mustPoll;
  }

  /** Whether a retrieval is open. */
  get polling(): boolean {
    return this.#poll !== null;
  }

  /** Start of the last retrieval, epoch milliseconds. */
  get lastPollAt(): number | null {
    return this.#lastPollAt;
  }

  get activity(): { readonly status: ActivityStatus; readonly subTypeId: number | null } {
    return this.#activity;
  }

  get hasOpenChat(): boolean {
    return this.#chats.some(({ open }) => open);
  }

  setActivity(status: ActivityStatus, subTypeId: number): void {
    this.#activity = { status, subTypeId };
    this.#options.onChange();
  }

  /** From now on the session is present only as long as it is polled. */
  expectPolling(): void {
    this.#mustPoll = true;
    this.#startAbsenceTimer();
  }

  /** Sends a message by the current or next retrieval. */
  send(message: Message): void {
    this.#messages.push(message);
    this.#poll?.end('messages');
  }

  /** Announces another pool by the current or next retrieval. */
  announcePool(pool: string): void {
    this.#pool.announce(pool);
    this.#poll?.end('messages');
  }

  /**
   * Records a call of the session's client; the returned function records its end. A retrieval proves that
   * earlier chats have a client. Another call does only if it follows at once, as the logoff of a client
   * that stops polling.
   */
  callStarted(call: ChatCall): () => void {
    const { clock } = this.#options;
    const nowMs = clock.monotonic();
    for (const chat of this.#chats) {
      const atOnce = nowMs - chat.lastCallMs <= this.#options.ghostGraceMs;
      if (call === 'getMessages' || atOnce) chat.ghost = false;
    }
    this.#openCalls += 1;
    return () => {
      this.#openCalls -= 1;
      this.#lastCallMs = clock.monotonic();
    };
  }

  /** Assigns a chat, which is a ghost's if no client is there to see it. */
  assign(chat: AttendedChat, message: Message): void {
    chat.ghost = this.#mustPoll && this.#openCalls === 0;
    chat.lastCallMs = this.#lastCallMs;
    this.#chats.push(chat);
    this.send(message);
  }

  /** Continues another session of the same agent: its activity and open chats. */
  takeOver(other: Attendance): void {
    this.#activity = other.#activity;
    this.#chats.push(...other.#chats.filter(({ open }) => open));
    other.#chats = other.#chats.filter(({ open }) => !open);
  }

  /** One retrieval. `pool` is the one that it names; `gone` is aborted when its client disconnects. */
  async retrieve(pool: string | null, gone: AbortSignal): Promise<Retrieval> {
    if (this.#poll !== null && this.#options.secondPoll === 'refused') return { kind: 'refused' };
    this.#poll?.end('replaced');
    this.#cancelAbsence();
    this.#lastPollAt = this.#options.clock.now();
    const end = await this.#waitForMessages(pool, gone);
    if (end === 'over' || end === 'gone') return { kind: end };
    return { kind: 'messages', messages: end === 'replaced' ? [] : this.#takeMessages(pool) };
  }

  /** The session is over. */
  end(): void {
    this.#over = true;
    this.#cancelAbsence();
    for (const chat of this.#chats) chat.open = false;
    this.#poll?.end('over');
  }

  async #waitForMessages(pool: string | null, gone: AbortSignal): Promise<PollEnd> {
    const { promise, resolve: end } = Promise.withResolvers<PollEnd>();
    const poll = { end };
    const onGone = (): void => end('gone');
    const { clock, pollHoldMs } = this.#options;
    const cancelHold = clock.after(pollHoldMs, () => end('timed-out'));
    gone.addEventListener('abort', onGone, { once: true });
    if (gone.aborted) onGone();
    if (this.#messages.length > 0 || this.#pool.isAnnouncementDue(pool)) end('messages');
    this.#poll = poll;
    this.#options.onChange();
    const how = await promise;
    cancelHold();
    gone.removeEventListener('abort', onGone);
    if (this.#poll === poll) {
      this.#poll = null;
      this.#startAbsenceTimer();
      this.#options.onChange();
    }
    return how;
  }

  #takeMessages(pool: string | null): Message[] {
    const moved = this.#pool.takeAnnouncement(pool);
    const messages = this.#messages;
    this.#messages = [];
    return moved === null ? messages : [configChange(moved), ...messages];
  }

  #startAbsenceTimer(): void {
    this.#cancelAbsence();
    if (!this.#mustPoll || this.#over || this.#poll !== null) return;
    const { clock, onAbsent, absentAfterMs } = this.#options;
    this.#cancelAbsence = clock.after(absentAfterMs, onAbsent);
  }
}

function configChange(pool: string): Message {
  return { ChatConfigChangeNotification: { name: 'CHAT_CLUSTER_POOL_ID', value: pool } };
}
