import type { PollNews } from '../chat/agent-api.ts';
import type { Answer } from '../chat/answer.ts';
import type { CallEnd } from '../chat/call-end.ts';
import type { Clock } from '../common/clock.ts';
import { backoff } from '../common/backoff.ts';
import { outcomeOf } from '../signoff/outcome.ts';
import { pauseOn } from '../common/pause.ts';
import type { PollFailure, PresenceTracker } from './presence-tracker.ts';

/** Keeps one agent present: polls, one at a time, from `start` until `stop`. */
export interface Polling {
  start(): void;
  /** Aborts the open poll and waits for nothing. */
  stop(): void;
  isOn(): boolean;
  /** Polls anew, because the network may have changed. A poll sent just now is left alone, unless `force`. */
  pollNow(force: boolean): void;
}

/** From the start of one poll to that of the next, at least. */
const GAP_MS = 250;
const MOST_GAP_MS = 5_000;
/** The server allows one open poll, and needs a moment to notice that the last one was aborted. */
const GAP_AFTER_ABORT_MS = 250;
/** The server answers sooner than this only when it has something to say. */
const SOON_MS = 250;
const BACKOFF_FIRST_MS = 500;
const BACKOFF_MOST_MS = 10_000;
const BACKOFF_MOST_DROPPED_MS = 30_000;
/** Before a server that does not know the session is asked once more. */
const DOUBT_MS = 5_000;
/** A poll sent within this time is not taken for dead. */
const RECENT_MS = 2_000;

export function createPolling(parts: {
  /** `isDoubted`: the server has said that it does not know the session, and is asked once more. */
  poll: (signal: AbortSignal, isDoubted: boolean) => Promise<Answer<PollNews>>;
  /** Returns false where the news could not be saved. */
  onNews: (news: PollNews) => boolean;
  /** The server said twice in a row that the session is over, with some time between. */
  onOver: (end: CallEnd) => void;
  /** Unexpected; polling goes on. */
  onFault: (error: unknown) => void;
  tracker: PresenceTracker;
  absentAfterMs: () => number;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
}): Polling {
  const { poll, onNews, onOver, onFault, tracker, absentAfterMs, clock, random } = parts;
  let isOn = false;
  let isRunning = false;
  let open: { readonly controller: AbortController; readonly sentAt: number } | null = null;
  const gap = pauseOn(clock);
  const backoffPause = pauseOn(clock);
  let faults = 0;
  /** Consecutive answers that came soon and brought nothing. */
  let emptyAnswers = 0;
  /**
   * Whether the server said that the session is over, since the last answer that it is not. Once is too little: it may
   * come from an old pool, and polling may go on for days.
   */
  let isSaidOver = false;

  const backOff = (): Promise<void> => {
    faults += 1;
    const isDropped = tracker.presence().state === 'dropped';
    const mostMs = isDropped ? BACKOFF_MOST_DROPPED_MS : BACKOFF_MOST_MS;
    return backoffPause.wait(backoff(faults, random(), { firstMs: BACKOFF_FIRST_MS, mostMs }));
  };

  const afterAnswer = (news: PollNews, tookMs: number): Promise<void> => {
    const isSaved = onNews(news);
    isSaidOver = false;
    if (news.systemError !== null) {
      // Bad news of the session: what is true of it, the next poll shows.
      tracker.pollFailed('error-answer', news.systemError);
      return backOff();
    }
    faults = 0;
    tracker.pollAnswered();
    const hasNews = isSaved && news.hasNews;
    emptyAnswers = tookMs < SOON_MS && !hasNews ? emptyAnswers + 1 : 0;
    // However the server behaves, the agent stays present.
    const most = Math.min(MOST_GAP_MS, absentAfterMs() / 8);
    const gapMs = Math.max(GAP_MS, Math.min(most, GAP_MS * 2 ** (emptyAnswers - 1)));
    return tookMs < gapMs ? gap.wait(gapMs - tookMs) : Promise.resolve();
  };

  const afterFault = (end: CallEnd): Promise<void> => {
    if (outcomeOf(end).outcome !== 'already-over') {
      if (tracker.pollFailed(failureOf(end), wordsOf(end))) faults = 0;
      return backOff();
    }
    if (!isSaidOver) {
      isSaidOver = true;
      tracker.pollFailed('error-answer', wordsOf(end));
      return gap.wait(DOUBT_MS);
    }
    onOver(end);
    return isOn ? backOff() : Promise.resolve();
  };

  const pollOnce = async (): Promise<void> => {
    const controller = new AbortController();
    const started = clock.monotonic();
    open = { controller, sentAt: clock.now() };
    tracker.pollSent();
    let answer: Answer<PollNews> | null = null;
    try {
      answer = await poll(controller.signal, isSaidOver);
    } catch (error) {
      onFault(error);
    }
    open = null;
    if (controller.signal.aborted) {
      // The server will not repeat what it told the aborted poll.
      if (answer?.ok === true) onNews(answer.value);
      if (isOn) await gap.wait(GAP_AFTER_ABORT_MS);
    } else if (answer === null) {
      tracker.pollFailed('error-answer');
      await backOff();
    } else if (answer.ok) {
      await afterAnswer(answer.value, clock.monotonic() - started);
    } else {
      await afterFault(answer.end);
    }
  };

  const run = async (): Promise<void> => {
    isRunning = true;
    while (isOn) await pollOnce();
    isRunning = false;
  };

  return {
    start() {
      if (isOn) return;
      isOn = true;
      faults = 0;
      emptyAnswers = 0;
      isSaidOver = false;
      tracker.checkFreshness();
      if (!isRunning) void run();
    },
    stop() {
      isOn = false;
      open?.controller.abort();
      gap.end();
      backoffPause.end();
      tracker.stop();
    },
    isOn: () => isOn,
    pollNow(force) {
      if (!isOn) return;
      faults = 0;
      tracker.checkFreshness();
      // By the machine's clock, which goes on while it sleeps.
      const isRecent = open !== null && Math.abs(clock.now() - open.sentAt) < RECENT_MS;
      if (force || !isRecent) open?.controller.abort();
      backoffPause.end();
    },
  };
}

/** What was answered instead; undefined where nothing was. */
function wordsOf(end: CallEnd): string | undefined {
  return end.kind === 'no-reply' || end.kind === 'timed-out' || end.kind === 'success'
    ? undefined
    : end.message;
}

function failureOf({ kind }: CallEnd): PollFailure {
  if (kind === 'timed-out') return 'timed-out';
  return kind === 'no-reply' ? 'disconnected' : 'error-answer';
}
