import { labelOrKind } from '../../words/session-name.ts';
import type { Words } from '../../words/words.ts';
import type { HeldSession } from '../sessions/session.ts';
import type { Settings } from '../settings/schema.ts';
import type { Clock } from '../common/clock.ts';
import { isOver, type Receipt } from '../results/receipt.ts';
import { traitsOf } from '../signoff/causes.ts';

/** Where a click leads in the window: a whole view, one session or receipt, or signing in to an ended session again. */
export type Destination =
  | { readonly view: 'sessions'; readonly id: string | null }
  | { readonly view: 'results'; readonly receipt: Receipt | null }
  | { readonly view: 'sign-in'; readonly id: string };

export interface NotificationText {
  readonly title: string;
  readonly body: string;
}

/** Shows a notification, if the system supports them. */
export type Show = (text: NotificationText, onClick: () => void) => void;

/** Remembers across starts what the agent has been told. */
export interface NotificationMemory {
  get(key: 'toldAboutTray'): boolean;
  set(key: 'toldAboutTray', value: true): void;
}

type NamedSession = Pick<HeldSession, 'id' | 'kind' | 'label'>;

/** Notifies the agent of what they would otherwise not see. Contains no secrets. */
export interface Notifications {
  /** Notifies of a failed sign-off, an ended leftover, and a session that the server ended by itself. */
  signedOff(receipt: Receipt): void;
  /** Notifies of a server that cannot be reached for a while. Null: this app keeps no presence any more. */
  presenceChanged(
    session: NamedSession,
    state: 'present' | 'reconnecting' | 'dropped' | null,
  ): void;
  /** An agent's activity could not be set; `problem` is for people. */
  activityNotChanged(session: NamedSession, problem: string): void;
  /** A chat is offered to the agent of this session, which Signoff cannot take. */
  chatOffered(session: NamedSession): void;
  /** A session was handed in from outside the window. */
  handedIn(session: NamedSession): void;
  /** The window asks about this many leftovers. */
  asksAboutLeftovers(count: number): void;
  /** The window asks whether a browser console at this origin may hand sessions in. */
  asksAboutOrigin(origin: string): void;
  /** These sessions were ended for a shutdown that was then called off. */
  shutdownCalledOff(ended: readonly NamedSession[]): void;
  /** Notifies, the first time only, that Signoff keeps running in the tray. */
  windowClosed(): void;
}

/** Events within this time share one notification. */
const BATCH_MS = 1_000;
/** A chat is offered again and again until somebody takes it. */
const OFFERED_AGAIN_MS = 60_000;
/** Shorter outages are over before anybody could react. */
const UNREACHABLE_AFTER_MS = 30_000;

