/**
 * The pool that a session is served by, and its move to another one.
 * The API pages do not say what happens in between. Here the old pool serves the session until the
 * announcement has been handed to a retrieval, and a retrieval that still names the old pool
 * afterwards is told again: an announcement that was lost on its way must not lose the session.
 */
export class PoolMove {
  readonly #session: { pool?: string };
  /** Announced, but not handed over yet. */
  #next: string | null = null;
  /** Left after the announcement was handed over; null again when the client has used the new one. */
  #left: string | null = null;

  /** Keeps the pool in force in `session.pool`; without one, every pool will do. */
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
      this.#left = null;
      return true;
    }
    return isRetrieval && pool === this.#left;
  }

  /** The pool that a retrieval naming `pool` is to be told of, or null. Counts as handed over. */
  handOver(pool: string | null): string | null {
    if (this.#next !== null) return this.#move();
    return this.#left !== null && pool === this.#left ? (this.#session.pool ?? null) : null;
  }

  /** Whether `handOver` would have something to tell. */
  hasNews(pool: string | null): boolean {
    return this.#next !== null || (this.#left !== null && pool === this.#left);
  }

  #move(): string | null {
    const pool = this.#next;
    if (pool === null) return null;
    this.#left = this.#session.pool ?? null;
    this.#session.pool = pool;
    this.#next = null;
    return pool;
  }
}
