import type { ActivityStatus } from '../chat/agent-api.ts';
import type { CallEnd } from '../chat/call-end.ts';
import type { Chat } from '../chat/chat.ts';
import { createListeners } from '../common/listeners.ts';
import type { Vault } from '../sessions/vault.ts';
import type { Clock } from '../common/clock.ts';
import type { Coordinator } from '../signoff/coordinator.ts';
import { isRetryable, verdictOf } from '../signoff/outcome.ts';
import {
  type Activity,
  type ActivityEnd,
  type ActivityOrder,
  createActivityQueue,
  type ActivityQueue,
  type Order,
  type Try,
} from './activity-queue.ts';
import { type HeldAgent, type Sequence, startedHere } from './sequence.ts';

export type { ActivityOrder };

/** Sets the agents of the sessions that were started here available or not. */
export interface Activities {
  /**
   * Sets one agent, or all where `heldId` is null. Of changes that are wanted in quick succession the
   * last one counts, and all of them end as it does. Never rejects.
   */
  set(heldId: string | null, order: ActivityOrder): Promise<ActivityEnd>;
  /** Null where it is not Signoff's to set. */
  of(heldId: string): Activity | null;
  /**
   * The agent goes away: sets unavailable whoever may be available. Resolves once that is done or given up;
   * what may pass, such as a chat that is open still, is then tried again until they are back.
   */
  setUnavailable(): Promise<void>;
  /** The agent is back: sets those available again who had been, and whom nobody has set otherwise meanwhile. */
  back(): Promise<void>;
  /** The server can be reached again: tries at once what waits to be tried again. */
  again(heldId: string): void;
  onChange(listener: () => void): void;
  /** Hears that an agent who went away, or came back, could not be set so, in words; once each time. */
  onGivenUp(listener: (heldId: string, problem: string) => void): void;
}

/** What people are told. */
export interface ActivityWords {
  conflict(serverWords: string): string;
  notChanged(serverWords: string): string;
  readonly noSession: string;
}

const TRY_WITHIN_MS = 8_000;
/** Where nobody is there to see that it failed. A network takes a while to be back after a sleep. */
const TRIES = { asked: 1, away: 2, back: 6 };