export function createNotifications(parts: {
  show: Show;
  open: (destination: Destination) => void;
  words: () => Words;
  settings: () => Settings;
  isWindowFocused: () => boolean;
  isHeld: (heldId: string) => boolean;
  /** Whether any sign-off is under way: all of one cause share a notification. */
  isSigningOff: () => boolean;
  memory: NotificationMemory;
  clock: Clock;
}): Notifications {
  const { words, settings, isHeld, isSigningOff, memory, clock } = parts;
  const texts = (): Words['shell'] => words().shell;
  const nameOf = (session: Pick<HeldSession, 'kind' | 'label'>): string =>
    labelOrKind(words().sessions, session);
  const show = (text: NotificationText, destination: Destination): void =>
    parts.show(text, () => parts.open(destination));
  const showSessions = (text: NotificationText, id: string | null = null): void =>
    show(text, { view: 'sessions', id });

  const notifyNotEnded = createBatch<Receipt>(
    clock,
    (receipts) => {
      // A later try may have ended one by now.
      const notEnded = latestBy(receipts, ({ heldId }) => heldId).filter(({ heldId }) =>
        isHeld(heldId),
      );
      const [first, ...others] = notEnded;
      if (first === undefined) return;
      const outcome = words().sessions.outcomes[first.outcome];
      if (others.length > 0) showSessions(texts().severalNotEnded(notEnded.length));
      else showSessions(texts().notEnded(nameOf(first), outcome), first.heldId);
    },
    isSigningOff,
  );
  const notifyLeftovers = createBatch<Receipt>(
    clock,
    ([first, ...others]) => {
      const receipt = others.length > 0 ? null : first;
      const text =
        receipt === null
          ? texts().leftoversEnded(others.length + 1)
          : texts().leftoverEnded(nameOf(receipt));
      show(text, { view: 'results', receipt });
    },
    isSigningOff,
  );
  const notifyHandIns = createBatch<NamedSession>(clock, (sessions) => {
    const [first, ...others] = latestBy(sessions, ({ id }) => id);
    if (others.length > 0) showSessions(texts().severalHandedIn(others.length + 1));
    else showSessions(texts().handedIn(nameOf(first)), first.id);
  });
  const notifyNotChanged = createBatch<{ id: string; name: string; problem: string }>(
    clock,
    (all) => {
      const notChanged = latestBy(all, ({ id }) => id);
      const [first, ...others] = notChanged;
      const body = [...new Set(notChanged.map(({ problem }) => problem))].join(' ');
      if (others.length === 0) {
        showSessions({ title: texts().activityNotChanged(first.name), body }, first.id);
      } else {
        showSessions({ title: texts().severalActivitiesNotChanged(notChanged.length), body });
      }
    },
  );

  /** Held sessions that the agent knows of: retries fail without another notification. */
  const notified = new Set<string>();
  /** Held sessions that the agent has just been told of a chat for. */
  const offered = new Map<string, () => void>();
  /** Cancels the pending notification, by held session; kept until the agent is present again. */
  const unreachable = new Map<string, () => void>();

  return {
    signedOff(receipt) {
      const { cause, heldId, outcome } = receipt;
      const meaning = traitsOf(cause);
      if (isOver(outcome)) {
        notified.delete(heldId);
        if (!settings().notifyOutcomes) return;
        if (cause === 'server') {
          show(texts().endedByServer(nameOf(receipt)), { view: 'results', receipt });
        }
        if (meaning?.reportsEnd === true) notifyLeftovers(receipt);
        return;
      }
      if (!settings().notifyOutcomes) return;
      if (receipt.letGo) {
        notified.delete(heldId);
        const text = cause === 'replaced' ? texts().replaced : texts().letGo;
        show(text(nameOf(receipt)), { view: 'results', receipt });
        return;
      }
      const isNews =
        meaning?.agent === 'at-work' ? !parts.isWindowFocused() : !notified.has(heldId);
      notified.add(heldId);
      if (isNews) notifyNotEnded(receipt);
    },
    presenceChanged(session, state) {
      const { id } = session;
      if (state === 'present' || state === null) {
        unreachable.get(id)?.();
        unreachable.delete(id);
      } else if (!unreachable.has(id)) {
        const notify = (): void => {
          if (settings().notifyOutcomes) showSessions(texts().unreachable(nameOf(session)), id);
        };
        unreachable.set(id, clock.after(UNREACHABLE_AFTER_MS, notify));
      }
    },
    activityNotChanged(session, problem) {
      if (!settings().notifyOutcomes) return;
      notifyNotChanged({ id: session.id, name: nameOf(session), problem });
    },
    chatOffered({ id, ...session }) {
      if (!settings().notifyOutcomes || offered.has(id)) return;
      offered.set(
        id,
        clock.after(OFFERED_AGAIN_MS, () => offered.delete(id)),
      );
      const isSetUnavailable = settings().onChatOffered === 'unavailable';
      showSessions(texts().chatOffered(nameOf(session), isSetUnavailable), id);
    },
    handedIn(session) {
      if (settings().notifyHandIns) notifyHandIns(session);
    },
    asksAboutLeftovers(count) {
      showSessions({ title: texts().leftoverTitle, body: texts().leftoverBody(count) });
    },
    asksAboutOrigin: (origin) => showSessions(texts().originAsks(origin)),
    shutdownCalledOff(ended) {
      if (!settings().notifyOutcomes) return;
      const { calledOffTitle, calledOffText } = words().sessions;
      const signedOut = ended.some(({ kind }) => kind === 'agent');
      showSessions({ title: calledOffTitle, body: calledOffText(ended.length, signedOut) });
    },
    windowClosed() {
      if (memory.get('toldAboutTray')) return;
      memory.set('toldAboutTray', true);
      showSessions({ title: texts().inTrayTitle, body: texts().inTrayBody });
    },
  };
}

type NonEmpty<T> = readonly [T, ...T[]];

/** Collects items for `BATCH_MS`, and for as long as `isMoreComing`; then `flush` gets all of them. */
function createBatch<T>(
  clock: Clock,
  flush: (all: NonEmpty<T>) => void,
  isMoreComing: () => boolean = () => false,
): (item: T) => void {
  let batch: [T, ...T[]] | null = null;
  const flushWhenDone = (): void => {
    if (isMoreComing()) {
      clock.after(BATCH_MS, flushWhenDone);
      return;
    }
    const all = batch;
    batch = null;
    if (all !== null) flush(all);
  };
  return (item) => {
    if (batch !== null) {
      batch.push(item);
      return;
    }
    batch = [item];
    clock.after(BATCH_MS, flushWhenDone);
  };
}

/** The latest item of each key, in the order in which the keys came first. */
function latestBy<T>(items: NonEmpty<T>, keyOf: (item: T) => string): NonEmpty<T> {
  const [first, ...others] = [...new Map(items.map((item) => [keyOf(item), item])).values()];
  return [first ?? items[0], ...others];
}
