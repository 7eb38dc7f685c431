import type { SystemProxy } from '../chat/network.ts';
import type { Clock } from '../common/clock.ts';

/** Beyond this, nobody waits: a script that has to be downloaded may hang as long as its server does. */
const WAIT_LIMIT_MS = 300;
/** For how long an answer counts without being asked for again. */
const FRESH_FOR_MS = 60_000;
/** Before it stops counting, so that there is always a fresh one of what is kept ready. */
const REFRESH_AFTER_MS = 50_000;

const STRAIGHT = 'DIRECT';

interface Known {
  readonly answer: string;
  /** On the clock's monotonic scale. */
  readonly since: number;
}

/**
 * The operating system's proxies, a PAC script's among them, by whoever can `ask` for them. (Electron's
 * `app.resolveProxy` can, without a session, whose first answers come before it has read the system's
 * settings.) Each answer counts for a minute. Never rejects, and never takes longer than 300 ms: then the last known
 * answer counts or, where there is none, none at all.
 */
export function createSystemProxy(parts: {
  ask: (url: string) => Promise<string>;
  clock: Clock;
  onFault: (error: unknown) => void;
}): SystemProxy {
  const { ask, clock, onFault } = parts;
  const known = new Map<string, Known>();
  /** One question at a time for each origin, however many wait for its answer. */
  const asking = new Map<string, Promise<void>>();
  let ready: readonly string[] = [];
  let cancelRefresh = (): void => undefined;

  const find = async (origin: string): Promise<void> => {
    try {
      known.set(origin, { answer: await ask(origin), since: clock.monotonic() });
    } catch (error) {
      onFault(error);
    }
  };
  const refresh = (origin: string): Promise<void> => {
    const underWay = asking.get(origin) ?? find(origin).finally(() => asking.delete(origin));
    asking.set(origin, underWay);
    return underWay;
  };
  const refreshReady = (): void => {
    cancelRefresh();
    for (const origin of ready) void refresh(origin);
    cancelRefresh =
      ready.length === 0 ? () => undefined : clock.after(REFRESH_AFTER_MS, refreshReady);
  };

  return {
    async resolve(origin) {
      const before = known.get(origin);
      if (before !== undefined && clock.monotonic() - before.since < FRESH_FOR_MS) {
        return before.answer;
      }
      const { promise: late, resolve: giveUp } = Promise.withResolvers<undefined>();
      const cancel = clock.after(WAIT_LIMIT_MS, () => giveUp(undefined));
      await Promise.race([refresh(origin), late]);
      cancel();
      return known.get(origin)?.answer ?? STRAIGHT;
    },
    keepReady(origins) {
      ready = [...new Set(origins)];
      refreshReady();
    },
  };
}
