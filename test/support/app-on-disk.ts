import { randomUUID } from 'node:crypto';
import path from 'node:path';
import Conf from 'conf';
import type { HandIn } from '../../main/sessions/hand-in.ts';
import { createHold, type HoldResult } from '../../main/sessions/hold.ts';
import type { HeldSession, Session } from '../../main/sessions/session.ts';
import { createVault } from '../../main/sessions/vault.ts';
import type { Cipher } from '../../main/common/sealed.ts';
import { openVaultFile } from '../../main/sessions/vault-file.ts';
import type { Transport } from '../../main/chat/transport.ts';
import { type Clock, systemClock } from '../../main/common/clock.ts';
import type { StayingCause } from '../../main/signoff/causes.ts';
import { createCoordinator } from '../../main/signoff/coordinator.ts';
import { startsSignOffs } from '../../main/signoff/sign-off.ts';
import { createEndSession } from '../../main/signoff/end-session.ts';
import { createRetries } from '../../main/signoff/retries.ts';
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
  /** Signs off all that is held as the app does: by retries, where it keeps running for no agent at work. */
  signOff(cause: SignOffCause): Promise<{ receipts: Receipt[]; tookMs: number }>;
  /** Retries what is pending once, as when the machine wakes up. */
  retryNow(): Promise<Receipt[]>;
  /** What the disk did not take, after the fact. */
  readonly faults: readonly unknown[];
}

/** The causes after which the app goes on trying. */
const RETRIED = [
  'suspend',
  'lock',
  'disconnect',
  'idle',
  'leftover',
] as const satisfies readonly StayingCause[];

export function appOnDisk(
  folder: string,
  parts: {
    cipher?: Cipher;
    clock?: Clock;
    random?: () => number;
    transport?: Transport;
    /** Told of work on the disk, which a clock of a test's own may not overtake. */
    beside?: <T>(work: Promise<T>) => Promise<T>;
  } = {},
): AppOnDisk {
  const { cipher = toyCipher(), clock = systemClock, random = Math.random } = parts;
  const { transport = transportOver(), beside = (work) => work } = parts;
  const receipts = createReceipts(path.join(folder, 'receipts'), clock.now);
  const open = () =>
    openVaultFile({
      folder,
      host: 'front-07',
      cipher,
      openStore: (options) => new Conf(options),
      now: clock.now,
      uptime: () => 0,
    });
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
        receipts: { append: (receipt) => beside(receipts.append(receipt)) },
        startSignOff: startsSignOffs({
          endSession: createEndSession(transport),
          clock,
          random,
          newId: randomUUID,
        }),
        clock,
        newId: randomUUID,
        budgetMs: (cause) => BUDGET_MS[cause],
        standing: null,
        onReceiptFault: (error) => faults.push(error),
      });
      const made: Receipt[] = [];
      coordinator.onReceipt((receipt) => made.push(receipt));
      const retries = createRetries({ coordinator, vault, clock, isOnline: () => true });
      return {
        handIn: (handIn) => hold.handIn(handIn, 'command'),
        hold: (session) => vault.hold(session),
        held: () => vault.held(),
        async signOff(cause) {
          const from = clock.monotonic();
          const before = made.length;
          const retried = RETRIED.find((one) => one === cause);
          const ids = vault.held().map(({ id }) => id);
          if (retried === undefined) await coordinator.signOff({ cause, ids: 'all' });
          else await retries.signOff(retried, ids);
          return { receipts: made.slice(before), tookMs: clock.monotonic() - from };
        },
        async retryNow() {
          if (!retries.isPending()) return [];
          const before = made.length;
          const { promise: retried, resolve } = Promise.withResolvers<undefined>();
          retries.onChange(() => resolve(undefined));
          retries.retryNow();
          await retried;
          return made.slice(before);
        },
        faults,
      };
    },
    receipts,
  };
}
