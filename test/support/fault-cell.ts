import type { Session } from '../../main/sessions/session.ts';
import { type PracticeServer, startPracticeServer } from '../../simulator/practice-server.ts';
import { SELF_SIGNED } from './tls.ts';

/** Where the sessions of a cell live. */
export interface Home {
  /** The origin that the held sessions name. */
  readonly url: string;
  /** The practice server there; null where nobody is. */
  server(): PracticeServer | null;
  close(): Promise<void>;
}

/** A practice server that knows these sessions. */
export async function practiceHome(
  sessions: readonly Session[],
  options: { wrongCertificate?: boolean } = {},
): Promise<Home> {
  const server = await startPracticeServer(
    options.wrongCertificate === true ? { tls: SELF_SIGNED } : {},
  );
  addTo(server, sessions);
  return { url: server.url, server: () => server, close: () => server.close() };
}

/** An address where nobody is, and no server ever will be. */
export function nobodysHome(url: string): Home {
  return { url, server: () => null, close: async () => undefined };
}

/** A practice server that is down, and comes back that long after `goneFrom` has been called. */
export async function returningHome(
  sessions: readonly Session[],
  afterMs: number,
): Promise<Home & { goneFrom(): void }> {
  const port = await freePort();
  let timer: NodeJS.Timeout | undefined;
  let starting: Promise<void> = Promise.resolve();
  let server: PracticeServer | null = null;
  return {
    url: `http://127.0.0.1:${port}`,
    server: () => server,
    goneFrom() {
      timer = setTimeout(() => {
        starting = startPracticeServer({ port }).then((started) => {
          addTo(started, sessions);
          server = started;
        });
      }, afterMs);
    },
    async close() {
      clearTimeout(timer);
      await starting;
      await server?.close();
    },
  };
}

let lastPort = 20_000 + (process.pid % 10_000);

/** Below the ports that the system gives out by itself, so that no connection takes it meanwhile. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = (lastPort += 1);
    try {
      const server = await startPracticeServer({ port });
      await server.close();
      return port;
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || port >= 32_000) throw error;
    }
  }
}

/** Makes these sessions known to the server. */
export function addTo(server: PracticeServer, sessions: readonly Session[]): void {
  for (const session of sessions) {
    const { fqSiteName, sessionId } = session;
    if (session.kind === 'engagement') {
      server.addEngagement({ fqSiteName, sessionId, pool: session.pool });
    } else {
      const pool = session.pool === null ? {} : { pool: session.pool };
      server.addAgent({ fqSiteName, sessionId, accountId: session.accountId, ...pool });
    }
  }
}

/** Lets a limited weight of work run at once, in the order in which it came. */
export class Gate {
  #free: number;
  readonly #waiting: { readonly weight: number; readonly enter: () => void }[] = [];

  constructor(capacity: number) {
    this.#free = capacity;
  }

  async run<T>(weight: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.#waiting.push({ weight, enter });
      this.#letIn();
    });
    try {
      return await work();
    } finally {
      this.#free += weight;
      this.#letIn();
    }
  }

  #letIn(): void {
    for (
      let next = this.#waiting[0];
      next !== undefined && next.weight <= this.#free;
      next = this.#waiting[0]
    ) {
      this.#waiting.shift();
      this.#free -= next.weight;
      next.enter();
    }
  }
}
