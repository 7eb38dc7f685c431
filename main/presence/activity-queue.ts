import { backoff } from '../common/backoff.ts';
import type { Clock } from '../common/clock.ts';
import { pauseOn } from '../common/pause.ts';

/** What an agent is set to. */
export interface Activity {
  /** `unknown` until it has been set once since the app was started, and after a change whose answer was lost. */
  readonly value: 'available' | 'unavailable' | 'unknown';
  /** The reason's number; null where there is none. */
  readonly reason: number | null;
  readonly changing: boolean;
  /** Why the newest change did not come about, in words. */
  readonly problem: string | null;
}

export interface ActivityOrder {
  readonly value: 'available' | 'unavailable';
  /** Null: the first that IT has laid down, or none. */
  readonly reason: number | null;
}

export interface ActivityEnd {
  /** Why it did not come about, in words; null where it did. */
  readonly problem: string | null;
  /** The server knows no such session of this account. */
  readonly unknownSession: boolean;
}

/** What one agent is to be set to. */
export interface Order extends ActivityOrder {
  /** Who wants it: the agent; or the app, because they went away, or came back. */
  readonly by: 'agent' | 'absence' | 'return';
  /** How often it is tried at most while the server cannot be reached. */
  readonly tries: number;
}

/**
 * How one request ended. `failed`: for a reason that may pass; where it had `reached` the server, that may
 * have done it all the same. `conflict`: the server says what stands against it at the moment.
 */
export type Try =
  | { readonly kind: 'done' }
  | (TryEnd & { readonly kind: 'failed'; readonly reached: boolean })
  | (TryEnd & { readonly kind: 'conflict' | 'refused' });

interface TryEnd {
  readonly problem: string;
  readonly unknownSession: boolean;
}

/**
 * Where the orders for one agent go through, one request at a time. What the app wants by itself, and
 * gives up for a reason that may pass, it tries again now and then until it is ordered otherwise.
 */
export interface ActivityQueue {
  /** A newer order takes the place of one that waits or is to be tried again; both end as it does. */
  order(order: Order): Promise<ActivityEnd>;
  activity(): Activity;
  /** What the agent is set to once all that is ordered has come about. */
  wanted(): Activity['value'];
  /** Whether the newest order was made because the agent went away. */
  isAway(): boolean;
  /** Whether they had been available when they went. */
  isToReturn(): boolean;
  /** Tries at once what waits to be tried again. */
  again(): void;
  /** Nothing is wanted any more. */
  callOff(): void;
  /** Resolves when no request is under way, nor about to be. */
  settled(): Promise<void>;
}

const BACKOFF = { firstMs: 1_000, mostMs: 10_000 };
const AGAIN_AFTER_MS = 30_000;

export function createActivityQueue(parts: {
  send: (order: Order) => Promise<Try>;
  onChange: () => void;
  /** What the app wanted by itself did not come about, in words; told once for each order. */
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
  /** Set while what was given up waits to be tried again. */
  let cancelAgain: (() => void) | null = null;
  let isToReturn = false;
  const pause = pauseOn(clock);

  const finish = (end: ActivityEnd): ActivityEnd => {
    underWay = null;
    ({ problem } = end);
    onChange();
    return end;
  };

  const giveUp = (order: Order, tried: Exclude<Try, { kind: 'done' }>, isAgain: boolean): void => {
    if (order.by === 'agent') return;
    if (tried.kind !== 'refused') cancelAgain = clock.after(AGAIN_AFTER_MS, again);
    if (!isAgain) onGivenUp(tried.problem);
  };

  /** Goes on until the newest order has come about or is given up; one that was given up is sent once. */
  const work = async (first: Order, isFirstAgain: boolean): Promise<ActivityEnd> => {
    let order = first;
    let isAgain = isFirstAgain;
    let tries = isAgain ? order.tries : 1;
    for (;;) {
      const tried = await send(order);
      if (tried.kind === 'done') ({ value, reason } = order);
      if (tried.kind === 'failed' && tried.reached) [value, reason] = ['unknown', null];
      const end = endOf(tried);
      if (newest === order) {
        if (tried.kind === 'done') return finish(end);
        if (tried.kind !== 'failed' || tries >= order.tries) {
          giveUp(order, tried, isAgain);
          return finish(end);
        }
        await pause.wait(backoff(tries, random(), BACKOFF));
        tries += 1;
      } else if (tried.kind === 'done' && newest !== null) onChange();
      const next = newest;
      if (next === null) return finish(end);
      if (next !== order) {
        order = next;
        isAgain = false;
        tries = 1;
      }
    }
  };

  const begin = (order: Order, isAgain: boolean): Promise<ActivityEnd> => {
    underWay = work(order, isAgain);
    onChange();
    return underWay;
  };

  const stopWaiting = (): void => {
    pause.end();
    cancelAgain?.();
    cancelAgain = null;
  };

  const again = (): void => {
    const isWaiting = cancelAgain !== null;
    stopWaiting();
    if (isWaiting && newest !== null) void begin(newest, true);
  };

  const wanted = (): Activity['value'] =>
    newest === null || (underWay === null && cancelAgain === null) ? value : newest.value;

  return {
    order(order) {
      const wasToReturn = isToReturn || wanted() === 'available';
      isToReturn = order.by === 'absence' && wasToReturn;
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
    isToReturn: () => isToReturn,
    again,
    callOff() {
      newest = null;
      isToReturn = false;
      stopWaiting();
    },
    async settled() {
      await underWay;
    },
  };
}

function endOf(tried: Try): ActivityEnd {
  if (tried.kind === 'done') return { problem: null, unknownSession: false };
  return { problem: tried.problem, unknownSession: tried.unknownSession };
}
