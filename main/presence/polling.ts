import type { AgentMessage } from '../chat/agent-api.ts';
import type { Answer } from '../chat/answer.ts';
import type { CallEnd } from '../chat/call-end.ts';
import type { Clock } from '../common/clock.ts';
import { backoff } from '../common/backoff.ts';
import { verdictOf } from '../signoff/outcome.ts';
import { pauseOn } from '../common/pause.ts';
import type { PresenceTracker } from './presence-tracker.ts';

/** Keeps one agent present: polls, one at a time, from `begin` until `halt`. */
export interface Polling {
  begin(): void;
  /** Breaks the poll off; on return nothing of it is waited for. */
  halt(): void;
  isOn(): boolean;
  /** Polls anew, at once: the network may be another one. Leaves alone what was sent just now, unless `anyway`. */
  again(anyway: boolean): void;
}

export interface PollingParts {
  poll: (signal: AbortSignal) => Promise<Answer<readonly AgentMessage[]>>;
  /** Takes in what the server told; false where that did not work, so that it will tell it again. */
  take: (messages: readonly AgentMessage[]) => boolean;
  /** The server said, and said again, that the session is over. */
  onOver: (end: CallEnd) => void;
  /** Nobody foresaw it; polling goes on. */
  onFault: (error: unknown) => void;
  tracker: PresenceTracker;
  absentAfterMs: () => number;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
}

/** From the start of one poll to that of the next, at least. */
const APART_MS = 250;
const APART_MOST_MS = 5_000;
/** Whoever breaks a poll off leaves the server a moment to notice: it allows only one. */
const AFTER_BREAK_MS = 250;
/** A poll is answered sooner only where there is something to tell. */
const SOON_MS = 250;
const BACKOFF_FIRST_MS = 500;
const BACKOFF_MOST_MS = 10_000;
const BACKOFF_MOST_DROPPED_MS = 30_000;
/** A poll that was sent within this time is not taken for dead. */
const YOUNG_MS = 2_000;

export function createPolling(parts: PollingParts): Polling {
  const { poll, take, onOver, onFault, tracker, absentAfterMs, clock, random } = parts;
  let on = false;
  let isRunning = false;
  let open: { readonly controller: AbortController; readonly sentAt: number } | null = null;
  const breath = pauseOn(clock);
  const backoffPause = pauseOn(clock);
  let faults = 0;
  /** Answers in a row that came soon and told nothing. */
  let empty = 0;
  /** One answer that the session is over may be by something else on the way; polling may go on for days. */
  let isSaidOver = false;

  const backOff = (): Promise<void> => {
    faults += 1;
    const mostMs = tracker.of().state === 'dropped' ? BACKOFF_MOST_DROPPED_MS : BACKOFF_MOST_MS;
    return backoffPause.wait(backoff(faults, random(), { firstMs: BACKOFF_FIRST_MS, mostMs }));
  };

  const afterAnswer = (messages: readonly AgentMessage[], tookMs: number): Promise<void> => {
    faults = 0;
    isSaidOver = false;
    tracker.heard();
    const isTaken = take(messages);
    const hasNews = isTaken && messages.some(({ kind }) => kind !== 'timeout');
    empty = tookMs < SOON_MS && !hasNews ? empty + 1 : 0;
    // However the server behaves, the agent stays present.
    const most = Math.min(APART_MOST_MS, absentAfterMs() / 8);
    const apart = Math.max(APART_MS, Math.min(most, APART_MS * 2 ** (empty - 1)));
    return tookMs < apart ? breath.wait(apart - tookMs) : Promise.resolve();
  };

  const afterFault = (end: CallEnd): Promise<void> => {
    if (verdictOf(end).outcome !== 'already-over') {
      if (tracker.missed(howMissed(end))) faults = 0;
      return backOff();
    }
    if (!isSaidOver) {
      isSaidOver = true;
      return breath.wait(APART_MS);
    }
    onOver(end);
    return on ? backOff() : Promise.resolve();
  };

  const once = async (): Promise<void> => {
    const controller = new AbortController();
    const started = clock.monotonic();
    open = { controller, sentAt: clock.now() };
    tracker.asked();
    let answer: Answer<readonly AgentMessage[]> | null = null;
    try {
      answer = await poll(controller.signal);
    } catch (error) {
      onFault(error);
    }
    open = null;
    if (controller.signal.aborted) {
      // Whatever it told will not be told again.
      if (answer?.ok === true) take(answer.value);
      if (on) await breath.wait(AFTER_BREAK_MS);
    } else if (answer === null) {
      tracker.missed('answered');
      await backOff();
    } else if (answer.ok) {
      await afterAnswer(answer.value, clock.monotonic() - started);
    } else {
      await afterFault(answer.end);
    }
  };

  const run = async (): Promise<void> => {
    isRunning = true;
    while (on) await once();
    isRunning = false;
  };

  return {
    begin() {
      if (on) return;
      on = true;
      faults = 0;
      empty = 0;
      isSaidOver = false;
      tracker.doubt();
      if (!isRunning) void run();
    },
    halt() {
      on = false;
      open?.controller.abort();
      breath.end();
      backoffPause.end();
      tracker.rest();
    },
    isOn: () => on,
    again(anyway) {
      if (!on) return;
      faults = 0;
      tracker.doubt();
      // By the machine's clock, which goes on while it sleeps.
      const isYoung = open !== null && Math.abs(clock.now() - open.sentAt) < YOUNG_MS;
      if (anyway || !isYoung) open?.controller.abort();
      backoffPause.end();
    },
  };
}

function howMissed({ kind }: CallEnd): Parameters<PresenceTracker['missed']>[0] {
  if (kind === 'timed-out') return 'hung';
  return kind === 'no-reply' ? 'broken' : 'answered';
}
