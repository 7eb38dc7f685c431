import type { Agent as HttpAgent } from 'node:http';
import type { Address } from './address.ts';
import {
  type ActivityRequest,
  type AgentMessage,
  type AgentRequest,
  createAgentSession,
  type CreateRequest,
  getMessages,
  logoff,
  type LogoffRequest,
  setActivityStatus,
} from './agent-api.ts';
import type { Answer } from './answer.ts';
import type { CallEnd } from './call-end.ts';
import { type AddressCheck, checkAddress } from './check-address.ts';
import type { NetworkParts, Reach } from './network.ts';
import { agentToken, serviceSettings, type SiteLogin } from './site-api.ts';
import type { Transport } from './transport.ts';

/** The calls to chat servers and their sites; see `agent-api.ts` and `site-api.ts` for each. */
export interface ChatCalls {
  serviceSettings(login: SiteLogin, signal: AbortSignal): Promise<Answer<Address>>;
  agentToken(login: SiteLogin, signal: AbortSignal): Promise<Answer<string>>;
  createAgentSession(request: CreateRequest, signal: AbortSignal): Promise<Answer<string>>;
  getMessages(request: AgentRequest, signal: AbortSignal): Promise<Answer<readonly AgentMessage[]>>;
  setActivityStatus(request: ActivityRequest, signal: AbortSignal): Promise<CallEnd>;
  logoff(request: LogoffRequest, signal: AbortSignal): Promise<CallEnd>;
}

/** Those calls, and the network that they take. */
export interface Chat extends ChatCalls {
  readonly transport: Transport;
  /** Resolves within ten seconds. See `check-address.ts`. */
  checkAddress(address: Address): Promise<AddressCheck>;
  /** How this server, an origin, is reached now. */
  reach(server: string): Promise<Reach>;
  /** The network settings that could not be used, in words; without secrets. */
  networkProblems(): Promise<readonly string[]>;
  /** For other HTTP clients: connects as the settings say. See `route-agent.ts`. */
  agent(): Promise<HttpAgent>;
  /** Loads the HTTP client and makes a logoff in memory, so that the first real one is fast. */
  warmUp(): Promise<void>;
  /** Prepares proxies and certificates for these servers, and forgets others. */
  prepare(servers: readonly string[]): Promise<void>;
}

export function chatCalls(transport: Transport): ChatCalls {
  return {
    serviceSettings: (login, signal) => serviceSettings(transport, login, signal),
    agentToken: (login, signal) => agentToken(transport, login, signal),
    createAgentSession: (request, signal) => createAgentSession(transport, request, signal),
    getMessages: (request, signal) => getMessages(transport, request, signal),
    setActivityStatus: (request, signal) => setActivityStatus(transport, request, signal),
    logoff: (request, signal) => logoff(transport, request, signal),
  };
}

const CHECK_WITHIN_MS = 10_000;

/**
 * Loads the HTTP client when it is first used rather than with the app: the tray and the vault would wait
 * for it, and most commands never need it.
 */
export function createChat(userAgent: string, parts: NetworkParts): Chat {
  const load = async () => {
    const [{ createNetwork }, { createTransport }] = await Promise.all([
      import('./network.ts'),
      import('./transport.ts'),
    ]);
    const network = createNetwork(parts);
    return { network, transport: createTransport({ userAgent, routes: network.routes }) };
  };
  let loading: ReturnType<typeof load> | null = null;
  const loaded = () => (loading ??= load());
  const transport: Transport = async (call, signal) => (await loaded()).transport(call, signal);

  return {
    ...chatCalls(transport),
    transport,
    checkAddress: (address) =>
      checkAddress(transport, address, AbortSignal.timeout(CHECK_WITHIN_MS)),
    reach: async (server) => (await loaded()).network.reach(server),
    networkProblems: async () => (await loaded()).network.problems(),
    async agent() {
      const [{ network }, { createRouteAgent }] = await Promise.all([
        loaded(),
        import('./route-agent.ts'),
      ]);
      return createRouteAgent(network.routes);
    },
    async warmUp() {
      const { network } = await loaded();
      network.warmUp();
      const { warmUpLogoff } = await import('./warm-up.ts');
      await warmUpLogoff();
    },
    prepare: async (servers) => (await loaded()).network.prepare(servers),
  };
}
