import type { Agent as HttpAgent, ClientRequest } from 'node:http';
import { isIPv6 } from 'node:net';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { isLoopback } from '../common/loopback.ts';
import type { Routes } from './route.ts';

const CONNECT_WITHIN_MS = 10_000;

/** An agent that connects each request by the best route at the time, for clients that keep one agent. */
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
    // The settings' own servers were checked for TLS, but not where they redirect to.
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

/** Limits connecting, not what follows. */
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
