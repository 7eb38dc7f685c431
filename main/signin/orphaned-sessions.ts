import type { Clock } from '../common/clock.ts';

/** A session that an earlier sign-in of a person may have left on the server. */
export interface OrphanedSession {
  /** Whether the server did create it; otherwise its answer was lost, and it may have. */
  readonly certain: boolean;
  /** The id that it is held under; null where it is not held. */
  readonly heldId: string | null;
}

/** Remembers orphaned sessions in memory until the server has dropped them by itself. */
export interface OrphanedSessions {
  note(site: string, userName: string, session: OrphanedSession): void;
  find(site: string, userName: string): OrphanedSession | undefined;
  forget(site: string, userName: string): void;
}

/** A server drops an absent agent within 360 s; the rest is a safety margin. */
const DROPPED_AFTER_MS = 420_000;

export function createOrphanedSessions(clock: Clock): OrphanedSessions {
  const known = new Map<string, OrphanedSession & { readonly until: number }>();
  const key = (site: string, userName: string): string => `${site} ${userName}`;
  return {
    note(site, userName, session) {
      const until = clock.monotonic() + DROPPED_AFTER_MS;
      known.set(key(site, userName), { ...session, until });
    },
    find(site, userName) {
      const found = known.get(key(site, userName));
      return found !== undefined && clock.monotonic() < found.until ? found : undefined;
    },
    forget: (site, userName) => void known.delete(key(site, userName)),
  };
}
