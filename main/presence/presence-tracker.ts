import type { Clock } from '../common/clock.ts';

/** Whether the server takes an agent for present. */
export interface Presence {
  /**
   * `reconnecting`: the server cannot be reached, and drops the session at `dropsAt` (epoch milliseconds)
   * unless it can be again; `dropped`: by now it has.
   */
  readonly state: 'present' | 'reconnecting' | 'dropped';
  /** Null while present. */
  readonly dropsAt: number | null;
}

/** What is known of one agent's presence from how the polls for it go. */
export interface PresenceTracker {
  of(): Presence;
  /** A poll is sent. */
  asked(): void;
  /** It was answered as it should be. */
  heard(): void;
  /**
   * It failed: `hung`, the server took it and never answered; `broken`, the connection broke or there was
   * none. True where a broken one had been open for long enough to have reached the server, which counts as
   * heard: something on the way cuts it off.
   */
  missed(how: 'hung' | 'broken' | 'answered'): boolean;
  /** The machine slept, or nobody polled for a while: what was known may be out of date. */
  doubt(): void;
  /** Nobody polls any more. */
  rest(): void;
}

/** Connecting takes less, step by step: a poll that is open for so long has reached the server. */
const TAKEN_AFTER_MS = 7_000;
/** While all is well, the server is heard more often than this. */
const FRESH_MS = 45_000;

const PRESENT: Presence = { state: 'present', dropsAt: null };

/** Begins as present: the session was created, or went on being polled, a moment ago. */
export function createPresenceTracker(parts: {
  clock: Clock;
  /** After how many milliseconds without a poll the server drops an agent. */
  absentAfterMs: () => number;
  onChange: () => void;
}): PresenceTracker {
  const { clock, absentAfterMs, onChange } = parts;
  /** On the machine's clock, which goes on while it sleeps. */
  let heardAt = clock.now();
  let isTrouble = false;
  let lastHung = false;
  let shown = PRESENT;
  let cancelDrop: (() => void) | null = null;
  let cancelTaken: (() => void) | null = null;
  let askedAt = 0;

  const current = (): Presence => {
    if (!isTrouble) return PRESENT;
    const dropsAt = heardAt + absentAfterMs();
    return { state: clock.now() < dropsAt ? 'reconnecting' : 'dropped', dropsAt };
  };
  const update = (): void => {
    cancelDrop?.();
    cancelDrop = null;
    const was = shown;
    shown = current();
    if (shown.state === 'reconnecting' && shown.dropsAt !== null) {
      cancelDrop = clock.after(shown.dropsAt - clock.now(), update);
    }
    if (shown.state !== was.state || shown.dropsAt !== was.dropsAt) onChange();
  };
  const stopTaking = (): void => {
    cancelTaken?.();
    cancelTaken = null;
  };
  const heard = (at: number): void => {
    stopTaking();
    heardAt = at;
    isTrouble = false;
    update();
  };

  return {
    of: () => shown,
    asked() {
      stopTaking();
      // A server that takes polls and never answers would look well again with each of them.
      askedAt = clock.now();
      if (!isTrouble || lastHung) return;
      cancelTaken = clock.after(TAKEN_AFTER_MS, () => heard(askedAt));
    },
    heard() {
      lastHung = false;
      heard(clock.now());
    },
    missed(how) {
      const openMs = clock.now() - askedAt;
      // Open for longer, it was so while the machine slept.
      const wasTaken = openMs >= TAKEN_AFTER_MS && openMs <= FRESH_MS;
      const isCut = how === 'broken' && !lastHung && wasTaken;
      lastHung = how === 'hung';
      if (isCut) {
        heard(askedAt);
        return true;
      }
      stopTaking();
      isTrouble = true;
      update();
      return false;
    },
    doubt() {
      if (clock.now() - heardAt > FRESH_MS) isTrouble = true;
      update();
    },
    rest() {
      stopTaking();
      cancelDrop?.();
      cancelDrop = null;
    },
  };
}
