import { backoff } from '../common/backoff.ts';
import type { Clock } from '../common/clock.ts';
import { pauseOn } from '../common/pause.ts';

/** What an agent is set to. */
export interface Activity {
  /** `unknown` until set for the first time in this run, and after a change whose answer was lost. */
  readonly value: 'available' | 'unavailable' | 'unknown';
  /** The number of the kind or reason; null where there is none. */
  readonly reason: number | null;
  readonly changing: boolean;
  /** Why the newest change failed, in words. */
  readonly problem: string | null;
}

export interface ActivityOrder {
  readonly value: 'available' | 'unavailable';
  /** The number of the kind or reason; null for IT's first one, or none. */
  readonly reason: number | null;
}

export interface ActivityEnd {
  /** Why it failed, in words; null where it did not. */
  readonly problem: string | null;
  /** The server knows no such session of this account (403). */
  readonly unknownSession: boolean;
}

/** What one agent is to be set to. */
export interface Order extends ActivityOrder {
  /** Who ordered it: the agent, or the app because they went away or came back. */
  readonly by: 'agent' | 'absence' | 'return';
  /** How often it is tried at most while the server cannot be reached. */
  readonly tries: number;
}

/**
 * How one request ended. `failed` is temporary; a request that `reached` the server may have taken effect
 * all the same. `conflict` is the server's refusal for the moment.
 */
export type SendResult =
  | { readonly kind: 'done' }
  | (SendFailure & { readonly kind: 'failed'; readonly reached: boolean })
  | (SendFailure & { readonly kind: 'conflict' | 'refused' });

interface SendFailure {
  readonly problem: string;
  readonly unknownSession: boolean;
}

/**
 * Carries out the orders for one agent, one request at a time. Orders of the app itself that failed for a
 * temporary reason are retried from time to time until another order comes.
 */
export interface ActivityQueue {
  /** Replaces an order that waits or is to be retried; both resolve with the newer one's end. */
  order(order: Order): Promise<ActivityEnd>;
  activity(): Activity;
  /** What the agent is set to once every order is carried out. */
  wanted(): Activity['value'];
  /** Whether the newest order was made because the agent went away. */
  isAway(): boolean;
  /** Whether the agent was available before the absence. */
  wasAvailable(): boolean;
  /** The number of the kind that the agent was available as last; null where none is known. */
  availableAs(): number | null;
  /** Retries at once what waits to be retried. */
  retryNow(): void;
  /** Drops every order that is not under way. */
  cancel(): void;
  /** Resolves when no request is under way or about to be. */
  settled(): Promise<void>;
}

const BACKOFF = { firstMs: 1_000, mostMs: 10_000 };
const RETRY_AFTER_MS = 30_000;

export function createActivityQueue(parts: {
  send: (order: Order) => Promise<SendResult>;
  onChange: () => void;
  /** An order of the app itself failed, for this reason in words; called once for each order. */
  onGivenUp: (problem: string) => void;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
}): ActivityQueue {
  const { send, onChange, onGivenUp, clock, random } = parts;
  let value: Activity['value'] = 'unknown';
  let reason: number | null = null;
  let problem: string | null = null;
  let newest: Order | null = null;
  let underWay: Promise<ActivityEnd> | null = null;
  /** Set while a failed order waits to be retried. */
  let cancelRetry: (() => void) | null = null;
  let wasAvailable = false;
  let availableAs: number | null = null;
  const pause = pauseOn(clock);

  const finish = (end: ActivityEnd): ActivityEnd => {
    underWay = null;
    ({ problem } = end);
    onChange();
    return end;
  };

  const giveUp = (
    order: Order,
    tried: Exclude<SendResult, { kind: 'done' }>,
    isRetry: boolean,
  ): void => {
    if (order.by === 'agent') return;
    if (tried.kind !== 'refused') cancelRetry = clock.after(RETRY_AFTER_MS, retryNow);
    if (!isRetry) onGivenUp(tried.problem);
  };

  /** Sends until the newest order is carried out or given up. A retry is sent once. */
  const work = async (first: Order, isFirstRetry: boolean): Promise<ActivityEnd> => {
    let order = first;
    let isRetry = isFirstRetry;
    let tries = isRetry ? order.tries : 1;
    for (;;) {
      const tried = await send(order);
      if (tried.kind === 'done') ({ value, reason } = order);
      if (tried.kind === 'failed' && tried.reached) [value, reason] = ['unknown', null];
      const end = endOf(tried);
      if (newest === order) {
        if (tried.kind === 'done') return finish(end);
        if (tried.kind !== 'failed' || tries >= order.tries) {
          giveUp(order, tried, isRetry);
          return finish(end);
        }
        await pause.wait(backoff(tries, random(), BACKOFF));
        tries += 1;
      } else if (tried.kind === 'done' && newest !== null) onChange();
      const next = newest;
      if (next === null) return finish(end);
      if (next !== order) {
        order = next;
        isRetry = false;
        tries = 1;
      }
    }
  };

  const begin = (order: Order, isRetry: boolean): Promise<ActivityEnd> => {
    underWay = work(order, isRetry);
    onChange();
    return underWay;
  };

  const stopWaiting = (): void => {
    pause.end();
    cancelRetry?.();
    cancelRetry = null;
  };

  const retryNow = (): void => {
    const isWaiting = cancelRetry !== null;
    stopWaiting();
    if (isWaiting && newest !== null) void begin(newest, true);
  };

  const wanted = (): Activity['value'] =>
    newest === null || (underWay === null && cancelRetry === null) ? value : newest.value;

  return {
    order(order) {
      if (order.value === 'available') availableAs = order.reason;
      wasAvailable = order.by === 'absence' && (wasAvailable || wanted() === 'available');
      newest = order;
      stopWaiting();
      return underWay ?? begin(order, false);
    },
    activity: () => ({
      value,
      reason,
      changing: underWay !== null,
      problem: underWay === null ? problem : null,
    }),
    wanted,
    isAway: () => newest?.by === 'absence',
    wasAvailable: () => wasAvailable,
    availableAs: () => availableAs,
    retryNow,
    cancel() {
      newest = null;
      wasAvailable = false;
      stopWaiting();
    },
    async settled() {
      await underWay;
    },
  };
}

function endOf(tried: SendResult): ActivityEnd {
  if (tried.kind === 'done') return { problem: null, unknownSession: false };
  return { problem: tried.problem, unknownSession: tried.unknownSession };
}
