import { randomUUID } from 'node:crypto';
import type { Ground } from '../../main/app/ground.ts';
import { joinWork } from '../../main/app/work-joints.ts';
import { createWork } from '../../main/app/work.ts';
import { chatCalls } from '../../main/chat/chat-calls.ts';
import type { Transport } from '../../main/chat/transport.ts';
import type { Receipt } from '../../main/results/receipt.ts';
import type { VaultFile } from '../../main/sessions/vault-file.ts';
import { createVault } from '../../main/sessions/vault.ts';
import { type Settings, settingsSchema } from '../../main/settings/schema.ts';
import { createEndSession } from '../../main/signoff/end-session.ts';
import { startsSignOffs } from '../../main/signoff/sign-off.ts';
import { en } from '../../words/en/index.ts';
import type { FakeClock } from './fake-clock.ts';

const noAccess = async (): Promise<never> => {
  throw new Error('Nothing here asks for it.');
};

/** The sessions' side of the app, joined as the app joins it, and all that stands for the rest of it. */
export function startWork(parts: {
  clock: FakeClock;
  file: VaultFile;
  transport: Transport;
  login?: string;
  settings?: Partial<Settings>;
  /** What is answered otherwise than by the transport. */
  chat?: Partial<Ground['chat']>;
  /** Where it is not one that works beside the main thread. */
  thread?: Ground['thread'] | undefined;
}) {
  const { clock, file, transport, login = 'morning' } = parts;
  const receipts: Receipt[] = [];
  const log: string[] = [];
  const vault = createVault({
    file,
    login,
    // A later start on the same disk finds those of the earlier ones.
    newId: randomUUID,
    now: clock.now,
    onWriteFault(error) {
      throw error;
    },
  });
  const settings = settingsSchema.parse(parts.settings ?? {});
  const random = (): number => 0.5;
  const ground: Ground = {
    dataDir: '/nowhere',
    machineDir: '/nowhere/machine-0123abcd',
    login,
    log: (event) => void log.push(event),
    settings: { values: () => settings, onChange: () => undefined },
    cipher: null,
    vault,
    resumeUntil: file.resumeUntil,
    receipts: {
      append: async (receipt) => void receipts.push(receipt),
      page: async () => ({ receipts, next: null, unreadable: 0 }),
      flush: () => undefined,
    },
    chat: {
      ...chatCalls(transport),
      checkAddress: noAccess,
      reach: noAccess,
      networkProblems: noAccess,
      agent: noAccess,
      warmUp: () => undefined,
      prepare: () => undefined,
      ...parts.chat,
    },
    thread: parts.thread ?? {
      startSignOff: startsSignOffs({
        endSession: createEndSession(transport),
        clock,
        random,
        newId: randomUUID,
      }),
      waitFor: () => undefined,
    },
    words: () => en,
    clock,
    random,
    machine: {
      isOnline: () => true,
      idleSeconds: () => 0,
      addresses: () => [],
      sleepInhibitor: { take: () => undefined, release: () => undefined },
      sessionWatch: { start: () => undefined, stop: () => undefined, onSign: () => undefined },
    },
  };
  const work = createWork(ground);
  joinWork(ground, work);
  return { work, vault, receipts, log, chat: ground.chat };
}