export function createActivity(parts: {
  vault: Pick<Vault, 'held' | 'find' | 'onChange'>;
  coordinator: Pick<Coordinator, 'underWay'>;
  setActivityStatus: Chat['setActivityStatus'];
  sequence: Sequence;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
  /** The reasons that IT has laid down, in its order. */
  reasons: () => readonly { readonly id: number }[];
  words: () => ActivityWords;
  /** The server says that it knows no such session: whoever can find out for sure is to. */
  onUnknownSession: (heldId: string) => void;
}): Activities {
  const { vault, coordinator, setActivityStatus, sequence, clock, random } = parts;
  const { reasons, words, onUnknownSession } = parts;
  const listeners = createListeners();
  const givenUpListeners = createListeners<[heldId: string, problem: string]>();
  const queues = new Map<string, ActivityQueue>();
  /** Counts how often they went or came back: only the newest counts. */
  let turn = 0;

  const changed = (): void => {
    listeners.notify();
  };

  /** The session, unless it is being ended: then its agent is left alone. */
  const settable = (heldId: string): HeldAgent | null =>
    coordinator.underWay(heldId) === undefined ? startedHere(vault.find(heldId)) : null;
  const allSettable = (): HeldAgent[] => vault.held().flatMap(({ id }) => settable(id) ?? []);

  const send = async (heldId: string, order: Order): Promise<Try> => {
    const held = settable(heldId);
    if (held === null) {
      const problem = words().noSession;
      return { kind: 'failed', reached: false, problem, unknownSession: false };
    }
    const controller = new AbortController();
    const cancelLimit = clock.after(TRY_WITHIN_MS, () => controller.abort());
    const { value, reason } = order;
    const status: ActivityStatus = value === 'available' ? 'AVAILABLE' : 'UNAVAILABLE';
    const subTypeId = reason ?? 0;
    try {
      const request = { ...sequence.request(held), status, subTypeId };
      return tryOf(heldId, await setActivityStatus(request, controller.signal));
    } catch (error) {
      // The HTTP client could not be loaded, say; whoever waits must still hear that it has ended.
      const problem = words().notChanged(error instanceof Error ? error.message : '');
      return { kind: 'failed', reached: false, problem, unknownSession: false };
    } finally {
      cancelLimit();
    }
  };

  const tryOf = (heldId: string, end: CallEnd): Try => {
    const { outcome, error } = verdictOf(end);
    if (outcome === 'ended') return { kind: 'done' };
    if (outcome === 'already-over') onUnknownSession(heldId);
    const said = error?.message ?? '';
    const unknownSession = end.kind === 'exception' && end.status === 403;
    if (isConflict(end))
      return { kind: 'conflict', problem: words().conflict(said), unknownSession };
    const problem = words().notChanged(said);
    if (!isRetryable(outcome)) return { kind: 'refused', problem, unknownSession };
    return { kind: 'failed', reached: end.times.sent !== null, problem, unknownSession };
  };

  const queueOf = (heldId: string): ActivityQueue => {
    const known = queues.get(heldId);
    if (known !== undefined) return known;
    const queue = createActivityQueue({
      send: (order) => send(heldId, order),
      onChange: changed,
      onGivenUp(problem) {
        // While its session is being ended, nobody wants to know.
        if (settable(heldId) !== null) givenUpListeners.notify(heldId, problem);
      },
      clock,
      random,
    });
    queues.set(heldId, queue);
    return queue;
  };

  const orderFor = ({ value, reason }: ActivityOrder): Pick<Order, 'value' | 'reason'> => ({
    value,
    reason: value === 'available' ? null : (reason ?? reasons()[0]?.id ?? null),
  });

  vault.onChange(() => {
    for (const [id, queue] of queues) {
      if (vault.find(id) !== undefined) continue;
      queue.callOff();
      queues.delete(id);
    }
  });

  return {
    async set(heldId, order) {
      const ids = heldId === null ? allSettable().map(({ id }) => id) : [heldId];
      const chosen = ids.filter((id) => settable(id) !== null);
      if (chosen.length === 0) return { problem: words().noSession, unknownSession: false };
      const given = { ...orderFor(order), by: 'agent', tries: TRIES.asked } as const;
      const ends = await Promise.all(chosen.map((id) => queueOf(id).order(given)));
      const problems = new Set(ends.flatMap(({ problem }) => problem ?? []));
      return {
        problem: problems.size === 0 ? null : [...problems].join(' '),
        unknownSession: ends.some(({ unknownSession }) => unknownSession),
      };
    },
    of(heldId) {
      if (startedHere(vault.find(heldId)) === null) return null;
      return queues.get(heldId)?.activity() ?? NOT_SET;
    },
    async setUnavailable() {
      turn += 1;
      const thisTurn = turn;
      const order = orderFor({ value: 'unavailable', reason: null });
      const given = { ...order, by: 'absence', tries: TRIES.away } as const;
      await Promise.all(
        allSettable().map(async ({ id }) => {
          const queue = queueOf(id);
          if (queue.wanted() === 'unavailable') await queue.settled();
          const isSo = queue.wanted() === 'unavailable' && queue.activity().value === 'unavailable';
          if (thisTurn === turn && !isSo) await queue.order(given);
        }),
      );
    },
    async back() {
      turn += 1;
      const given = { value: 'available', reason: null, by: 'return', tries: TRIES.back } as const;
      await Promise.all(
        [...queues.values()].map(async (queue) => {
          if (queue.isToReturn()) await queue.order(given);
          else if (queue.isAway()) queue.callOff();
        }),
      );
    },
    again: (heldId) => queues.get(heldId)?.again(),
    onChange: (listener) => listeners.add(listener),
    onGivenUp: (listener) => givenUpListeners.add(listener),
  };
}

const NOT_SET: Activity = { value: 'unknown', reason: null, changing: false, problem: null };

/** The page has the code, but no status for it. */
function isConflict(end: CallEnd): boolean {
  if (end.kind === 'exception') return end.status === 409 || end.code === 'CONFLICT';
  return end.kind === 'system-error' && end.code === 'CONFLICT';
}
