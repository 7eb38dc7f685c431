import type { ActivityStatus } from './activity-status.ts';
import type { PoolMove } from './pool-move.ts';
import type { ChatCall } from './routes.ts';

/** One message of `getMessages`: an object with one member, named as the message's type. */
export type Message = Readonly<Record<string, unknown>>;

/** What a retrieval ended with. No messages: nothing happened in its time, or a second one took over. */
export type Retrieval =
  | { readonly kind: 'messages'; readonly messages: readonly Message[] }
  | { readonly kind: 'refused' | 'over' | 'gone' };

export interface AttendanceOptions {
  /** How long a retrieval is held when nothing happens, in milliseconds. */
  pollHoldMs: number;
  /** How long after its last retrieval an agent who has to poll is dropped, in milliseconds. */
  absentAfterMs: number;
  /** What a second retrieval does while one is open. The pages only say that there must be none. */
  secondPoll: 'ends-first' | 'refused';
  /** How long after a client was last heard of a call other than a retrieval shows that it was there all along, in milliseconds. */
  ghostGraceMs: number;
  /** Told when something can be seen that could not before. */
  onChange: () => void;
  /** Told when an agent who has to poll has not for too long. */
  onAbsent: () => void;
}

/** A chat as the session that it went to keeps it. */
export interface AttendedChat {
  readonly engagementId: number;
  open: boolean;
  ghost: boolean;
  /** When the session's client was last heard of before the chat, on the monotonic clock, in milliseconds. */
  lastHeardMs: number;
}

type PollEnd = 'held' | 'news' | 'replaced' | 'over' | 'gone';

/** Whether and how an agent session is attended: who polls for it, and what waits for them. */
export class Attendance {
  readonly #options: AttendanceOptions;
  readonly #pool: PoolMove;
  #mustPoll = false;
  #over = false;
  #activity: { status: ActivityStatus; subTypeId: number | null };
  #poll: { end: (how: PollEnd) => void } | null = null;
  #lastPollAt: number | null = null;
  #absence: NodeJS.Timeout | undefined;
  #messages: Message[] = [];
  #chats: AttendedChat[] = [];
  #openCalls = 0;
  #lastHeardMs = performance.now();

  constructor(pool: PoolMove, status: ActivityStatus, options: AttendanceOptions) {
    this.#pool = pool;
    this.#activity = { status, subTypeId: null };
    this.#options = options;
  }

  get mustPoll(): boolean {
    return this.#mustPoll;
  }

  /** Whether a retrieval is open. */
  get polling(): boolean {
    return this.#poll !== null;
  }

  /** When the last retrieval began, epoch milliseconds. */
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
    this.#awaitPoll();
  }

  /** Tells whoever polls, now or next. */
  tell(message: Message): void {
    this.#messages.push(message);
    this.#poll?.end('news');
  }

  /** Announces another pool to whoever polls, now or next. */
  announcePool(pool: string): void {
    this.#pool.announce(pool);
    this.#poll?.end('news');
  }

  /**
   * Notes a call of the session's client; the function that it returns is called when the call is over.
   * A retrieval shows that the client of the chats before it was there, or is there again; another
   * call shows it only when it follows at once, as the logoff does when a client stops polling and leaves.
   */
  heard(call: ChatCall): () => void {
    const nowMs = performance.now();
    for (const chat of this.#chats) {
      const atOnce = nowMs - chat.lastHeardMs <= this.#options.ghostGraceMs;
      if (call === 'getMessages' || atOnce) chat.ghost = false;
    }
    this.#openCalls += 1;
    return () => {
      this.#openCalls -= 1;
      this.#lastHeardMs = performance.now();
    };
  }

  /** Gives the session a chat, and tells whether nobody is there to see it. */
  take(chat: AttendedChat, message: Message): void {
    chat.ghost = this.#mustPoll && this.#openCalls === 0;
    chat.lastHeardMs = this.#lastHeardMs;
    this.#chats.push(chat);
    this.tell(message);
  }

  /** Goes on where another session of the same agent ends. */
  takeOver(other: Attendance): void {
    this.#activity = other.#activity;
    this.#chats.push(...other.#chats.filter(({ open }) => open));
    other.#chats = other.#chats.filter(({ open }) => !open);
  }

  /** One retrieval. `pool` is the one that it named; `gone` is aborted when its client goes away. */
  async retrieve(pool: string | null, gone: AbortSignal): Promise<Retrieval> {
    if (this.#poll !== null && this.#options.secondPoll === 'refused') return { kind: 'refused' };
    this.#poll?.end('replaced');
    clearTimeout(this.#absence);
    this.#lastPollAt = Date.now();
    const end = await this.#hold(pool, gone);
    if (end === 'over') return { kind: 'over' };
    if (end === 'gone') return { kind: 'gone' };
    const messages = end === 'replaced' ? [] : this.#handOver(pool);
    return { kind: 'messages', messages };
  }

  /** The session is over. */
  end(): void {
    this.#over = true;
    clearTimeout(this.#absence);
    for (const chat of this.#chats) chat.open = false;
    this.#poll?.end('over');
  }

  async #hold(pool: string | null, gone: AbortSignal): Promise<PollEnd> {
    const { promise, resolve: end } = Promise.withResolvers<PollEnd>();
    const poll = { end };
    const leave = (): void => end('gone');
    const timer = setTimeout(() => end('held'), this.#options.pollHoldMs);
    gone.addEventListener('abort', leave, { once: true });
    if (gone.aborted) leave();
    if (this.#messages.length > 0 || this.#pool.hasNews(pool)) end('news');
    this.#poll = poll;
    this.#options.onChange();
    const how = await promise;
    clearTimeout(timer);
    gone.removeEventListener('abort', leave);
    if (this.#poll === poll) {
      this.#poll = null;
      this.#awaitPoll();
      this.#options.onChange();
    }
    return how;
  }

  #handOver(pool: string | null): Message[] {
    const moved = this.#pool.handOver(pool);
    const messages = this.#messages;
    this.#messages = [];
    return moved === null ? messages : [configChange(moved), ...messages];
  }

  #awaitPoll(): void {
    clearTimeout(this.#absence);
    if (!this.#mustPoll || this.#over || this.#poll !== null) return;
    this.#absence = setTimeout(() => this.#options.onAbsent(), this.#options.absentAfterMs).unref();
  }
}

function configChange(pool: string): Message {
  return { ChatConfigChangeNotification: { name: 'CHAT_CLUSTER_POOL_ID', value: pool } };
}
