import type { HeldSession, Session } from '../../main/sessions/session.ts';
import { createVault, type Vault } from '../../main/sessions/vault.ts';
import type { VaultFile } from '../../main/sessions/vault-file.ts';
import { type Coordinator, createCoordinator } from '../../main/signoff/coordinator.ts';
import { createLastBreath } from '../../main/signoff/last-breath.ts';
import { createStanding } from '../../main/signoff/standing.ts';
import { startsSignOffs } from '../../main/signoff/sign-off.ts';
import type { Receipt, SignOffCause } from '../../main/results/receipt.ts';
import { BUDGET_MS } from './budgets.ts';
import type { BlockingThread } from './blocking-thread.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createScriptedServer, type ScriptedServer } from './scripted-server.ts';

/** How long the server keeps an absent agent. */
const ABSENT_MS = 360_000;

/** The real vault and coordinator over fake time, a scripted server and a disk in memory. */
export interface SignOffWorld {
  readonly clock: FakeClock;
  readonly server: ScriptedServer;
  readonly vault: Vault;
  readonly coordinator: Coordinator;
  readonly budgetMs: (cause: SignOffCause) => number;
  /** Sends all there is to send, and waits only where a thread was given. */
  readonly lastBreath: () => void;
  readonly isUnconfirmed: (heldId: string) => boolean;
  /** True, as where no policy says otherwise. */
  readonly mayQuitHolding: () => boolean;
  /** True, as where nobody is signing in. */
  readonly mayRestart: () => boolean;
  /** What the vault's file holds: what a next start would find. */
  onDisk(): readonly HeldSession[];
  /** The receipts that were written, in that order. */
  readonly written: readonly Receipt[];
  /** What became of receipts that could not be written. */
  readonly receiptFaults: readonly unknown[];
  /** What became of changes to the vault that could not be written. */
  readonly vaultFaults: readonly unknown[];
  hold(...sessions: readonly Session[]): HeldSession[];
}

export function createSignOffWorld(
  options: {
    /** 0 to 1, for the jitter. */
    random?: () => number;
    /** What writing a receipt does, beyond being remembered. */
    append?: (receipt: Receipt) => Promise<void>;
    leftOver?: readonly HeldSession[];
    /** What the vault is kept on in place of a disk that always works; null for memory only. */
    file?: VaultFile | null;
    /** What signs off, in place of this thread. */
    thread?: (clock: FakeClock) => BlockingThread;
    /** Stops a sign-in under way, and tells whether it creates no session any more; by default there is none. */
    stopSignIn?: () => () => boolean;
    /** The login to the operating system. */
    login?: string | null;
  } = {},
): SignOffWorld {
  const { random = () => 0.5, append = async () => undefined, leftOver = [] } = options;
  const { login = null, stopSignIn = () => () => true } = options;
  const budgetMs = (cause: SignOffCause): number => BUDGET_MS[cause];
  const clock = createFakeClock();
  const server = createScriptedServer(clock);
  const thread = options.thread?.(clock);
  const written: Receipt[] = [];
  const receiptFaults: unknown[] = [];
  let disk = leftOver;
  const file: VaultFile = {
    held: leftOver,
    resumeUntil: null,
    write(held) {
      disk = held;
    },
  };
  let heldIds = leftOver.length;
  let receiptIds = 0;
  const vaultFaults: unknown[] = [];
  const vault = createVault({
    file: options.file === undefined ? file : options.file,
    login,
    newId: () => `held-${(heldIds += 1)}`,
    now: clock.now,
    onWriteFault: (error) => vaultFaults.push(error),
  });
  const coordinator = createCoordinator({
    vault,
    receipts: {
      async append(receipt) {
        await append(receipt);
        written.push(receipt);
      },
    },
    startSignOff:
      thread?.startSignOff ??
      startsSignOffs({
        endSession: server.endSession,
        clock,
        random,
        newId: () => `receipt-${(receiptIds += 1)}`,
      }),
    clock,
    newId: () => `receipt-${(receiptIds += 1)}`,
    budgetMs,
    standing: createStanding({ clock, absentAfterMs: () => ABSENT_MS }),
    onReceiptFault: (error) => receiptFaults.push(error),
  });
  return {
    clock,
    budgetMs,
    lastBreath: createLastBreath({
      coordinator,
      stopSignIn,
      waitFor: thread?.waitFor ?? (() => undefined),
      receipts: { flush: () => undefined },
      vault,
      budgetMs: () => budgetMs('shutdown'),
    }),
    isUnconfirmed: (heldId) => coordinator.lastFailure(heldId)?.outcome === 'unconfirmed',
    mayQuitHolding: () => true,
    mayRestart: () => true,
    server,
    vault,
    coordinator,
    onDisk: () => disk,
    written,
    receiptFaults,
    vaultFaults,
    hold: (...sessions) => sessions.map((session) => vault.hold(session)),
  };
}
