import type { AgentMessage } from '../chat/agent-api.ts';
import type { Chat } from '../chat/chat.ts';
import { createListeners } from '../common/listeners.ts';
import type { HeldSession } from '../sessions/session.ts';
import type { Vault } from '../sessions/vault.ts';
import type { Clock } from '../common/clock.ts';
import type { Coordinator } from '../signoff/coordinator.ts';
import { meaningOf } from '../signoff/causes.ts';
import { createPolling, type Polling } from './polling.ts';
import { type HeldAgent, type Sequence, startedHere } from './sequence.ts';
import { createPresenceTracker, type Presence, type PresenceTracker } from './presence-tracker.ts';

export type { Presence };

/** Keeps the agents of the sessions that were started here present on their servers. */
export interface Presences {
  /** Null where nobody here sees to it: a console elsewhere does, or the session is being ended. */
  of(heldId: string): Presence | null;
  /** Whether anybody is kept present. */
  isPolling(): boolean;
  /** What `mayPoll` and `isAway` depend on has changed. */
  changed(): void;
  /** The machine woke up, or has another network: a poll may be dead without anybody noticing. */
  again(): void;
  /** Asks the server at once whether it knows this session still. */
  check(heldId: string): void;
  /** Hears of every change of what `of` returns. */
  onChange(listener: (heldId: string, is: Presence | null, was: Presence | null) => void): void;
}

/** Nothing runs while no session is held that was started here. */
export function createPresence(parts: {
  vault: Pick<Vault, 'held' | 'find' | 'movePool' | 'onChange'>;
  coordinator: Pick<
    Coordinator,
    'underWay' | 'lastFailure' | 'overByItself' | 'onStart' | 'onProgress'
  >;
  getMessages: Chat['getMessages'];
  sequence: Sequence;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
  /** After how many milliseconds without a poll the server drops an agent. */
  absentAfterMs: () => number;
  /** Whether polling for this session may begin; where it has begun, it goes on. */
  mayPoll: (heldId: string) => boolean;
  /** Whether, once signed off for being away, the agent is so still, or it is tried again all the same. */
  isAway: (heldId: string) => boolean;
  /** A new pool could not be saved, or something that nobody foresaw; polling goes on. */
  onFault: (error: unknown) => void;
}): Presences {
  const { vault, coordinator, getMessages, sequence, clock, random } = parts;
  const { absentAfterMs, mayPoll, isAway, onFault } = parts;
  const listeners = createListeners<[heldId: string, is: Presence | null, was: Presence | null]>();
  const watched = new Map<
    string,
    { readonly polling: Polling; readonly tracker: PresenceTracker }
  >();
  /** Those whose sign-off has sent its first request and is not at its end. */
  const ending = new Set<string>();

  const told = new Map<string, Presence>();

  const of = (heldId: string): Presence | null => {
    const found = watched.get(heldId);
    return found?.polling.isOn() === true ? found.tracker.of() : null;
  };

  const noteChange = (heldId: string): void => {
    const is = of(heldId);
    const was = told.get(heldId) ?? null;
    if (is?.state === was?.state && is?.dropsAt === was?.dropsAt) return;
    if (is === null) told.delete(heldId);
    else told.set(heldId, is);
    listeners.notify(heldId, is, was);
  };

  /** Saves a new pool before it is used; false where the disk does not take it. */
  const take = (heldId: string, messages: readonly AgentMessage[]): boolean => {
    const moved = messages.findLast((message) => message.kind === 'pool-changed');
    if (moved === undefined || vault.find(heldId)?.pool === moved.pool) return true;
    try {
      vault.movePool(heldId, moved.pool);
      return true;
    } catch (error) {
      onFault(error);
      return false;
    }
  };

  const watch = (held: HeldAgent): Polling => {
    const { id } = held;
    const tracker = createPresenceTracker({
      clock,
      absentAfterMs,
      onChange: () => noteChange(id),
    });
    const polling = createPolling({
      poll: (signal) => getMessages(sequence.request(startedHere(vault.find(id)) ?? held), signal),
      take: (messages) => take(id, messages),
      onOver: (end) => coordinator.overByItself(id, end),
      onFault,
      tracker,
      absentAfterMs,
      clock,
      random,
    });
    watched.set(id, { polling, tracker });
    return polling;
  };

  const halt = (heldId: string): void => {
    watched.get(heldId)?.polling.halt();
    noteChange(heldId);
  };

  const mayBegin = ({ id }: HeldSession): boolean => {
    if (ending.has(id) || coordinator.underWay(id) !== undefined) return false;
    const failure = coordinator.lastFailure(id);
    const agent = failure && meaningOf(failure.cause)?.agent;
    if (agent === 'gone' || (agent === 'away' && isAway(id))) return false;
    return mayPoll(id);
  };

  const begin = (held: HeldAgent): void => {
    const polling = watched.get(held.id)?.polling ?? watch(held);
    polling.begin();
    noteChange(held.id);
  };

  const changed = (): void => {
    for (const id of watched.keys()) {
      if (vault.find(id) !== undefined) continue;
      halt(id);
      watched.delete(id);
    }
    for (const session of vault.held()) {
      const held = startedHere(session);
      if (held === null || watched.get(held.id)?.polling.isOn() === true) continue;
      if (mayBegin(held)) begin(held);
    }
  };

  vault.onChange(changed);
  coordinator.onStart((heldId) => {
    ending.add(heldId);
    halt(heldId);
    sequence.settle(heldId);
  });
  coordinator.onProgress(() => {
    const ended = [...ending].filter((id) => coordinator.underWay(id) === undefined);
    if (ended.length === 0) return;
    for (const id of ended) ending.delete(id);
    changed();
  });

  return {
    of,
    isPolling: () => [...watched.values()].some(({ polling }) => polling.isOn()),
    changed,
    again() {
      for (const { polling } of watched.values()) polling.again(false);
    },
    check: (heldId) => watched.get(heldId)?.polling.again(true),
    onChange: (listener) => listeners.add(listener),
  };
}
