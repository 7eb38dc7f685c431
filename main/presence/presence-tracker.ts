import type { Clock } from '../common/clock.ts';

/** Whether the server takes an agent for present. */
export interface Presence {
  /** `reconnecting`: the server cannot be reached; `dropped`: and that for longer than `dropsAt`. */
  readonly state: 'present' | 'reconnecting' | 'dropped';
  /** When the server drops the session, in epoch milliseconds; null while present. */
  readonly dropsAt: number | null;
  /** What was answered in the place of a poll's own answer, in words; left out where nothing was. */
  readonly said?: string;
  /** When a chat was offered to the agent last, in epoch milliseconds; left out where none was of late. */
  readonly chatOfferedAt?: number;
}

/** Why a poll failed: no reply in time, no or a broken connection, or an answer that is an error. */
export type PollFailure = 'timed-out' | 'disconnected' | 'error-answer';

/** Derives one agent's presence from how the polls for it go. */
export interface PresenceTracker {
  presence(): Presence;
  pollSent(): void;
  /** The poll was answered without an error. */
  pollAnswered(): void;
  /**
   * `said`: what was answered instead, for people. Returns true where a disconnected poll had been open for long
   * enough to have reached the server. That counts as an answer: something in between cuts polls off.
   */
  pollFailed(failure: PollFailure, said?: string): boolean;
  /** The server offers a chat to the agent. It says so again and again, and not that it does so no more. */
  chatOffered(): void;
  /** The machine slept, or polling begins again: the last contact may be too old. */
  checkFreshness(): void;
  /** Polling has stopped. */
  stop(): void;
}

/** The connection's own limits are shorter: a poll that is open for so long has reached the server. */
const ACCEPTED_AFTER_MS = 7_000;
/** While all is well, the server answers more often than this. */
const FRESH_MS = 45_000;
/** Without another one, a chat that was offered has gone to somebody by then. */
const OFFER_LASTS_MS = 120_000;

const PRESENT: Presence = { state: 'present', dropsAt: null };

/** Begins as present: the session was created or polled a moment ago. */
export function createPresenceTracker(parts: {
  clock: Clock;
  /** After how many milliseconds without a poll the server drops an agent. */
  absentAfterMs: () => number;
  onChange: () => void;
}): PresenceTracker {
  const { clock, absentAfterMs, onChange } = parts;
  /** On the machine's clock, which goes on while it sleeps. */
  let contactAt = clock.now();
  let isFailing = false;
  let said: string | undefined;
  let lastTimedOut = false;
  let reported = PRESENT;
  let cancelDrop: (() => void) | null = null;
  let cancelAcceptance: (() => void) | null = null;
  let sentAt = 0;
  let offeredAt: number | null = null;
  let cancelOffer: (() => void) | null = null;

  const current = (): Presence => {
    const offer = offeredAt === null ? {} : { chatOfferedAt: offeredAt };
    if (!isFailing) return { ...PRESENT, ...offer };
    const dropsAt = contactAt + absentAfterMs();
    const state = clock.now() < dropsAt ? 'reconnecting' : 'dropped';
    return { state, dropsAt, ...(said === undefined ? {} : { said }), ...offer };
  };
  const update = (): void => {
    cancelDrop?.();
    const was = reported;
    reported = current();
    if (reported.state === 'reconnecting' && reported.dropsAt !== null) {
      cancelDrop = clock.after(reported.dropsAt - clock.now(), update);
    }
    if (!isSamePresence(reported, was)) onChange();
  };
  const contacted = (at: number): void => {
    cancelAcceptance?.();
    contactAt = at;
    isFailing = false;
    update();
  };

  return {
    presence: () => reported,
    pollSent() {
      cancelAcceptance?.();
      sentAt = clock.now();
      // A server that accepts polls and never answers must not look well again with each of them.
      if (isFailing && !lastTimedOut) {
        cancelAcceptance = clock.after(ACCEPTED_AFTER_MS, () => contacted(sentAt));
      }
    },
    pollAnswered() {
      lastTimedOut = false;
      contacted(clock.now());
    },
    pollFailed(failure, words) {
      const openMs = clock.now() - sentAt;
      // A poll that was open for longer was so while the machine slept.
      const wasAccepted = openMs >= ACCEPTED_AFTER_MS && openMs <= FRESH_MS;
      const wasCutOff = failure === 'disconnected' && !lastTimedOut && wasAccepted;
      lastTimedOut = failure === 'timed-out';
      if (wasCutOff) {
        contacted(sentAt);
        return true;
      }
      cancelAcceptance?.();
      isFailing = true;
      said = words;
      update();
      return false;
    },
    chatOffered() {
      cancelOffer?.();
      offeredAt = clock.now();
      cancelOffer = clock.after(OFFER_LASTS_MS, () => {
        offeredAt = null;
        update();
      });
      update();
    },
    checkFreshness() {
      if (clock.now() - contactAt > FRESH_MS) isFailing = true;
      update();
    },
    stop() {
      cancelAcceptance?.();
      cancelDrop?.();
      cancelOffer?.();
      offeredAt = null;
    },
  };
}

/** Whether both are shown alike. */
export function isSamePresence(one: Presence | null, other: Presence | null): boolean {
  return (
    one?.state === other?.state &&
    one?.dropsAt === other?.dropsAt &&
    one?.said === other?.said &&
    one?.chatOfferedAt === other?.chatOfferedAt
  );
}
