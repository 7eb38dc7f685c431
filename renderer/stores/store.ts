import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type {
  Bridge,
  EventPayload,
  HeldView,
  Problem,
  Reply,
  Request,
  State,
} from '../../preload/contract.ts';
import { type LeftoverQuestion, leftoverQuestionOf } from '../model/leftover-question.ts';
import type { Announcement, OriginQuestion, Receipt } from '../model/types.ts';
import {
  calledOffAnnouncement,
  leftoverAnnouncement,
  originAnnouncement,
  presenceAnnouncement,
  receiptAnnouncement,
} from '../text/announcements.ts';
import { language, words } from '../text/language.ts';

type SignOffRequest = Request<'signOff'>;
type Session = Request<'hold'>['session'];
type LeftoverAnswer = Request<'answerLeftover'>['answer'];
type NotificationTarget = EventPayload<'show'>;
type OriginAnswer = Request<'answerOrigin'>['answer'];
type LeavingAnswer = Request<'answerLeaving'>['answer'];
type Settings = State['settings']['values'];

/** Everything that the window shows, and everything that it can ask for. */
export interface Store {
  /** Null until the app has answered for the first time. */
  readonly state: ReadonlySignal<State | null>;
  /** What was held when leaving began. Those no longer in `state.held` are over. */
  readonly leavingSessions: ReadonlySignal<readonly HeldView[]>;
  /** The last few sessions that ended since the app was started, the newest first. */
  readonly recentlyEnded: ReadonlySignal<readonly Receipt[]>;
  /** Null when there is nothing to ask, and while the app is leaving. */
  readonly leftoverQuestion: ReadonlySignal<LeftoverQuestion | null>;
  /** Whether a browser console may hand sessions in. Null as above. */
  readonly originQuestion: ReadonlySignal<OriginQuestion | null>;
  /** Ids of the sessions whose sign-off was requested and has neither begun nor been answered. */
  readonly requested: ReadonlySignal<ReadonlySet<string>>;
  /** A call that failed, in words. */
  readonly error: ReadonlySignal<string | null>;
  readonly announcements: ReadonlySignal<readonly Announcement[]>;
  /** Where a clicked notification leads, until the window has gone there. */
  readonly notificationTarget: ReadonlySignal<NotificationTarget | null>;
  /** The current time in epoch milliseconds, for countdowns and relative times. */
  readonly now: ReadonlySignal<number>;
  start(): Promise<void>;
  /** Fills `recentlyEnded` from stored receipts, the newest first. */
  restoreRecentlyEnded(receipts: readonly Receipt[]): void;
  setOnline(isOnline: boolean): void;
  /** Resolves with the problems of the session; with none when it is held. */
  hold(session: Session): Promise<readonly Problem[]>;
  /** Checks the session's address with the server, and ends nothing. Null without an answer. */
  checkAddress(session: Session): Promise<Reply<'checkAddress'> | null>;
  /** Resolves with how it ended; null without an answer. */
  signIn(request: Request<'signIn'>): Promise<Reply<'signIn'> | null>;
  /** Cancels the running sign-in, whose promise then resolves. */
  cancelSignIn(): Promise<void>;
  forgetPassword(): Promise<void>;
  /** Resolves with why the status was not changed, in words, or null. */
  setActivity(request: Request<'setActivity'>): Promise<string | null>;
  signOff(ids: SignOffRequest['ids'], force: boolean): Promise<void>;
  /** The answers resolve with whether the app received them. */
  answerLeftover(answer: LeftoverAnswer): Promise<boolean>;
  answerOrigin(origin: string, answer: OriginAnswer): Promise<boolean>;
  answerLeaving(answer: LeavingAnswer): Promise<boolean>;
  /** Puts away what is said of a shutdown that was called off. */
  dismissCalledOff(): Promise<void>;
  /** Resolves with why the setting was not changed, in words, or null. */
  setSetting<N extends keyof Settings>(name: N, value: Settings[N]): Promise<string | null>;
  /** Copies the token that a browser console needs; false if that failed. */
  copyBrowserToken(): Promise<boolean>;
  clearNotificationTarget(): void;
  dismissError(): void;
}

