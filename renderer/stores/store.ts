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
  /** What was held when leaving began; what is no longer among `state.held` is over. */
  readonly leavingSessions: ReadonlySignal<readonly HeldView[]>;
  /** What was ended since the app was started, the newest first; only as many as one glance takes in. */
  readonly recentlyEnded: ReadonlySignal<readonly Receipt[]>;
  /** Null when there is nothing to ask; also while the app is leaving, which is an answer. */
  readonly leftoverQuestion: ReadonlySignal<LeftoverQuestion | null>;
  /** Whether a browser console may hand sessions in; null as above. */
  readonly originQuestion: ReadonlySignal<OriginQuestion | null>;
  /** Ids whose sign-off was asked for and has neither begun nor been answered. */
  readonly asked: ReadonlySignal<ReadonlySet<string>>;
  /** A call that went wrong, in words. */
  readonly trouble: ReadonlySignal<string | null>;
  readonly announcements: ReadonlySignal<readonly Announcement[]>;
  /** Where a notification leads, until the window has gone there. */
  readonly notificationTarget: ReadonlySignal<NotificationTarget | null>;
  /** The time, for what is shown relative to it. */
  readonly now: ReadonlySignal<number>;
  start(): Promise<void>;
  /** Takes what was ended before the window opened from these, the newest first, for `recentlyEnded`. */
  restoreRecentlyEnded(receipts: readonly Receipt[]): void;
  /** Notes that the machine's network came or went. */
  networkChanged(isOnline: boolean): void;
  /** Resolves with what is wrong with the session; with nothing when it is held. */
  hold(session: Session): Promise<readonly Problem[]>;
  /** Asks the server about the session's address, ending nothing; null when there was no answer. */
  checkAddress(session: Session): Promise<Reply<'checkAddress'> | null>;
  /** Resolves with how it ended; null when there was no answer. */
  signIn(request: Request<'signIn'>): Promise<Reply<'signIn'> | null>;
  /** Gives the sign-in under way up; that ends by it. */
  cancelSignIn(): Promise<void>;
  forgetPassword(): Promise<void>;
  /** Resolves with why the agent's status was not changed, in words, or null. */
  setActivity(request: Request<'setActivity'>): Promise<string | null>;
  signOff(ids: SignOffRequest['ids'], force: boolean): Promise<void>;
  /** Resolves with whether the app took the answer. */
  answerLeftover(answer: LeftoverAnswer): Promise<boolean>;
  /** Resolves with whether the app took the answer. */
  answerOrigin(origin: string, answer: OriginAnswer): Promise<boolean>;
  /** Resolves with whether the app took the answer. */
  answerLeaving(answer: LeavingAnswer): Promise<boolean>;
  /** Resolves with why the setting was not changed, in words, or null. */
  setSetting<N extends keyof Settings>(name: N, value: Settings[N]): Promise<string | null>;
  /** Puts what a browser console needs on the clipboard; false where that did not work. */
  copyBrowserToken(): Promise<boolean>;
  /** The window has gone to `notificationTarget`. */
  clearNotificationTarget(): void;
  dismissTrouble(): void;
}

