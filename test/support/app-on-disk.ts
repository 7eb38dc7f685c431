import { randomUUID } from 'node:crypto';
import path from 'node:path';
import Conf from 'conf';
import type { HandIn } from '../../main/sessions/hand-in.ts';
import { createHold, type HoldResult } from '../../main/sessions/hold.ts';
import type { HeldSession, Session } from '../../main/sessions/session.ts';
import { createVault } from '../../main/sessions/vault.ts';
import type { Cipher } from '../../main/common/sealed.ts';
import { openVaultFile } from '../../main/sessions/vault-file.ts';
import { type Clock, systemClock } from '../../main/common/clock.ts';
import { createCoordinator } from '../../main/signoff/coordinator.ts';
import { createEndSession } from '../../main/signoff/end-session.ts';
import type { Receipt, SignOffCause } from '../../main/results/receipt.ts';
import { createReceipts, type Receipts } from '../../main/results/receipts.ts';
import { BUDGET_MS } from './budgets.ts';
import { transportOver } from './network.ts';
import { toyCipher } from './toy-cipher.ts';

/** The real parts of the app on a data folder, joined as `main.ts` joins them. */
export interface AppOnDisk {
  /** What a start would find in the vault's file now. */
  onDisk(): { held: readonly HeldSession[]; setAside: string | null };
  /** Starts on what the folder has; it knows no more of an earlier start than that. */
  start(): Running;
  readonly receipts: Receipts;
}

export interface Running {
  /** What was handed in and read well is held, or refused in words. */
  readonly handIn: (handIn: HandIn) => HoldResult;
  /** Holds a session; throws where the disk does not take it. */
  hold(session: Session): HeldSession;
  held(): readonly HeldSession[];
  /** `startedAt` is epoch milliseconds. */
  signOff(cause: SignOffCause): Promise<{ receipts: Receipt[]; startedAt: number; tookMs: number }>;
  /** What the disk did not take, after the fact. */
  readonly faults: readonly unknown[];
}

export function appOnDisk(
  folder: string,
  { cipher = toyCipher(), clock = systemClock }: { cipher?: Cipher; clock?: Clock } = {},
): AppOnDisk {
  const receipts = createReceipts(path.join(folder, 'receipts'), clock.now);
  const open = () =>
    openVaultFile({ folder, cipher, openStore: (options) => new Conf(options), now: clock.now });
  return {
    onDisk() {
      const { file, setAside } = open();
      return { held: file?.held ?? [], setAside };
    },
    start() {
      const faults: unknown[] = [];
      const vault = createVault({
        file: open().file,
        login: null,
        newId: randomUUID,
        now: clock.now,
        onWriteFault: (error) => faults.push(error),
      });
      const hold = createHold(vault, () => false);
      const coordinator = createCoordinator({
        vault,
        receipts,
        endSession: createEndSession(transportOver()),
        clock,
        random: Math.random,
        newId: randomUUID,
        budgetMs: (cause) => BUDGET_MS[cause],
        onReceiptFault: (error) => faults.push(error),
      });
      return {
        handIn: (handIn) => hold.handIn(handIn, 'command'),
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
    receipts,
  };
}