const TICK_BUSY_MS = 250;
const TICK_IDLE_MS = 15_000;
/** Older ones have been read out by then. */
const ANNOUNCEMENTS_KEPT = 5;
const RECENTLY_ENDED_KEPT = 5;

/** The window's state in one place, fed by the bridge's events. */
export function createStore(bridge: Bridge): Store {
  const state = signal<State | null>(null);
  const leavingSessions = signal<readonly HeldView[]>([]);
  const recentlyEnded = signal<readonly Receipt[]>([]);
  const leftoverQuestion = computed(() => state.value && leftoverQuestionOf(state.value));
  const originQuestion = computed(() =>
    state.value === null || state.value.leaving !== null ? null : state.value.originQuestion,
  );
  const requested = signal<ReadonlySet<string>>(new Set());
  const error = signal<string | null>(null);
  const announcements = signal<readonly Announcement[]>([]);
  const notificationTarget = signal<NotificationTarget | null>(null);
  const now = signal(Date.now());

  let announced = 0;
  const announce = (text: string): void => {
    announced += 1;
    const next = [...announcements.value, { key: announced, text }];
    announcements.value = next.slice(-ANNOUNCEMENTS_KEPT);
  };

  const applyState = (next: State): void => {
    const previous = state.value;
    const previousQuestion = leftoverQuestion.value;
    const previousOrigin = originQuestion.value?.origin;
    batch(() => {
      language.value = next.language;
      const known = leavingSessions.value.length > 0 ? leavingSessions.value : previous?.held;
      leavingSessions.value = next.leaving === null ? [] : merge(known ?? [], next.held);
      state.value = next;
      // Once a sign-off has begun, the state itself shows it.
      const waiting = [...next.held, ...heldElsewhere(next)].filter(
        ({ id, ending }) => ending === null && requested.value.has(id),
      );
      requested.value = new Set(waiting.map(({ id }) => id));
      now.value = Date.now();
      const question = leftoverQuestion.value;
      if (question && !previousQuestion) announce(leftoverAnnouncement(question, now.value));
      const origin = originQuestion.value?.origin;
      if (origin !== undefined && origin !== previousOrigin) announce(originAnnouncement(origin));
      const knownEnded = previous?.calledOff ?? [];
      const ended = next.calledOff.filter(({ id }) => !knownEnded.some((one) => one.id === id));
      if (ended.length > 0) announce(calledOffAnnouncement(ended));
      for (const held of next.held) {
        const before = previous?.held.find(({ id }) => id === held.id)?.presence?.state;
        const after = held.presence?.state;
        if (before && after && after !== before) announce(presenceAnnouncement(held, after));
      }
    });
  };

  const addReceipt = (receipt: Receipt): void => {
    batch(() => {
      now.value = Date.now();
      if (isOver(receipt))
        recentlyEnded.value = [receipt, ...recentlyEnded.value].slice(0, RECENTLY_ENDED_KEPT);
      announce(receiptAnnouncement(receipt));
    });
  };

  const reportNoReply = (): void => {
    error.value = words.value.sessions.noReply;
  };

  bridge.on('show', (shown) => (notificationTarget.value = shown));
  bridge.on('state', applyState);
  bridge.on('receipt', addReceipt);

  const busy = computed(
    () =>
      state.value !== null &&
      (state.value.leaving !== null ||
        leftoverQuestion.value !== null ||
        originQuestion.value !== null ||
        [...state.value.held, ...heldElsewhere(state.value)].some(hasCountdown)),
  );
  effect(() => {
    const tick = (): number => (now.value = Date.now());
    const timer = setInterval(tick, busy.value ? TICK_BUSY_MS : TICK_IDLE_MS);
    return () => clearInterval(timer);
  });

  return {
    state,
    leavingSessions,
    recentlyEnded,
    leftoverQuestion,
    originQuestion,
    requested,
    error,
    announcements,
    notificationTarget,
    now,

    setOnline(isOnline) {
      if (state.value !== null) applyState({ ...state.value, online: isOnline });
    },

    async start() {
      error.value = null;
      try {
        const first = await bridge.getState();
        // A state event that overtook this reply is newer.
        if (state.value === null) applyState(first);
      } catch {
        reportNoReply();
      }
    },

    restoreRecentlyEnded(receipts) {
      const { runningSince = Infinity } = state.value ?? {};
      const known = new Set(recentlyEnded.value.map(({ id }) => id));
      const before = receipts.filter(
        (receipt) =>
          isOver(receipt) &&
          !known.has(receipt.id) &&
          Date.parse(receipt.finishedAt) >= runningSince,
      );
      recentlyEnded.value = [...recentlyEnded.value, ...before].slice(0, RECENTLY_ENDED_KEPT);
    },

    async hold(session) {
      try {
        const reply = await bridge.hold({ session });
        return reply.ok ? [] : reply.problems;
      } catch {
        return [{ field: '', message: words.value.sessions.noReply }];
      }
    },

    checkAddress: (session) => bridge.checkAddress({ session }).catch(() => null),

    async signIn(request) {
      try {
        const reply = await bridge.signIn(request);
        if (reply.ok && reply.statusProblem !== null) {
          error.value = words.value.signIn.statusProblem(reply.statusProblem);
        }
        return reply;
      } catch {
        return null;
      }
    },

    cancelSignIn: () => bridge.cancelSignIn().catch(reportNoReply),
    forgetPassword: () => bridge.forgetPassword().catch(reportNoReply),
    setActivity: (request) => problemOf(bridge.setActivity(request)),

    async signOff(ids, force) {
      // A second click must not sign a session off twice.
      const { value: shown } = state;
      if (shown === null) return;
      // All are those of this machine.
      const others = ids === 'all' ? [] : heldElsewhere(shown);
      const which = [...shown.held, ...others]
        .filter(({ id, ending }) => ending === null && !requested.value.has(id))
        .map(({ id }) => id)
        .filter((id) => ids === 'all' || ids.includes(id));
      if (which.length === 0) return;
      batch(() => {
        error.value = null;
        requested.value = new Set([...requested.value, ...which]);
      });
      try {
        await bridge.signOff({ ids: ids === 'all' ? ids : which, force });
      } catch {
        reportNoReply();
      } finally {
        requested.value = new Set([...requested.value].filter((id) => !which.includes(id)));
      }
    },

    answerLeftover: (answer) => succeeds(bridge.answerLeftover({ answer })),
    answerOrigin: (origin, answer) => succeeds(bridge.answerOrigin({ origin, answer })),
    answerLeaving: (answer) => succeeds(bridge.answerLeaving({ answer })),
    dismissCalledOff: () => bridge.dismissCalledOff().catch(reportNoReply),
    setSetting: (name, value) => problemOf(bridge.setSetting({ name, value })),
    copyBrowserToken: () => bridge.copyBrowserToken().catch(() => false),

    clearNotificationTarget() {
      notificationTarget.value = null;
    },

    dismissError() {
      error.value = null;
    },
  };
}

function succeeds(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => true,
    () => false,
  );
}

async function problemOf(
  call: Promise<{ readonly problem: string | null }>,
): Promise<string | null> {
  try {
    return (await call).problem;
  } catch {
    return words.value.sessions.noReply;
  }
}

/** What of other machines can be ended from here. */
function heldElsewhere({ elsewhere }: State): HeldView[] {
  return elsewhere.flatMap(({ held }) => held ?? []);
}

function isOver({ outcome }: Receipt): boolean {
  return outcome === 'ended' || outcome === 'already-over';
}

/** Whether a countdown is shown for the session. */
function hasCountdown({ ending, nextTryAt, presence }: HeldView): boolean {
  return ending !== null || nextTryAt !== null || presence?.state === 'reconnecting';
}

/** The known sessions in their current state, followed by the new ones. */
function merge(known: readonly HeldView[], held: readonly HeldView[]): readonly HeldView[] {
  const current = new Map(held.map((session) => [session.id, session]));
  const ids = new Set(known.map(({ id }) => id));
  return [
    ...known.map((session) => current.get(session.id) ?? session),
    ...held.filter(({ id }) => !ids.has(id)),
  ];
}
