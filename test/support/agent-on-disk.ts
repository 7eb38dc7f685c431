import { randomUUID } from 'node:crypto';
import path from 'node:path';
import Conf from 'conf';
import { chatCalls } from '../../main/chat/chat-calls.ts';
import type { Transport } from '../../main/chat/transport.ts';
import { createActivity } from '../../main/presence/activity.ts';
import { createPresence } from '../../main/presence/presence.ts';
import { createSequence } from '../../main/presence/sequence.ts';
import { createVault } from '../../main/sessions/vault.ts';
import { openVaultFile } from '../../main/sessions/vault-file.ts';
import type { AgentSession, HeldSession } from '../../main/sessions/session.ts';
import { createRemembered } from '../../main/signin/remembered.ts';
import { createSignIn, type SignIn } from '../../main/signin/sign-in.ts';
import { signOffDuringSignIn } from '../../main/signin/sign-off-during-sign-in.ts';
import type { Clock } from '../../main/common/clock.ts';
import { createCoordinator } from '../../main/signoff/coordinator.ts';
import { startsSignOffs } from '../../main/signoff/sign-off.ts';
import { createEndSession } from '../../main/signoff/end-session.ts';
import { createRetries } from '../../main/signoff/retries.ts';
import type { Receipt, SignOffCause } from '../../main/results/receipt.ts';
import { BUDGET_MS } from './budgets.ts';
import { toyCipher } from './toy-cipher.ts';

/** The real parts of the app that an agent's own session goes through, on a data folder. */
export interface AgentOnDisk {
  readonly signIn: SignIn['signIn'];
  setActivity(value: 'available' | 'unavailable'): Promise<unknown>;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  /** Ends all that is held, and what a sign-in under way begins. */
  signOff(cause: SignOffCause): Promise<Receipt[]>;
  held(): readonly HeldSession[];
  /** All receipts so far, each with the id of its session. */
  readonly receipts: readonly { readonly sessionId: string; readonly receipt: Receipt }[];
  /** Has the parts do nothing more, as the end of the process would. */
  close(): void;
  /** What the disk did not take, after the fact, and other surprises. */
  readonly faults: readonly unknown[];
}

/** Starts on what the folder has, joined as `app.ts` joins them. */
export function agentOnDisk(
  folder: string,
  { clock, random, transport }: { clock: Clock; random: () => number; transport: Transport },
): AgentOnDisk {
  const faults: unknown[] = [];
  const onFault = (error: unknown): void => void faults.push(error);
  const { file } = openVaultFile({
    folder,
    host: 'front-07',
    cipher: toyCipher(),
    openStore: (options) => new Conf(options),
    now: clock.now,
    uptime: () => 0,
  });
  const vault = createVault({
    file,
    login: null,
    newId: randomUUID,
    now: clock.now,
    onWriteFault: onFault,
  });
  const chat = chatCalls(transport);
  /** The session ids of all that was ever held. */
  const sessionIds = new Map(vault.held().map(({ id, sessionId }) => [id, sessionId]));
  const hold = (session: AgentSession): HeldSession => {
    const held = vault.hold(session, true);
    sessionIds.set(held.id, held.sessionId);
    return held;
  };
  const receipts: { sessionId: string; receipt: Receipt }[] = [];
  const coordinator = createCoordinator({
    vault,
    receipts: {
      async append(receipt) {
        receipts.push({ sessionId: sessionIds.get(receipt.heldId) ?? '', receipt });
      },
    },
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
    onReceiptFault: onFault,
  });
  let isGone = false;
  const sequence = createSequence({ vault, clock });
  const common = { vault, coordinator, sequence, clock, random };
  const presence = createPresence({
    ...common,
    getMessages: chat.getMessages,
    absentAfterMs: () => 240_000,
    attendance: { isAtWork: () => !isGone },
    onFault,
  });
  const activity = createActivity({
    ...common,
    setActivityStatus: chat.setActivityStatus,
    kinds: () => [],
    reasons: () => [],
    words: () => ({
      conflict: (said) => said,
      notChanged: (said) => said,
      noSession: 'No session.',
    }),
    onUnknownSession: presence.check,
  });
  const retries = createRetries({ coordinator, vault, clock, isOnline: () => true });
  let isLeaving = false;
  const signIn = createSignIn({
    chat,
    hold,
    vault,
    endAbandoned: (heldId) => retries.signOff('asked', [heldId]),
    rules: () => ({ offered: true, applicationContext: 'Signoff', isAllowed: () => true }),
    remembered: createRemembered({
      file: path.join(folder, 'sign-in.sealed'),
      cipher: toyCipher(),
      rules: () => ({ site: '', mayRemember: true }),
      onWriteFault: onFault,
    }),
    setActivity: (heldId, available) =>
      activity.set(heldId, { value: available ? 'available' : 'unavailable', reason: null }),
    isLeaving: () => isLeaving,
    clock,
    random,
  });
  const leaving = signOffDuringSignIn({
    signIn,
    coordinator,
    clock,
    budgetMs: (cause) => BUDGET_MS[cause],
  });
  return {
    signIn: signIn.signIn,
    setActivity: (value) => activity.set(null, { value, reason: null }),
    goAway: activity.setUnavailable,
    comeBack: activity.restore,
    async signOff(cause) {
      isLeaving = true;
      return leaving.signOff({ cause, ids: 'all' });
    },
    held: () => vault.held(),
    receipts,
    close() {
      isGone = true;
      presence.update();
    },
    faults,
  };
}
