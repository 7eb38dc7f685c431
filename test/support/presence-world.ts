import type { AgentRequest, PollNews } from '../../main/chat/agent-api.ts';
import { NO_NEWS } from '../../main/chat/agent-messages.ts';
import type { Answer } from '../../main/chat/answer.ts';
import { type CallEnd, NO_PHASES } from '../../main/chat/call-end.ts';
import { type Attendance, createAttendance } from '../../main/presence/attendance.ts';
import { createPresence, type Presence, type Presences } from '../../main/presence/presence.ts';
import { createSequence, type Sequence } from '../../main/presence/sequence.ts';
import type { HeldSession } from '../../main/sessions/session.ts';
import type { VaultFile } from '../../main/sessions/vault-file.ts';
import { END_FOR } from './scripted-server.ts';
import { agentSession } from './sessions.ts';
import { createSignOffWorld, type SignOffWorld } from './sign-off-world.ts';

type Meaning<T> = T extends unknown ? Omit<T, 'times' | 'reply' | 'proxy'> : never;
type End = Meaning<CallEnd>;

/** How a poll ends: with news, in a fault, or (never) when it is given up. */
export type PollPlay =
  | 'never'
  | { readonly afterMs: number; readonly news: PollNews }
  | { readonly afterMs: number; readonly end: End };

/** One poll as it was sent. Times are on the clock's monotonic scale. */
export interface Poll {
  readonly sessionId: string;
  readonly pool: string | null;
  readonly sequenceNumber: bigint;
  readonly at: number;
  /** Null while it is open. */
  endedAt: number | null;
  broken: boolean;
}

export const HOLD_MS = 30_000;
export const ABSENT_MS = 240_000;
/** The chat room gives up a poll after this time. */
const POLL_WITHIN_MS = 40_000;

/** Held, and nothing happened. */
export const HELD: PollPlay = { afterMs: HOLD_MS, news: NO_NEWS };
/** Answered like this after so many milliseconds. */
export const news = (afterMs = 20, told: PollNews = { ...NO_NEWS, hasNews: true }): PollPlay => ({
  afterMs,
  news: told,
});
export const NOTHING = (afterMs = 20): PollPlay => ({ afterMs, news: NO_NEWS });
export const fault = (end: End, afterMs = 20): PollPlay => ({ afterMs, end });
export const OVER = fault(END_FOR['already-over']);
export const UNREACHABLE = fault(END_FOR.unreachable);
export const HUNG = fault(END_FOR['timed-out'], POLL_WITHIN_MS);
export const poolChanged = (pool: string): PollNews => ({ ...NO_NEWS, hasNews: true, pool });

/** What was shown of one session, and when. */
export interface Shown {
  readonly at: number;
  readonly state: Presence['state'] | null;
  /** On the clock's monotonic scale. */
  readonly dropsAt: number | null;
}

export interface PresenceWorld extends SignOffWorld {
  readonly presence: Presences;
  readonly attendance: Attendance;
  readonly sequence: Sequence;
  readonly polls: readonly Poll[];
  /** How polls are answered from now on; `nth` counts that session's from 1. */
  answerPolls(script: (request: AgentRequest, nth: number) => PollPlay): void;
  /** Has an answer with this arrive in the very moment in which a poll is broken off. */
  answerWhenBroken(told: PollNews): void;
  /** What was told of each session, by its held id. */
  shown(heldId: string): readonly Shown[];
  open(): readonly Poll[];
  readonly faults: readonly unknown[];
  /** The held ids of the sessions that a pool was named for that cannot be. */
  /** The held ids of the sessions that a chat was offered to. */
  readonly offers: readonly string[];
  signIn(name?: string): HeldSession;
}

/** Presence over the real vault and coordinator, fake time, and polls that are scripted. */
export function createPresenceWorld(
  options: {
    random?: () => number;
    file?: VaultFile | null;
    leftOver?: readonly HeldSession[];
    absentAfterMs?: number;
  } = {},
): PresenceWorld {
  const { random = () => 0.5, absentAfterMs = ABSENT_MS } = options;
  const world = createSignOffWorld(options);
  const { clock, vault, coordinator } = world;
  const polls: Poll[] = [];
  const shown = new Map<string, Shown[]>();
  const faults: unknown[] = [];
  const offers: string[] = [];
  let whenBroken: PollNews | null = null;
  let script: (request: AgentRequest, nth: number) => PollPlay = () => HELD;

  const getMessages = (request: AgentRequest, signal: AbortSignal): Promise<Answer<PollNews>> =>
    new Promise((resolve) => {
      const { sessionId, address, sequenceNumber } = request;
      const poll: Poll = {
        sessionId,
        pool: address.pool,
        sequenceNumber,
        at: clock.monotonic(),
        endedAt: null,
        broken: false,
      };
      polls.push(poll);
      const started = clock.now();
      const end = (play: Exclude<PollPlay, 'never'>, received: number | null): void => {
        poll.endedAt = clock.monotonic();
        const whole = (meaning: End): CallEnd => ({
          ...meaning,
          times: {
            started,
            sent: started,
            received,
            finished: clock.now(),
            phases: NO_PHASES,
          },
          reply: null,
          proxy: null,
        });
        if ('news' in play) resolve({ ok: true, value: play.news });
        else resolve({ ok: false, end: whole(play.end) });
      };
      const play = script(request, polls.filter((other) => other.sessionId === sessionId).length);
      const cancel =
        play === 'never'
          ? () => undefined
          : clock.after(play.afterMs, () => {
              if (poll.endedAt === null) end(play, clock.now());
            });
      signal.addEventListener('abort', () => {
        if (poll.endedAt !== null) return;
        cancel();
        poll.broken = true;
        const lost = { afterMs: 0, end: END_FOR['timed-out'] };
        end(whenBroken === null ? lost : { afterMs: 0, news: whenBroken }, null);
      });
    });

  const attendance = createAttendance({ vault, isRetried: () => false });
  const sequence = createSequence({ vault, clock });
  const presence = createPresence({
    vault,
    coordinator,
    getMessages,
    sequence,
    clock,
    random,
    absentAfterMs: () => absentAfterMs,
    attendance,
    onFault: (error) => void faults.push(error),
  });
  attendance.onChange(presence.update);
  presence.onChatOffered((heldId) => void offers.push(heldId));
  presence.onChange((heldId, is) => {
    const dropsAt = is?.dropsAt ?? null;
    const change = {
      at: clock.monotonic(),
      state: is?.state ?? null,
      dropsAt: dropsAt === null ? null : dropsAt - clock.now() + clock.monotonic(),
    };
    shown.set(heldId, [...(shown.get(heldId) ?? []), change]);
  });

  return {
    ...world,
    presence,
    attendance,
    sequence,
    polls,
    answerPolls(next) {
      script = next;
    },
    answerWhenBroken(told) {
      whenBroken = told;
    },
    shown: (heldId) => shown.get(heldId) ?? [],
    open: () => polls.filter(({ endedAt }) => endedAt === null),
    faults,
    offers,
    signIn: (name) => vault.hold(agentSession(name), true),
  };
}
