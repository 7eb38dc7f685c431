import type { ActivityStatus } from '../chat/agent-api.ts';
import type { CallEnd } from '../chat/call-end.ts';
import type { Chat } from '../chat/chat.ts';
import { createListeners } from '../common/listeners.ts';
import type { Vault } from '../sessions/vault.ts';
import type { Clock } from '../common/clock.ts';
import type { Coordinator } from '../signoff/coordinator.ts';
import { isRetryable, outcomeOf } from '../signoff/outcome.ts';
import {
  type Activity,
  type ActivityEnd,
  type ActivityOrder,
  createActivityQueue,
  type ActivityQueue,
  type Order,
  type SendResult,
} from './activity-queue.ts';
import { type HeldAgent, type Sequence, startedHere } from './sequence.ts';

export type { ActivityOrder };

/** Sets the agents of the sessions that were started here available or not. */
export interface Activities {
  /**
   * Sets one agent, or all where `heldId` is null. Of orders in quick succession the last one counts, and
   * all resolve with its end. Never rejects.
   */
  set(heldId: string | null, order: ActivityOrder): Promise<ActivityEnd>;
  /** Null where the session was not started here. */
  of(heldId: string): Activity | null;
  /**
   * The agent goes away: sets every agent who may be available to unavailable. Resolves once that is done
   * or given up; temporary failures, such as an open chat, are then retried until the agent is back.
   */
  setUnavailable(): Promise<void>;
  /** The agent is back: sets those available again who were, unless they were set otherwise meanwhile. */
  restore(): Promise<void>;
  /** The server can be reached again: retries at once what waits to be retried. */
  retryNow(heldId: string): void;
  onChange(listener: () => void): void;
  /** Called once each time an agent could not be set on going away or coming back, with the reason. */
  onGivenUp(listener: (heldId: string, problem: string) => void): void;
}

/** The messages shown to people. */
export interface ActivityWords {
  conflict(serverWords: string): string;
  notChanged(serverWords: string): string;
  readonly noSession: string;
}

const TRY_WITHIN_MS = 8_000;
/** More where nobody is there to see a failure. A network takes a while to be back after a sleep. */
const TRIES = { asked: 1, away: 2, back: 6 };

export function createActivity(parts: {
  vault: Pick<Vault, 'held' | 'find' | 'onChange'>;
  coordinator: Pick<Coordinator, 'underWay'>;
  setActivityStatus: Chat['setActivityStatus'];
  sequence: Sequence;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
  /** IT's kinds of being available, and its reasons for not being so, in its order. */
  kinds: () => readonly { readonly id: number }[];
  reasons: () => readonly { readonly id: number }[];
  words: () => ActivityWords;
  /** The server says that it knows no such session; polling can verify that. */
  onUnknownSession: (heldId: string) => void;
}): Activities {
  const { vault, coordinator, setActivityStatus, sequence, clock, random } = parts;
  const { kinds, reasons, words, onUnknownSession } = parts;
  const listeners = createListeners();
  const givenUpListeners = createListeners<[heldId: string, problem: string]>();
  const queues = new Map<string, ActivityQueue>();
  /** Counts the calls of `setUnavailable` and `restore`: only the newest is carried out. */
  let generation = 0;

  /** The session, unless it is being ended. */
  const settable = (heldId: string): HeldAgent | null =>
    coordinator.underWay(heldId) === undefined ? startedHere(vault.find(heldId)) : null;
  const allSettable = (): HeldAgent[] => vault.held().flatMap(({ id }) => settable(id) ?? []);

  const send = async (heldId: string, order: Order): Promise<SendResult> => {
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
      return resultOf(heldId, await setActivityStatus(request, controller.signal));
    } catch (error) {
      // Such as an HTTP client that could not be loaded: the order must end all the same.
      const problem = words().notChanged(error instanceof Error ? error.message : '');
      return { kind: 'failed', reached: false, problem, unknownSession: false };
    } finally {
      cancelLimit();
    }
  };

  const resultOf = (heldId: string, end: CallEnd): SendResult => {
    const { outcome, error } = outcomeOf(end);
    if (outcome === 'ended') return { kind: 'done' };
    if (outcome === 'already-over') onUnknownSession(heldId);
    const said = error?.message ?? '';
    const unknownSession = end.kind === 'exception' && end.status === 403;
    if (isConflict(end))
      return { kind: 'conflict', problem: words().conflict(said), unknownSession };
    const problem = words().notChanged(said);
    // What something else answered may pass, and the server have heard it all the same.
    const isTemporary = isRetryable(outcome) || outcome === 'unconfirmed';
    if (!isTemporary) return { kind: 'refused', problem, unknownSession };
    return { kind: 'failed', reached: end.times.sent !== null, problem, unknownSession };
  };

  const queueOf = (heldId: string): ActivityQueue => {
    const known = queues.get(heldId);
    if (known !== undefined) return known;
    const queue = createActivityQueue({
      send: (order) => send(heldId, order),
      onChange: listeners.notify,
      onGivenUp(problem) {
        // Of no interest while its session is being ended.
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
    reason: reason ?? (value === 'available' ? kinds() : reasons())[0]?.id ?? null,
  });

  vault.onChange(() => {
    for (const [id, queue] of queues) {
      if (vault.find(id) !== undefined) continue;
      queue.cancel();
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
      generation += 1;
      const own = generation;
      const order = orderFor({ value: 'unavailable', reason: null });
      const given = { ...order, by: 'absence', tries: TRIES.away } as const;
      await Promise.all(
        allSettable().map(async ({ id }) => {
          const queue = queueOf(id);
          if (queue.wanted() === 'unavailable') await queue.settled();
          const isSo = queue.wanted() === 'unavailable' && queue.activity().value === 'unavailable';
          if (own === generation && !isSo) await queue.order(given);
        }),
      );
    },
    async restore() {
      generation += 1;
      await Promise.all(
        [...queues.values()].map(async (queue) => {
          const order = orderFor({ value: 'available', reason: queue.availableAs() });
          if (queue.wasAvailable())
            await queue.order({ ...order, by: 'return', tries: TRIES.back });
          else if (queue.isAway()) queue.cancel();
        }),
      );
    },
    retryNow: (heldId) => queues.get(heldId)?.retryNow(),
    onChange: (listener) => listeners.add(listener),
    onGivenUp: (listener) => givenUpListeners.add(listener),
  };
}

const NOT_SET: Activity = { value: 'unknown', reason: null, changing: false, problem: null };

/** The API page names the code, but no status for it. */
function isConflict(end: CallEnd): boolean {
  if (end.kind === 'exception') return end.status === 409 || end.code === 'CONFLICT';
  return end.kind === 'system-error' && end.code === 'CONFLICT';
}
