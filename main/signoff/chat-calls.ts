import type { Address } from '../chat/address.ts';
import type { AddressCheck } from '../chat/check-address.ts';
import type { Network, NetworkSettings, SystemProxy } from '../chat/network.ts';
import type { Transport } from '../chat/transport.ts';
import type { EndSession } from './sign-off.ts';

/** All that is asked of chat servers. */
export interface ChatCalls {
  readonly endSession: EndSession;
  /** Resolves within ten seconds; ends nothing. See `chat/check-address.ts`. */
  checkAddress(address: Address): Promise<AddressCheck>;
  /** Loads it and goes through a logoff in memory, so that the one that counts is not the first. */
  warmUp(): Promise<void>;
  /** Gets everything ready for connecting to these servers, and no others: proxies, certificates. */
  prepare(servers: readonly string[]): Promise<void>;
}

/** What decides how servers are reached. */
export interface NetworkParts {
  /** As they are at that moment: a change counts from the next request on. */
  readonly settings: () => NetworkSettings;
  readonly systemProxy: SystemProxy;
  /** Hears once of each thing in the settings that could not be used, in words. */
  readonly onProblem: (problem: string) => void;
}

const CHECK_WITHIN_MS = 10_000;

/**
 * Loads the HTTP client when it is first needed rather than with the app: the tray and the holding
 * of sessions would wait for it, and most commands never need it. `userAgent` is what it calls itself.
 */
export function createChatCalls(
  userAgent: string,
  { settings, systemProxy, onProblem }: NetworkParts,
): ChatCalls {
  interface Loaded {
    readonly network: Network;
    readonly transport: Transport;
    readonly endSession: EndSession;
  }
  let loading: Promise<Loaded> | null = null;
  const load = async (): Promise<Loaded> => {
    const [{ createNetwork }, { createTransport }, { createEndSession }] = await Promise.all([
      import('../chat/network.ts'),
      import('../chat/transport.ts'),
      import('./end-session.ts'),
    ]);
    const network = createNetwork({ settings, systemProxy, onProblem });
    const transport = createTransport({ userAgent, ways: network.ways });
    return { network, transport, endSession: createEndSession(transport) };
  };
  const loaded = (): Promise<Loaded> => (loading ??= load());
  return {
    async endSession(...request) {
      const { endSession } = await loaded();
      return endSession(...request);
    },
    async checkAddress(address) {
      const { transport } = await loaded();
      const { checkAddress } = await import('../chat/check-address.ts');
      return checkAddress(transport, address, AbortSignal.timeout(CHECK_WITHIN_MS));
    },
    async warmUp() {
      const { network } = await loaded();
      network.warmUp();
      const { rehearseLogoff } = await import('../chat/rehearsal.ts');
      await rehearseLogoff();
    },
    async prepare(servers) {
      const { network } = await loaded();
      await network.prepare(servers);
    },
  };
}
