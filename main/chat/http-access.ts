import type { Agent as HttpAgent } from 'node:http';
import type { NetworkParts, Reach } from './network.ts';

/** The network as the settings have it, for what is no call to a chat server: diagnostics, updates, telemetry. */
export interface HttpAccess {
  /** How this server, an origin, is reached now. */
  reach(server: string): Promise<Reach>;
  /** The network settings that could not be used, in words; without secrets. */
  networkProblems(): Promise<readonly string[]>;
  /** For other HTTP clients: connects as the settings say. See `route-agent.ts`. */
  agent(): Promise<HttpAgent>;
}

/** Loads what it takes when it is first used: most starts never need it. */
export function createHttpAccess(parts: NetworkParts): HttpAccess {
  const load = async () => (await import('./network.ts')).createNetwork(parts);
  let loading: ReturnType<typeof load> | null = null;
  const loaded = () => (loading ??= load());
  return {
    reach: async (server) => (await loaded()).reach(server),
    networkProblems: async () => (await loaded()).problems(),
    async agent() {
      const [network, { createRouteAgent }] = await Promise.all([
        loaded(),
        import('./route-agent.ts'),
      ]);
      return createRouteAgent(network.routes);
    },
  };
}
