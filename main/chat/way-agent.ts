import type { Agent as HttpAgent } from 'node:http';
import { Agent } from 'agent-base';
import type { Ways } from './way.ts';

const CONNECT_WITHIN_MS = 10_000;

/**
 * An agent for one server, an origin, that connects each request by the best way of that moment: for
 * clients that ask for an agent once and keep it. Its requests fail as the way does.
 */
export function agentBy(ways: Ways, server: string): HttpAgent {
  return new WayAgent(ways, new URL(server));
}

class WayAgent extends Agent {
  readonly #ways: Ways;
  readonly #server: URL;

  constructor(ways: Ways, server: URL) {
    super({ keepAlive: false });
    this.#ways = ways;
    this.#server = server;
  }

  override async connect(): Promise<HttpAgent> {
    const signal = AbortSignal.timeout(CONNECT_WITHIN_MS);
    const [way] = await this.#ways(this.#server, signal);
    const { http, https } = way.connect(signal).agents;
    const agent = this.#server.protocol === 'http:' ? http : https;
    if (agent === undefined || agent === false) {
      throw new Error(`There is no way to ${this.#server.origin}.`);
    }
    return agent;
  }
}