const TICK_BUSY_MS = 250;
const TICK_IDLE_MS = 15_000;
/** As many as can be read out one after the other; older ones have been. */
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
  const asked = signal<ReadonlySet<string>>(new Set());
  const trouble = signal<string | null>(null);
  const announcements = signal<readonly Announcement[]>([]);
  const notificationTarget = signal<NotificationTarget | null>(null);
  const now = signal(Date.now());

  let announced = 0;
  const announce = (text: string): void => {
    announced += 1;
    const next = [...announcements.value, { key: announced, text }];
    announcements.value = next.slice(-ANNOUNCEMENTS_KEPT);
  };

  const takeState = (next: State): void => {
    const question = leftoverQuestionOf(next);
    const isNew = question !== null && leftoverQuestion.value === null;
    const before = state.value;
    const originBefore = originQuestion.value?.origin;
    batch(() => {
      language.value = next.language;
      const known = leavingSessions.value.length > 0 ? leavingSessions.value : state.value?.held;
      leavingSessions.value = next.leaving === null ? [] : merge(known ?? [], next.held);
      state.value = next;
      // From here on the state itself says how it goes.
      const waiting = next.held.filter(({ id, ending }) => ending === null && asked.value.has(id));
      asked.value = new Set(waiting.map(({ id }) => id));
      now.value = Date.now();
      if (isNew) announce(leftoverAnnouncement(question, now.value));
      const asking = originQuestion.value;
      if (asking !== null && asking.origin !== originBefore)
        announce(originAnnouncement(asking.origin));
      for (const held of next.held) {
        const then = before?.held.find(({ id }) => id === held.id)?.presence?.state;
        if (then === undefined || held.presence === null || held.presence.state === then) continue;
        announce(presenceAnnouncement(held, held.presence.state));
      }
    });
  };

  const takeReceipt = (receipt: Receipt): void => {
    batch(() => {
      now.value = Date.now();
      if (isOver(receipt))
        recentlyEnded.value = [receipt, ...recentlyEnded.value].slice(0, RECENTLY_ENDED_KEPT);
      announce(receiptAnnouncement(receipt));
    });
  };

  const noReply = (): void => {
    trouble.value = words.value.sessions.noReply;
  };

  bridge.on('show', (shown) => (notificationTarget.value = shown));
  bridge.on('state', takeState);
  bridge.on('receipt', takeReceipt);

  const busy = computed(
    () =>
      state.value !== null &&
      (state.value.leaving !== null ||
        leftoverQuestion.value !== null ||
        originQuestion.value !== null ||
        state.value.held.some(runsOut)),
  );
  effect(() => {
    const tick = (): void => {
      now.value = Date.now();
    };
    const timer = setInterval(tick, busy.value ? TICK_BUSY_MS : TICK_IDLE_MS);
    return () => clearInterval(timer);
  });

  return {
    state,
    leavingSessions,
    recentlyEnded,
    leftoverQuestion,
    originQuestion,
    asked,
    trouble,
    announcements,
    notificationTarget,
    now,

    networkChanged(isOnline) {
      if (state.value !== null) takeState({ ...state.value, online: isOnline });
    },

    async start() {
      trouble.value = null;
      try {
        const first = await bridge.getState();
        // An event that overtook this reply is newer.
        if (state.value === null) takeState(first);
      } catch {
        noReply();
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

    async checkAddress(session) {
      try {
        return await bridge.checkAddress({ session });
      } catch {
        return null;
      }
    },

    async signIn(request) {
      try {
        const reply = await bridge.signIn(request);
        if (reply.ok && reply.statusProblem !== null) {
          trouble.value = words.value.signIn.statusProblem(reply.statusProblem);
        }
        return reply;
      } catch {
        return null;
      }
    },

    async cancelSignIn() {
      await bridge.cancelSignIn().catch(noReply);
    },

    async forgetPassword() {
      await bridge.forgetPassword().catch(noReply);
    },

    async setActivity(request) {
      try {
        return (await bridge.setActivity(request)).problem;
      } catch {
        return words.value.sessions.noReply;
      }
    },

    async signOff(ids, force) {
      // Asked twice in a row, a session is still signed off once.
      const which = (state.value?.held ?? [])
        .filter(({ id, ending }) => ending === null && !asked.value.has(id))
        .map(({ id }) => id)
        .filter((id) => ids === 'all' || ids.includes(id));
      if (which.length === 0) return;
      batch(() => {
        trouble.value = null;
        asked.value = new Set([...asked.value, ...which]);
      });
      try {
        await bridge.signOff({ ids: ids === 'all' ? ids : which, force });
      } catch {
        noReply();
      } finally {
        asked.value = new Set([...asked.value].filter((id) => !which.includes(id)));
      }
    },

    async answerLeftover(answer) {
      try {
        await bridge.answerLeftover({ answer });
        return true;
      } catch {
        return false;
      }
    },

    async answerOrigin(origin, answer) {
      try {
        await bridge.answerOrigin({ origin, answer });
        return true;
      } catch {
        return false;
      }
    },

    async answerLeaving(answer) {
      try {
        await bridge.answerLeaving({ answer });
        return true;
      } catch {
        return false;
      }
    },

    async setSetting(name, value) {
      try {
        return (await bridge.setSetting({ name, value })).problem;
      } catch {
        return words.value.sessions.noReply;
      }
    },

    async copyBrowserToken() {
      try {
        return await bridge.copyBrowserToken();
      } catch {
        return false;
      }
    },

    clearNotificationTarget() {
      notificationTarget.value = null;
    },

    dismissTrouble() {
      trouble.value = null;
    },
  };
}

function isOver({ outcome }: Receipt): boolean {
  return outcome === 'ended' || outcome === 'already-over';
}

/** Whether a time that counts down is shown of it. */
function runsOut({ ending, nextTryAt, presence }: HeldView): boolean {
  return ending !== null || nextTryAt !== null || presence?.state === 'reconnecting';
}

/** The known sessions as they stand now, followed by those not known yet. */
function merge(known: readonly HeldView[], held: readonly HeldView[]): readonly HeldView[] {
  const current = new Map(held.map((session) => [session.id, session]));
  const ids = new Set(known.map(({ id }) => id));
  return [
    ...known.map((session) => current.get(session.id) ?? session),
    ...held.filter(({ id }) => !ids.has(id)),
  ];
}
