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
import type { AddressCheck } from './check-address.ts';
import type { Network, NetworkSettings, Reach, SystemProxy } from './network.ts';
import { agentToken, type ServiceSettings, serviceSettings, type SiteLogin } from './site-api.ts';
import type { Transport } from './transport.ts';

/** All that is asked of chat servers and their sites; see `agent-api.ts` and `site-api.ts` for each call. */
export interface Chat {
  readonly transport: Transport;
  serviceSettings(login: SiteLogin, signal: AbortSignal): Promise<Answer<ServiceSettings>>;
  agentToken(login: SiteLogin, signal: AbortSignal): Promise<Answer<string>>;
  createAgentSession(request: CreateRequest, signal: AbortSignal): Promise<Answer<string>>;
  getMessages(request: AgentRequest, signal: AbortSignal): Promise<Answer<readonly AgentMessage[]>>;
  setActivityStatus(request: ActivityRequest, signal: AbortSignal): Promise<CallEnd>;
  logoff(request: LogoffRequest, signal: AbortSignal): Promise<CallEnd>;
  /** Resolves within ten seconds; ends nothing. See `check-address.ts`. */
  checkAddress(address: Address): Promise<AddressCheck>;
  /** How that server, an origin, is reached now. */
  reach(server: string): Promise<Reach>;
  /** What of the network's settings could not be used, in words; without secrets. */
  networkProblems(): Promise<readonly string[]>;
  /** For others' HTTP clients: connects to any server as the settings have it. See `route-agent.ts`. */
  agent(): Promise<HttpAgent>;
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
export function createChat(
  userAgent: string,
  { settings, systemProxy, onProblem }: NetworkParts,
): Chat {
  interface Loaded {
    readonly network: Network;
    readonly transport: Transport;
  }
  let loading: Promise<Loaded> | null = null;
  const load = async (): Promise<Loaded> => {
    const [{ createNetwork }, { createTransport }] = await Promise.all([
      import('./network.ts'),
      import('./transport.ts'),
    ]);
    const network = createNetwork({ settings, systemProxy, onProblem });
    return { network, transport: createTransport({ userAgent, routes: network.routes }) };
  };
  const loaded = (): Promise<Loaded> => (loading ??= load());
  const transport: Transport = async (call, signal) => (await loaded()).transport(call, signal);

  return {
    transport,
    serviceSettings: (login, signal) => serviceSettings(transport, login, signal),
    agentToken: (login, signal) => agentToken(transport, login, signal),
    createAgentSession: (request, signal) => createAgentSession(transport, request, signal),
    getMessages: (request, signal) => getMessages(transport, request, signal),
    setActivityStatus: (request, signal) => setActivityStatus(transport, request, signal),
    logoff: (request, signal) => logoff(transport, request, signal),
    async checkAddress(address) {
      const { checkAddress } = await import('./check-address.ts');
      return checkAddress(transport, address, AbortSignal.timeout(CHECK_WITHIN_MS));
    },
    async reach(server) {
      const { network } = await loaded();
      return network.reach(server);
    },
    async networkProblems() {
      const { network } = await loaded();
      return network.problems();
    },
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
    async prepare(servers) {
      const { network } = await loaded();
      await network.prepare(servers);
    },
  };
}
