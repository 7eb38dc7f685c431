import type { Clock } from '../common/clock.ts';

/** What an earlier sign-in of a person may have left behind on the server. */
export interface Leftover {
  /** Whether the server did create a session; otherwise its answer was lost, and it may have. */
  readonly certain: boolean;
  /** The id that it is held under all the same, if it is. */
  readonly heldId: string | null;
}

/** Remembers, in memory, what sign-ins left behind, until the server has dropped it by itself. */
export interface LeftBehind {
  note(site: string, userName: string, leftover: Leftover): void;
  find(site: string, userName: string): Leftover | undefined;
  forget(site: string, userName: string): void;
}

/** A server drops an agent whom it does not hear of within 240 s, and a little is for safety. */
const GONE_AFTER_MS = 300_000;

export function createLeftBehind(clock: Clock): LeftBehind {
  const known = new Map<string, Leftover & { readonly until: number }>();
  const key = (site: string, userName: string): string => `${site} ${userName}`;
  return {
    note(site, userName, leftover) {
      const until = clock.monotonic() + GONE_AFTER_MS;
      known.set(key(site, userName), { ...leftover, until });
    },
    find(site, userName) {
      const found = known.get(key(site, userName));
      return found !== undefined && clock.monotonic() < found.until ? found : undefined;
    },
    forget: (site, userName) => void known.delete(key(site, userName)),
  };
}
