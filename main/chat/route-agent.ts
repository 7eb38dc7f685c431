import type { Agent as HttpAgent, ClientRequest } from 'node:http';
import { isIPv6 } from 'node:net';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { isLoopback } from '../common/loopback.ts';
import type { Routes } from './route.ts';

const CONNECT_WITHIN_MS = 10_000;

/**
 * An agent that connects each request by the best way of that moment: for clients that ask for an agent
 * once and keep it. Its requests fail as the way does.
 */
export function createRouteAgent(routes: Routes): HttpAgent {
  return new RouteAgent(routes);
}

class RouteAgent extends Agent {
  readonly #routes: Routes;

  constructor(routes: Routes) {
    super({ keepAlive: false });
    this.#routes = routes;
  }

  override async connect(request: ClientRequest, options: AgentConnectOpts): Promise<HttpAgent> {
    const server = serverOf(options);
    // Whom the settings name, they have been checked for; whom a server redirects to, they have not.
    if (!options.secureEndpoint && !isLoopback(server.hostname)) {
      throw new Error(`${server.origin} is not reached without TLS.`);
    }
    const signal = untilConnected(request);
    const [route] = await this.#routes(server, signal);
    const { http, https } = route.connect(signal).agents;
    const agent = options.secureEndpoint ? https : http;
    if (agent === undefined || agent === false) {
      throw new Error(`There is no way to ${server.origin}.`);
    }
    return agent;
  }
}

/** Aborts where it takes too long; what comes over the connection may take any time. */
function untilConnected(request: ClientRequest): AbortSignal {
  const tooLong = new AbortController();
  const timer = setTimeout(() => tooLong.abort(), CONNECT_WITHIN_MS);
  const stop = (): void => clearTimeout(timer);
  request.once('socket', stop).once('close', stop);
  return tooLong.signal;
}

function serverOf({ secureEndpoint, host = '', port }: AgentConnectOpts): URL {
  const name = isIPv6(host) ? `[${host}]` : host;
  return new URL(`${secureEndpoint ? 'https' : 'http'}://${name}:${port}`);
}
