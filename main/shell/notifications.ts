import { labelOrKind } from '../../words/session-name.ts';
import type { Words } from '../../words/words.ts';
import type { HeldSession } from '../sessions/session.ts';
import type { Settings } from '../settings/schema.ts';
import type { Clock } from '../common/clock.ts';
import { isOver, type Receipt } from '../results/receipt.ts';
import { traitsOf } from '../signoff/causes.ts';

/** Where a click leads: to all that is shown there, or to one session or receipt. */
export type Place =
  | { readonly view: 'sessions'; readonly id: string | null }
  | { readonly view: 'results'; readonly receipt: Receipt | null };

export interface NotificationText {
  readonly title: string;
  readonly body: string;
}

/** Shows a notification, where the system has such a thing. */
export type Show = (text: NotificationText, onClick: () => void) => void;

/** Where it is kept, across starts, that the agent has been told. */
export interface Memory {
  get(key: 'toldAboutTray'): boolean;
  set(key: 'toldAboutTray', value: true): void;
}

/** Tells the agent what they would otherwise not see. No secret is in it. */
export interface Notifications {
  /**
   * A sign-off is over: told is what could not be ended, and leftovers that were. Told is, too, what the
   * server has ended by itself.
   */
  signedOff(receipt: Receipt): void;
  /**
   * Whether the server takes an agent for present has changed; null where nobody here sees to it any
   * more. Told is a server that cannot be reached for a while.
   */
  presenceChanged(
    session: Pick<HeldSession, 'id' | 'kind' | 'label'>,
    state: 'present' | 'reconnecting' | 'dropped' | null,
  ): void;
  /** An agent could not be set available or unavailable, in words, where nobody may see that in the window. */
  activityNotChanged(session: Pick<HeldSession, 'id' | 'kind' | 'label'>, problem: string): void;
  /** A session was handed in from outside the window. */
  handedIn(session: Pick<HeldSession, 'id' | 'kind' | 'label'>): void;
  /** It is asked about this many sessions that a crash left over. */
  asksAboutLeftovers(count: number): void;
  /** It is asked whether a browser console at this origin may hand sessions in. */
  asksAboutOrigin(origin: string): void;
  /** The window was closed; told is, the first time only, that Signoff goes on. */
  windowClosed(): void;
}

/** What comes within this time of something else is told with it. */
const BURST_MS = 1_000;
/** Shorter troubles are over before anybody could do something about them. */
const UNREACHABLE_AFTER_MS = 30_000;

