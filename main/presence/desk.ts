import { backoff } from '../signoff/backoff.ts';
import type { Clock } from '../signoff/clock.ts';
import { pauseOn } from '../signoff/pause.ts';

/** What an agent is set to. */
export interface Activity {
  /** `unknown` until it has been set once since the app was started. */
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

/** How one request ended. `failed`: for a reason that may pass. */
export type Try =
  | { readonly kind: 'done' }
  | ({ readonly kind: 'failed' | 'refused' } & {
      readonly problem: string;
      readonly unknownSession: boolean;
    });

/** Where the orders for one agent go through, one request at a time. */
export interface Desk {
  /** A newer order takes the place of one that waits or is to be tried again; both end as it does. */
  order(order: Order): Promise<ActivityEnd>;
  activity(): Activity;
  /** What the agent is set to once all that is ordered has come about. */
  wanted(): Activity['value'];
  /** Whether the newest order was made because the agent went away. */
  isAway(): boolean;
  /** Resolves when nothing is ordered any more. */
  settled(): Promise<void>;
}

const BACKOFF = { firstMs: 1_000, mostMs: 10_000 };

export function createDesk(parts: {
  send: (order: Order) => Promise<Try>;
  onChange: () => void;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
}): Desk {
  const { send, onChange, clock, random } = parts;
  let value: Activity['value'] = 'unknown';
  let reason: number | null = null;
  let problem: string | null = null;
  let newest: Order | null = null;
  let underWay: Promise<ActivityEnd> | null = null;
  const pause = pauseOn(clock);

  const finish = (end: ActivityEnd): ActivityEnd => {
    underWay = null;
    ({ problem } = end);
    onChange();
    return end;
  };

  /** Goes on until the newest order has come about or is given up. */
  const work = async (first: Order): Promise<ActivityEnd> => {
    let order = first;
    for (let tries = 1; ; tries += 1) {
      const tried = await send(order);
      if (tried.kind === 'done') ({ value, reason } = order);
      if (newest === order) {
        if (tried.kind === 'done') return finish({ problem: null, unknownSession: false });
        const { kind, ...end } = tried;
        if (kind === 'refused' || tries >= order.tries) return finish(end);
        await pause.wait(backoff(tries, random(), BACKOFF));
      } else if (tried.kind === 'done') {
        onChange();
      }
      if (newest !== null && newest !== order) {
        order = newest;
        tries = 0;
      }
    }
  };

  return {
    order(order) {
      newest = order;
      pause.end();
      if (underWay === null) {
        underWay = work(order);
        onChange();
      }
      return underWay;
    },
    activity: () => ({
      value,
      reason,
      changing: underWay !== null,
      problem: underWay === null ? problem : null,
    }),
    wanted: () => (underWay === null || newest === null ? value : newest.value),
    isAway: () => newest?.by === 'absence',
    async settled() {
      await underWay;
    },
  };
}
