import { batch, computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Bridge, HeldView, Problem, Request, State } from '../preload/contract.ts';
import { announcement, leftoverAnnouncement, words } from './words.ts';
import type { LeftoverQuestion, Receipt } from './words.ts';

type SignOffRequest = Request<'signOff'>;
type Session = Request<'hold'>['session'];
type LeftoverAnswer = Request<'answerLeftover'>['answer'];
type LeavingAnswer = Request<'answerLeaving'>['answer'];

interface Results {
  readonly receipts: readonly Receipt[];
  /** Where the next page begins: null at the end, undefined before the first page came. */
  readonly next: string | null | undefined;
  readonly unreadable: number;
  readonly status: 'idle' | 'loading' | 'failed';
}

interface Announcement {
  readonly key: number;
  readonly text: string;
}

/** Everything that the window shows, and everything that it can ask for. */
export interface Store {
  /** Null until the app has answered for the first time. */
  readonly state: ReadonlySignal<State | null>;
  readonly results: ReadonlySignal<Results>;
  /** What was held when leaving began; what is no longer among `state.held` is over. */
  readonly leavingSessions: ReadonlySignal<readonly HeldView[]>;
  /** Null when there is nothing to ask; also while the app is leaving, which is an answer. */
  readonly leftoverQuestion: ReadonlySignal<LeftoverQuestion | null>;
  /** Ids whose sign-off was asked for and has neither begun nor been answered. */
  readonly asked: ReadonlySignal<ReadonlySet<string>>;
  /** A call that went wrong, in words. */
  readonly trouble: ReadonlySignal<string | null>;
  readonly announcements: ReadonlySignal<readonly Announcement[]>;
  /** The time, for what is shown relative to it. */
  readonly now: ReadonlySignal<number>;
  start(): Promise<void>;
  /** Resolves with what is wrong with the session; with nothing when it is held. */
  hold(session: Session): Promise<readonly Problem[]>;
  signOff(ids: SignOffRequest['ids'], force: boolean): Promise<void>;
  showMoreResults(): Promise<void>;
  /** Resolves with whether the app took the answer. */
  answerLeftover(answer: LeftoverAnswer): Promise<boolean>;
  /** Resolves with whether the app took the answer. */
  answerLeaving(answer: LeavingAnswer): Promise<boolean>;
  dismissTrouble(): void;
}

const PAGE = 50;
const TICK_BUSY_MS = 250;
const TICK_IDLE_MS = 15_000;
/** As many as can be read out one after the other; older ones have been. */
const ANNOUNCEMENTS_KEPT = 5;

/** The window's state in one place, fed by the bridge's events. */
export function createStore(bridge: Bridge): Store {
  const state = signal<State | null>(null);
  const results = signal<Results>({
    receipts: [],
    next: undefined,
    unreadable: 0,
    status: 'idle',
  });
  const leavingSessions = signal<readonly HeldView[]>([]);
  const leftoverQuestion = computed(() => state.value && findLeftoverQuestion(state.value));
  const asked = signal<ReadonlySet<string>>(new Set());
  const trouble = signal<string | null>(null);
  const announcements = signal<readonly Announcement[]>([]);
  const now = signal(Date.now());

  let announced = 0;
  const announce = (text: string): void => {
    announced += 1;
    const next = [...announcements.value, { key: announced, text }];
    announcements.value = next.slice(-ANNOUNCEMENTS_KEPT);
  };

  const takeState = (next: State): void => {
    const question = findLeftoverQuestion(next);
    const isNew = question !== null && leftoverQuestion.value === null;
    batch(() => {
      const known = leavingSessions.value.length > 0 ? leavingSessions.value : state.value?.held;
      leavingSessions.value = next.leaving === null ? [] : merge(known ?? [], next.held);
      state.value = next;
      // From here on the state itself says how it goes.
      const waiting = next.held.filter(({ id, ending }) => ending === null && asked.value.has(id));
      asked.value = new Set(waiting.map(({ id }) => id));
      now.value = Date.now();
      if (isNew) announce(leftoverAnnouncement(question, now.value));
    });
  };

  const takeReceipt = (receipt: Receipt): void => {
    const { receipts } = results.value;
    if (receipts.some(({ id }) => id === receipt.id)) return;
    batch(() => {
      results.value = { ...results.value, receipts: [receipt, ...receipts] };
      now.value = Date.now();
      announce(announcement(receipt));
    });
  };

  bridge.on('state', takeState);
  bridge.on('receipt', takeReceipt);

  const busy = computed(
    () =>
      state.value !== null &&
      (state.value.leaving !== null ||
        leftoverQuestion.value !== null ||
        state.value.held.some(({ ending }) => ending !== null)),
  );
  effect(() => {
    const tick = (): void => {
      now.value = Date.now();
    };
    const timer = setInterval(tick, busy.value ? TICK_BUSY_MS : TICK_IDLE_MS);
    return () => clearInterval(timer);
  });

  const loadState = async (): Promise<void> => {
    try {
      const first = await bridge.getState();
      // An event that overtook this reply is newer.
      if (state.value === null) takeState(first);
    } catch {
      trouble.value = words.noReply;
    }
  };

  const showMoreResults = async (): Promise<void> => {
    const { next, status } = results.value;
    if (status === 'loading' || next === null) return;
    results.value = { ...results.value, status: 'loading' };
    try {
      const page = await bridge.getResults({ after: next ?? null, limit: PAGE });
      const { receipts, unreadable } = results.value;
      const shown = new Set(receipts.map(({ id }) => id));
      results.value = {
        receipts: [...receipts, ...page.receipts.filter(({ id }) => !shown.has(id))],
        next: page.next,
        unreadable: unreadable + page.unreadable,
        status: 'idle',
      };
    } catch {
      results.value = { ...results.value, status: 'failed' };
    }
  };

  return {
    state,
    results,
    leavingSessions,
    leftoverQuestion,
    asked,
    trouble,
    announcements,
    now,
    showMoreResults,

    async start() {
      trouble.value = null;
      await Promise.all([loadState(), showMoreResults()]);
    },

    async hold(session) {
      try {
        const reply = await bridge.hold({ session });
        return reply.ok ? [] : reply.problems;
      } catch {
        return [{ field: '', message: words.noReply }];
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
        // The receipts come as events too, and are taken from there.
        await bridge.signOff({ ids: ids === 'all' ? ids : which, force });
      } catch {
        trouble.value = words.noReply;
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

    async answerLeaving(answer) {
      try {
        await bridge.answerLeaving({ answer });
        return true;
      } catch {
        return false;
      }
    },

    dismissTrouble() {
      trouble.value = null;
    },
  };
}

function findLeftoverQuestion(state: State): LeftoverQuestion | null {
  if (state.leaving !== null || state.leftoverQuestion === null) return null;
  const { ids, deadline } = state.leftoverQuestion;
  const sessions = state.held.filter(({ id }) => ids.includes(id));
  return sessions.length === 0 ? null : { heldThen: ids.length, sessions, deadline };
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
