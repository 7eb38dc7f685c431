import type { Address } from './address.ts';
import type { ChatCalls } from './chat-calls.ts';
import type { AddressCheck } from './check-address.ts';
import type { HttpAccess } from './http-access.ts';

/** What the app has of chat servers, and of the network that leads to them. */
export interface Chat extends Omit<ChatCalls, 'checkAddress'>, HttpAccess {
  /** Resolves within ten seconds. See `check-address.ts`. */
  checkAddress(address: Address): Promise<AddressCheck>;
  /** Loads the HTTP client and makes a logoff in memory, so that the first real one is fast. */
  warmUp(): void;
  /** Prepares proxies and certificates for these servers, and forgets others. */
  prepare(servers: readonly string[]): void;
}
