import type { OptionsInit } from 'got';

/** What makes the connections. */
export type Agents = NonNullable<OptionsInit['agent']> & object;

/** One way to a server: straight, or through a proxy. */
export interface Route {
  /** `host:port` of the proxy, without credentials; null where there is none. */
  readonly proxy: string | null;
  /** For one attempt; the signal ends what of it is still being made. */
  connect(signal: AbortSignal): Connection;
}

export interface Connection {
  readonly agents: Agents;
  /** Milliseconds of the steps that only a way through a proxy knows; null where there is none. */
  phases(): { readonly tcp: number | null; readonly tls: number | null } | null;
}

/** The ways to a server, the first the best; another only where a proxy could not be reached. */
export type Routes = (url: URL, signal: AbortSignal) => Promise<readonly [Route, ...Route[]]>;

/** The way without a proxy. */
export function directRoute(agents: Agents): Route {
  const connection = { agents, phases: () => null };
  return { proxy: null, connect: () => connection };
}
