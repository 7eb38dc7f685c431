import type { CallEnd } from '../../main/chat/call-end.ts';
import type { HeldSession, Session } from '../../main/sessions/session.ts';
import { createVault, type Vault } from '../../main/sessions/vault.ts';
import type { VaultFile } from '../../main/sessions/vault-file.ts';
import type { Clock } from '../../main/common/clock.ts';
import { type Coordinator, createCoordinator } from '../../main/signoff/coordinator.ts';
import { startsSignOffs } from '../../main/signoff/sign-off.ts';
import { isOver, type Outcome } from '../../main/results/receipt.ts';
import { BUDGET_MS } from './budgets.ts';
import { END_FOR } from './scripted-server.ts';
import { createVaultDisk } from './vault-disk.ts';

/** What comes of one request: whether the server ends the session, and what of that is heard when. */
export interface Reply {
  readonly ends: boolean;
  /** `never`: no answer, for as long as anyone waits. */
  readonly outcome: Outcome | 'never';
  readonly afterMs: number;
}

/** What lasts when the app crashes: the chat server, the disk, and what was seen of both. */
export interface Lasting {
  /** How the server answers from now on. */
  replyWith(next: (() => Reply) | 'properly'): void;
  /** What every write throws from now on; null for a disk that works. */
  failDisk(error: Error | null): void;
  onDisk(): readonly HeldSession[];
  /** Session ids that are over on the server. */
  readonly overOnServer: ReadonlySet<string>;
  /** What broke the promise, in words. */
  readonly broken: readonly string[];
  /** Starts the app on what the disk has. */
  start(crashAfter: number | null): Life;
}

/** The app from one start to its crash. */
export interface Life {
  readonly vault: Vault;
  readonly coordinator: Coordinator;
  /** Its id, if the hand-in was acknowledged. */
  handIn(session: Session): string | null;
  /** Crashes now, if it has not yet. */
  crash(): void;
  isAlive(): boolean;
}

/**
 * The real vault and coordinator, which can crash wherever the outside could notice: before and
 * after each write, request, receipt, answer and timer. `crashAfter` counts these. What a life does
 * after its crash reaches nobody, and nothing reaches it.
 */
export function createLasting(clock: Clock, random: () => number): Lasting {
  const disk = createVaultDisk();
  const overOnServer = new Set<string>();
  const broken: string[] = [];
  /** Held ids that the server confirmed to an app that was alive to hear it. */
  const confirmed = new Set<string>();
  /** Held ids whose release is on the disk. */
  const released = new Set<string>();
  let nextReply: (() => Reply) | 'properly' = 'properly';
  let ids = 0;
  const newId = (): string => `id-${(ids += 1)}`;
  const heldOnDisk = (): readonly HeldSession[] => disk.open().held;

  const written = (before: readonly HeldSession[], after: readonly HeldSession[]): void => {
    const now = new Set(after.map(({ id }) => id));
    for (const { id } of before.filter((session) => !now.has(session.id))) {
      if (!confirmed.has(id)) broken.push(`${id} left the disk unconfirmed`);
      released.add(id);
    }
    for (const id of now) if (released.has(id)) broken.push(`${id} came back to the disk`);
  };

  const answerTo = ({ sessionId }: HeldSession): Reply => {
    const wasOver = overOnServer.has(sessionId);
    const reply: Reply =
      nextReply === 'properly' ? { ends: true, outcome: 'ended', afterMs: 5 } : nextReply();
    const saysOver = reply.outcome !== 'never' && isOver(reply.outcome);
    if (reply.ends || saysOver) overOnServer.add(sessionId);
    return saysOver && wasOver ? { ...reply, outcome: 'already-over' } : reply;
  };

  const start = (crashAfter: number | null): Life => {
    let alive = true;
    let left = crashAfter ?? Infinity;
    /** One of the places where a crash may come; true if the app is alive behind it. */
    const survives = (): boolean => {
      if (left <= 0) alive = false;
      left -= 1;
      return alive;
    };

    const opened = disk.open();
    const file: VaultFile = {
      ...opened,
      write(held, resumeUntil) {
        if (!survives()) return;
        const before = heldOnDisk();
        opened.write(held, resumeUntil);
        written(before, heldOnDisk());
        survives();
      },
    };
    const lifeClock: Clock = {
      ...clock,
      after: (ms, run) =>
        clock.after(ms, () => {
          if (survives()) run();
        }),
    };
    const confirmedHere = new Set<string>();
    const send = (session: HeldSession, signal: AbortSignal): Promise<CallEnd> =>
      new Promise((resolve) => {
        // A crashed app waits for ever.
        if (!survives()) return;
        const { id } = session;
        if (released.has(id)) broken.push(`${id} was sent after its release was written`);
        if (confirmedHere.has(id)) broken.push(`${id} was sent after it was confirmed`);
        const started = clock.now();
        const { outcome, afterMs } = answerTo(session);
        const end = (heard: Outcome): void => {
          if (!survives()) return;
          if (isOver(heard)) {
            confirmed.add(id);
            confirmedHere.add(id);
          }
          resolve({
            ...END_FOR[heard],
            reply: null,
            proxy: null,
            times: timesOf(started, clock.now()),
          });
        };
        const cancel =
          outcome === 'never'
            ? () => undefined
            : clock.after(afterMs, () => {
                signal.removeEventListener('abort', giveUp);
                end(outcome);
              });
        const giveUp = (): void => {
          cancel();
          end('timed-out');
        };
        signal.addEventListener('abort', giveUp, { once: true });
        survives();
      });

    const vault = createVault({
      file,
      login: null,
      newId,
      now: clock.now,
      // Nothing is lost: what could not be written is tried again.
      onWriteFault: () => undefined,
    });
    let known = vault.held();
    vault.onChange(() => {
      const now = new Set(vault.held().map(({ id }) => id));
      const gone = known.filter(({ id }) => !now.has(id) && !confirmed.has(id));
      if (alive) broken.push(...gone.map(({ id }) => `${id} left the vault unconfirmed`));
      known = vault.held();
    });
    const coordinator = createCoordinator({
      vault,
      receipts: {
        // Never resolves after a crash.
        append: () =>
          new Promise((resolve) => {
            if (survives() && survives()) resolve();
          }),
      },
      startSignOff: startsSignOffs({
        endSession: (session, _request, signal) => send(session, signal),
        clock: lifeClock,
        random,
        newId,
      }),
      clock: lifeClock,
      newId,
      budgetMs: (cause) => BUDGET_MS[cause],
      standing: null,
      onReceiptFault(error) {
        throw error;
      },
    });
    return {
      vault,
      coordinator,
      handIn(session) {
        const { id } = vault.hold(session);
        if (!alive) return null;
        const isOnDisk = heldOnDisk().some((held) => held.id === id);
        if (!isOnDisk) broken.push(`${id} was acknowledged, and is not on the disk`);
        return id;
      },
      crash() {
        alive = false;
      },
      isAlive: () => alive,
    };
  };

  return {
    replyWith(next) {
      nextReply = next;
    },
    failDisk: (error) => disk.fail(error),
    onDisk: heldOnDisk,
    overOnServer,
    broken,
    start,
  };
}

function timesOf(started: number, finished: number): CallEnd['times'] {
  const total = finished - started;
  const none = { wait: null, dns: null, tcp: null, tls: null, request: null };
  return {
    started,
    sent: started,
    received: finished,
    finished,
    phases: { ...none, firstByte: total, download: 0, total },
  };
}
