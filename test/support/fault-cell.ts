import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Conf from 'conf';
import { createTransport } from '../../main/chat/transport.ts';
import type { HeldSession, Session } from '../../main/sessions/session.ts';
import { createVault } from '../../main/sessions/vault.ts';
import { openVaultFile } from '../../main/sessions/vault-file.ts';
import { systemClock } from '../../main/signoff/clock.ts';
import { createCoordinator } from '../../main/signoff/coordinator.ts';
import { createEndSession } from '../../main/signoff/end-session.ts';
import type { Cause, Receipt } from '../../main/signoff/receipt.ts';
import { createReceipts } from '../../main/signoff/receipts.ts';
import { type PracticeServer, startPracticeServer } from '../../simulator/practice-server.ts';
import { SELF_SIGNED } from './tls.ts';
import { toyCipher } from './toy-cipher.ts';

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

function addTo(server: PracticeServer, sessions: readonly Session[]): void {
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

/** The real parts of the app on a data folder of its own, as `main.ts` joins them. */
export interface AppOnDisk {
  /** What a start would find in the vault's file now. */
  onDisk(): { held: readonly HeldSession[]; setAside: string | null };
  /** Starts on what the folder has, as the app does, and has no more of an earlier start. */
  start(): Running;
  receiptsOnDisk(): Promise<{ receipts: readonly Receipt[]; unreadable: number }>;
  remove(): Promise<void>;
}

export interface Running {
  hold(session: Session): HeldSession;
  held(): readonly HeldSession[];
  /** `startedAt` is epoch milliseconds. */
  signOff(cause: Cause): Promise<{ receipts: Receipt[]; startedAt: number; tookMs: number }>;
  /** What the disk did not take. */
  readonly faults: readonly unknown[];
}

export async function appOnDisk(): Promise<AppOnDisk> {
  // In memory where there is such a place: what is waited for here is the network, not the disk.
  const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = await mkdtemp(path.join(base, 'signoff-cell-'));
  const receipts = createReceipts(path.join(folder, 'receipts'), systemClock.now);
  const open = () =>
    openVaultFile({
      folder,
      cipher: toyCipher(),
      openStore: (options) => new Conf(options),
      now: systemClock.now,
    });
  return {
    onDisk() {
      const { file, setAside } = open();
      return { held: file.held, setAside };
    },
    start() {
      const faults: unknown[] = [];
      const vault = createVault({
        file: open().file,
        login: null,
        newId: randomUUID,
        now: systemClock.now,
        onWriteFault: (error) => faults.push(error),
      });
      const coordinator = createCoordinator({
        vault,
        receipts,
        endSession: createEndSession(createTransport({ userAgent: 'Signoff/0.0.0 (test)' })),
        clock: systemClock,
        random: Math.random,
        newId: randomUUID,
        onReceiptFault: (error) => faults.push(error),
      });
      return {
        hold: (session) => vault.hold(session),
        held: () => vault.held(),
        async signOff(cause) {
          const startedAt = Date.now();
          const from = performance.now();
          const ended = await coordinator.signOff({ cause, ids: 'all' });
          return { receipts: ended, startedAt, tookMs: performance.now() - from };
        },
        faults,
      };
    },
    receiptsOnDisk: () => receipts.page({ after: null, limit: 10_000 }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
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
