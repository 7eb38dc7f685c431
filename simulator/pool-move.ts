/**
 * The pool of a session, and its move to another one. The API pages do not describe the transition. Here
 * the old pool works until a retrieval has got the announcement. A retrieval that still names the old pool
 * gets it again, because a lost announcement must not lose the session.
 */
export class PoolMove {
  readonly #session: { pool?: string };
  /** Announced, but not sent yet. */
  #next: string | null = null;
  /** The old pool after the announcement; null once the client has used the new one. */
  #previous: string | null = null;

  /** Keeps the current pool in `session.pool`; without one, every pool is accepted. */
  constructor(session: { pool?: string }) {
    this.#session = session;
  }

  announce(pool: string): void {
    this.#next = pool === this.#session.pool ? null : pool;
  }

  /** Whether a call that names this pool reaches the session. */
  accepts(pool: string | null, isRetrieval: boolean): boolean {
    if (pool === null || this.#session.pool === undefined) return true;
    if (pool === this.#next) this.#move();
    if (pool === this.#session.pool) {
      this.#previous = null;
      return true;
    }
    return isRetrieval && pool === this.#previous;
  }

  /** The pool to announce to a retrieval that names `pool`, or null. It counts as announced. */
  takeAnnouncement(pool: string | null): string | null {
    if (this.#next !== null) return this.#move();
    return this.#previous !== null && pool === this.#previous ? (this.#session.pool ?? null) : null;
  }

  /** Whether `takeAnnouncement` would return a pool. */
  isAnnouncementDue(pool: string | null): boolean {
    return this.#next !== null || (this.#previous !== null && pool === this.#previous);
  }

  #move(): string | null {
    const pool = this.#next;
    if (pool === null) return null;
    this.#previous = this.#session.pool ?? null;
    this.#session.pool = pool;
    this.#next = null;
    return pool;
  }
}
