import type { PollNews } from '../chat/agent-api.ts';
import type { Chat } from '../chat/chat.ts';
import type { RefusedValue } from '../common/fields.ts';
import { createListeners } from '../common/listeners.ts';
import type { HeldSession } from '../sessions/session.ts';
import type { Vault } from '../sessions/vault.ts';
import type { Clock } from '../common/clock.ts';
import type { Coordinator } from '../signoff/coordinator.ts';
import type { Attendance } from './attendance.ts';
import { createPolling, type Polling } from './polling.ts';
import { type HeldAgent, type Sequence, startedHere } from './sequence.ts';
import {
  createPresenceTracker,
  isSamePresence,
  type Presence,
  type PresenceTracker,
} from './presence-tracker.ts';

export type { Presence };

/** Keeps the agents of the sessions that were started here present on their servers. */
export interface Presences {
  /** Null where Signoff does not poll: a console elsewhere does, or the session is being ended. */
  of(heldId: string): Presence | null;
  /** Whether anybody is kept present. */
  isPolling(): boolean;
  /** Starts polling where the attendance now calls for it. */
  update(): void;
  /** Polls anew: the machine woke up or changed its network, so that open polls may be dead. */
  pollNow(): void;
  /** Asks the server at once whether it still knows this session. */
  check(heldId: string): void;
  /** Called with what the server said for this session and is not used: nothing has changed by it. */
  onRefused(listener: (heldId: string, refused: RefusedValue) => void): void;
  /** Called on every change of what `of` returns. */
  onChange(listener: (heldId: string, is: Presence | null, was: Presence | null) => void): void;
  /** Called when a chat is offered to the agent of that session, which Signoff cannot take. */
  onChatOffered(listener: (heldId: string) => void): void;
}

/** Nothing runs while no session is held that was started here. */
export function createPresence(parts: {
  vault: Pick<Vault, 'held' | 'find' | 'movePool' | 'onChange'>;
  coordinator: Pick<Coordinator, 'underWay' | 'endedByServer' | 'onStart' | 'onProgress'>;
  attendance: Pick<Attendance, 'isAtWork'>;
  getMessages: Chat['getMessages'];
  sequence: Sequence;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
  /** After how many milliseconds without a poll the server drops an agent. */
  absentAfterMs: () => number;
  /** A new pool could not be saved, or something unexpected; polling goes on. */
  onFault: (error: unknown) => void;
}): Presences {
  const { vault, coordinator, attendance, getMessages, sequence, clock, random } = parts;
  const { absentAfterMs, onFault } = parts;
  const listeners = createListeners<[heldId: string, is: Presence | null, was: Presence | null]>();
  const refusedListeners = createListeners<[heldId: string, refused: RefusedValue]>();
  const offerListeners = createListeners<[heldId: string]>();
  const watched = new Map<string, { polling: Polling; tracker: PresenceTracker }>();
  /** Sessions whose sign-off has sent its first request and has not ended. */
  const ending = new Set<string>();
  const reported = new Map<string, Presence>();

  const of = (heldId: string): Presence | null => {
    const found = watched.get(heldId);
    return found?.polling.isOn() === true ? found.tracker.presence() : null;
  };

  const noteChange = (heldId: string): void => {
    const is = of(heldId);
    const was = reported.get(heldId) ?? null;
    if (isSamePresence(is, was)) return;
    if (is === null) reported.delete(heldId);
    else reported.set(heldId, is);
    listeners.notify(heldId, is, was);
  };

  /** Saves a new pool before it is used. Returns false when the disk refuses. */
  const savePool = (heldId: string, { pool }: PollNews): boolean => {
    if (pool === null || vault.find(heldId)?.pool === pool) return true;
    try {
      vault.movePool(heldId, pool);
      return true;
    } catch (error) {
      onFault(error);
      return false;
    }
  };

  const watch = (held: HeldAgent): Polling => {
    const { id } = held;
    const onChange = (): void => noteChange(id);
    const tracker = createPresenceTracker({ clock, absentAfterMs, onChange });
    /** Its pool does not know it, but the site does: until the server names another one. */
    let hasMoved = false;
    const polling = createPolling({
      async poll(signal, isDoubted) {
        const current = startedHere(vault.find(id)) ?? held;
        const isAsked = isDoubted || hasMoved;
        const address = isAsked ? { ...current, pool: null } : current;
        const answer = await getMessages(sequence.request(address), signal);
        if (answer.ok) hasMoved = isAsked && current.pool !== null;
        return answer;
      },
      onNews(news) {
        if (news.pool !== null) hasMoved = false;
        if (news.offersChat) {
          tracker.chatOffered();
          offerListeners.notify(id);
        }
        if (news.refused !== undefined) refusedListeners.notify(id, news.refused);
        return savePool(id, news);
      },
      onOver: (end) => coordinator.endedByServer(id, end),
      onFault,
      tracker,
      absentAfterMs,
      clock,
      random,
    });
    watched.set(id, { polling, tracker });
    return polling;
  };

  const stop = (heldId: string): void => {
    watched.get(heldId)?.polling.stop();
    noteChange(heldId);
  };

  /** Once started, polling goes on until the session is being ended. */
  const mayStart = ({ id }: HeldSession): boolean =>
    attendance.isAtWork(id) && !ending.has(id) && coordinator.underWay(id) === undefined;

  const update = (): void => {
    for (const id of watched.keys()) {
      if (vault.find(id) !== undefined) continue;
      stop(id);
      watched.delete(id);
    }
    for (const session of vault.held()) {
      const held = startedHere(session);
      const polling = watched.get(session.id)?.polling;
      if (held === null || polling?.isOn() === true || !mayStart(held)) continue;
      (polling ?? watch(held)).start();
      noteChange(held.id);
    }
  };

  vault.onChange(update);
  coordinator.onStart((heldId) => {
    ending.add(heldId);
    stop(heldId);
    sequence.saveLast(heldId);
  });
  coordinator.onProgress(() => {
    const ended = [...ending].filter((id) => coordinator.underWay(id) === undefined);
    if (ended.length === 0) return;
    for (const id of ended) ending.delete(id);
    update();
  });

  return {
    of,
    isPolling: () => [...watched.values()].some(({ polling }) => polling.isOn()),
    update,
    pollNow() {
      for (const { polling } of watched.values()) polling.pollNow(false);
    },
    check: (heldId) => watched.get(heldId)?.polling.pollNow(true),
    onRefused: (listener) => refusedListeners.add(listener),
    onChange: (listener) => listeners.add(listener),
    onChatOffered: (listener) => offerListeners.add(listener),
  };
}
