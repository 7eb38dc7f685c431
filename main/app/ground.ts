import type { Words } from '../../words/words.ts';
import type { Chat } from '../chat/chat.ts';
import type { Clock } from '../common/clock.ts';
import type { Log } from '../common/log.ts';
import type { Cipher } from '../common/sealed.ts';
import type { SessionWatch, SleepInhibitor } from '../lifecycle/away.ts';
import type { Receipts } from '../results/receipts.ts';
import type { Vault } from '../sessions/vault.ts';
import type { CurrentSettings } from '../settings/settings.ts';
import type { ChatThread } from '../thread/client.ts';

/** What the sessions' side stands on. Nothing in it is Electron's, so a test can make one. */
export interface Ground {
  readonly dataDir: string;
  /** This machine's part of the data folder. */
  readonly machineDir: string;
  /** This login to the operating system; null where it is not known. */
  readonly login: string | null;
  readonly log: Log;
  readonly settings: Pick<CurrentSettings, 'values' | 'onChange'>;
  /** The operating system's encryption; null where it offers none. */
  readonly cipher: Cipher | null;
  readonly vault: Vault;
  /** Epoch milliseconds until which this start goes on holding what it found; null where it does not. */
  readonly resumeUntil: number | null;
  readonly receipts: Pick<Receipts, 'append' | 'flush' | 'page'>;
  readonly chat: Chat;
  /** On which sessions are signed off. */
  readonly thread: Pick<ChatThread, 'startSignOff' | 'waitFor'>;
  /** In the agent's language of the moment. */
  readonly words: () => Words;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly machine: Machine;
}

/** What is asked of the machine. */
export interface Machine {
  /** False while it has no network at all. */
  isOnline(): boolean;
  /** Seconds since keyboard or mouse were touched last. */
  idleSeconds(): number;
  /** Its addresses in its networks, in any order. */
  addresses(): readonly string[];
  readonly sleepInhibitor: SleepInhibitor;
  /** Whether the login session is locked or disconnected. */
  readonly sessionWatch: SessionWatch;
}