export function createNotifications(parts: {
  show: Show;
  open: (place: Place) => void;
  words: () => Words;
  settings: () => Settings;
  isWindowFocused: () => boolean;
  isHeld: (heldId: string) => boolean;
  /** Whether any sign-off is under way: all that come of one cause are told of together. */
  isSigningOff: () => boolean;
  memory: Memory;
  clock: Clock;
}): Notifications {
  const { show, open, words, settings, isWindowFocused, isHeld, isSigningOff, memory, clock } =
    parts;
  const texts = (): Words['shell'] => words().shell;
  const nameOf = (session: Pick<HeldSession, 'kind' | 'label'>): string =>
    labelOrKind(words().sessions, session);

  /** What the agent knows to be still held: that is tried again by itself, and told of once. */
  const known = new Set<string>();
  const tellStuck = createBurst<Receipt>(clock, isSigningOff, (receipts) => {
    // By now a later try may have ended one.
    const newest = new Map(receipts.map((receipt) => [receipt.heldId, receipt]));
    const stuck = [...newest.values()].filter(({ heldId }) => isHeld(heldId));
    const [first] = stuck;
    if (first === undefined) return;
    const text =
      stuck.length === 1
        ? texts().notEnded(nameOf(first), words().sessions.outcomes[first.outcome])
        : texts().severalNotEnded(stuck.length);
    show(text, () => open({ view: 'sessions', id: stuck.length === 1 ? first.heldId : null }));
  });
  const tellLeftovers = createBurst<Receipt>(clock, isSigningOff, (receipts) => {
    const [first] = receipts;
    if (first === undefined) return;
    const isOne = receipts.length === 1;
    const text = isOne
      ? texts().leftoverEnded(nameOf(first))
      : texts().leftoversEnded(receipts.length);
    show(text, () => open({ view: 'results', receipt: isOne ? first : null }));
  });
  const tellHandIns = createBurst<Pick<HeldSession, 'id' | 'kind' | 'label'>>(
    clock,
    () => false,
    (sessions) => {
      const handedIn = [...new Map(sessions.map((session) => [session.id, session])).values()];
      const [first] = handedIn;
      if (first === undefined) return;
      const isOne = handedIn.length === 1;
      const text = isOne
        ? texts().handedIn(nameOf(first))
        : texts().severalHandedIn(handedIn.length);
      show(text, () => open({ view: 'sessions', id: isOne ? first.id : null }));
    },
  );

  const tellNotChanged = createBurst<{
    readonly id: string;
    readonly name: string;
    problem: string;
  }>(
    clock,
    () => false,
    (all) => {
      // Of one agent, the newest counts.
      const notChanged = [...new Map(all.map((one) => [one.id, one])).values()];
      const [first] = notChanged;
      if (first === undefined) return;
      const isOne = notChanged.length === 1;
      const problems = new Set(notChanged.map(({ problem }) => problem));
      const title = isOne
        ? texts().activityNotChanged(first.name)
        : texts().severalActivitiesNotChanged(notChanged.length);
      const text = { title, body: [...problems].join(' ') };
      show(text, () => open({ view: 'sessions', id: isOne ? first.id : null }));
    },
  );

  /** What stops waiting for the time to tell, by the held session; kept until the agent is present again. */
  const unreachable = new Map<string, () => void>();

  return {
    signedOff(receipt) {
      const { cause, heldId, outcome } = receipt;
      const meaning = traitsOf(cause);
      if (isOver(outcome)) {
        known.delete(heldId);
        if (cause === 'server' && settings().notifyOutcomes) {
          show(texts().endedByServer(nameOf(receipt)), () => open({ view: 'results', receipt }));
        }
        if (meaning?.reportsEnd === true && settings().notifyOutcomes) tellLeftovers(receipt);
        return;
      }
      if (!settings().notifyOutcomes) return;
      const isNews = meaning?.agent === 'at-work' ? !isWindowFocused() : !known.has(heldId);
      known.add(heldId);
      if (isNews) tellStuck(receipt);
    },
    presenceChanged(session, state) {
      const { id } = session;
      if (state === 'present' || state === null) {
        unreachable.get(id)?.();
        unreachable.delete(id);
      } else if (!unreachable.has(id)) {
        const tell = (): void => {
          if (!settings().notifyOutcomes) return;
          show(texts().unreachable(nameOf(session)), () => open({ view: 'sessions', id }));
        };
        unreachable.set(id, clock.after(UNREACHABLE_AFTER_MS, tell));
      }
    },
    activityNotChanged(session, problem) {
      if (!settings().notifyOutcomes) return;
      tellNotChanged({ id: session.id, name: nameOf(session), problem });
    },
    handedIn(session) {
      if (settings().notifyHandIns) tellHandIns(session);
    },
    asksAboutLeftovers(count) {
      const text = { title: texts().leftoverTitle, body: texts().leftoverBody(count) };
      show(text, () => open({ view: 'sessions', id: null }));
    },
    asksAboutOrigin(origin) {
      show(texts().originAsks(origin), () => open({ view: 'sessions', id: null }));
    },
    windowClosed() {
      if (memory.get('toldAboutTray')) return;
      memory.set('toldAboutTray', true);
      const text = { title: texts().inTrayTitle, body: texts().inTrayBody };
      show(text, () => open({ view: 'sessions', id: null }));
    },
  };
}

/** Gathers what comes in a burst, also while `isMoreComing`, and tells it all at once. */
function createBurst<T>(
  clock: Clock,
  isMoreComing: () => boolean,
  tell: (all: readonly T[]) => void,
): (one: T) => void {
  let gathered: T[] = [];
  const look = (): void => {
    if (isMoreComing()) {
      clock.after(BURST_MS, look);
      return;
    }
    const all = gathered;
    gathered = [];
    tell(all);
  };
  return (one) => {
    gathered.push(one);
    if (gathered.length === 1) clock.after(BURST_MS, look);
  };
}
