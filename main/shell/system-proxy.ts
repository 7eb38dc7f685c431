import { type Clock, within } from '../common/clock.ts';

/** A PAC script that has to be downloaded may hang for as long as its server does. */
const RESOLVE_TIMEOUT_MS = 300;
const CACHED_FOR_MS = 60_000;
/** Before the cache expires, so that what is kept ready is always fresh. */
const REFRESH_AFTER_MS = 50_000;

const DIRECT = 'DIRECT';

export interface SystemProxy {
  /** The answer for an origin, such as `PROXY proxy.example.com:8080; DIRECT`. */
  resolve(origin: string): Promise<string>;
  /** Looks up the answers for these origins in advance, tells each one, and forgets others. */
  keepReady(origins: readonly string[], onAnswer?: (origin: string, answer: string) => void): void;
}

interface CachedAnswer {
  readonly answer: string;
  /** On the clock's monotonic scale. */
  readonly since: number;
}

/**
 * The operating system's proxies, including those of a PAC script. `ask` is Electron's `app.resolveProxy`:
 * a session's first answers come before it has read the system's settings. Answers are cached for a minute.
 * `resolve` never rejects and takes at most 300 ms; then the last known answer counts, or else none.
 */
export function createSystemProxy(parts: {
  ask: (url: string) => Promise<string>;
  clock: Clock;
  onFault: (error: unknown) => void;
}): SystemProxy {
  const { ask, clock, onFault } = parts;
  const cache = new Map<string, CachedAnswer>();
  /** One request at a time for each origin, however many wait for it. */
  const pending = new Map<string, Promise<void>>();
  let ready: readonly string[] = [];
  let onAnswer = (_origin: string, _answer: string): void => undefined;
  let cancelRefresh = (): void => undefined;

  const find = async (origin: string): Promise<void> => {
    try {
      const answer = await ask(origin);
      cache.set(origin, { answer, since: clock.monotonic() });
      onAnswer(origin, answer);
    } catch (error) {
      onFault(error);
    }
  };
  const refresh = (origin: string): Promise<void> => {
    const request = pending.get(origin) ?? find(origin).finally(() => pending.delete(origin));
    pending.set(origin, request);
    return request;
  };
  const refreshReady = (): void => {
    cancelRefresh();
    for (const origin of ready) void refresh(origin);
    cancelRefresh =
      ready.length === 0 ? () => undefined : clock.after(REFRESH_AFTER_MS, refreshReady);
  };

  return {
    async resolve(origin) {
      const cached = cache.get(origin);
      if (cached !== undefined && clock.monotonic() - cached.since < CACHED_FOR_MS) {
        return cached.answer;
      }
      await within(clock, RESOLVE_TIMEOUT_MS, refresh(origin));
      return cache.get(origin)?.answer ?? DIRECT;
    },
    keepReady(origins, tell = () => undefined) {
      onAnswer = tell;
      ready = [...new Set(origins)];
      refreshReady();
    },
  };
}
