import type { OptionsInit } from 'got';
import type { ConnectionFault, TriedAddresses } from './call-end.ts';

export type Agents = NonNullable<OptionsInit['agent']> & object;

/** A route to a server: direct, or through a proxy. */
export interface Route {
  /** `host:port` of the proxy, without credentials; null where there is none. */
  readonly proxy: string | null;
  /** For one attempt; the signal aborts connecting. Throws `ProxyFault` for an unsupported proxy. */
  connect(signal: AbortSignal): Connection;
}

export interface Connection {
  readonly agents: Agents;
  /** Milliseconds of the steps of connecting through a proxy; null for a direct route. */
  phases(): { readonly tcp: number | null; readonly tls: number | null } | null;
  /** The server's addresses; null where they are not looked up here, or of no interest. */
  addresses(): TriedAddresses | null;
}

/** The routes to a server, best first; the others are for when a proxy cannot be reached. */
export type Routes = (url: URL, signal: AbortSignal) => Promise<readonly [Route, ...Route[]]>;

export function directRoute(agents: Agents): Route {
  const connection = { agents, phases: () => null, addresses: () => null };
  return { proxy: null, connect: () => connection };
}

/** Why a proxy did not connect to the server, to which nothing was sent then. */
export class ProxyFault extends Error {
  readonly fault: ConnectionFault;

  /** `message` is for people: a whole sentence without any secret. */
  constructor(fault: ConnectionFault, message: string) {
    super(message);
    this.name = 'ProxyFault';
    this.fault = fault;
  }
}
