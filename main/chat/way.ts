import type { OptionsInit } from 'got';

/** What makes the connections. */
export type Agents = NonNullable<OptionsInit['agent']> & object;

/** One way to a server: straight, or through a proxy. */
export interface Way {
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
export type Ways = (url: URL, signal: AbortSignal) => Promise<readonly [Way, ...Way[]]>;

/** The way without a proxy. */
export function straight(agents: Agents): Way {
  const connection = { agents, phases: () => null };
  return { proxy: null, connect: () => connection };
}
