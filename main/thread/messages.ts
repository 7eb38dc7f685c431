import type { MessagePort } from 'node:worker_threads';
import type { ChatCalls } from '../chat/chat-calls.ts';
import type { NetworkSettings } from '../chat/network.ts';
import type { Receipt } from '../results/receipt.ts';
import type { HeldSession } from '../sessions/session.ts';
import type { Order } from '../signoff/sign-off.ts';

/** What the thread is started with. */
export interface ThreadData {
  readonly userAgent: string;
  readonly port: MessagePort;
  /** One Int32, counted up with every message of the thread: what the main thread waits on while it blocks. */
  readonly told: SharedArrayBuffer;
}

export type CallName = keyof ChatCalls;

/** What the main thread tells. An `id` is that of a call, a sign-off, or a question. */
export type ToThread =
  | { readonly kind: 'network'; readonly settings: NetworkSettings }
  | { readonly kind: 'warm-up' }
  /** The servers of what is held: what is needed to reach them is found out now. */
  | { readonly kind: 'prepare'; readonly servers: readonly string[] }
  /** The system's proxies for a server that is kept ready. */
  | { readonly kind: 'known-proxy'; readonly origin: string; readonly answer: string }
  /** The answer to `ask-proxy`. */
  | { readonly kind: 'proxy'; readonly id: number; readonly answer: string }
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly name: CallName;
      readonly request: unknown;
    }
  | { readonly kind: 'abort'; readonly id: number }
  | {
      readonly kind: 'start';
      readonly id: number;
      readonly session: HeldSession;
      readonly order: Order;
    }
  | { readonly kind: 'begin'; readonly id: number; readonly session: HeldSession }
  | { readonly kind: 'join'; readonly id: number; readonly order: Order };

/** What the thread tells. */
export type FromThread =
  /** Null where the call failed in a way that no call should. */
  | { readonly kind: 'call-ended'; readonly id: number; readonly end: unknown }
  | { readonly kind: 'attempt'; readonly id: number }
  | { readonly kind: 'receipt'; readonly id: number; readonly receipt: Receipt }
  | { readonly kind: 'keep-ready'; readonly origins: readonly string[] }
  | { readonly kind: 'ask-proxy'; readonly id: number; readonly origin: string }
  /** A network setting that could not be used, in words. */
  | { readonly kind: 'problem'; readonly problem: string }
  /** An error that nothing caught, in words. */
  | { readonly kind: 'fault'; readonly error: string };
