import { Agent as HttpAgent } from 'node:http';
import type { SecureContext } from 'node:tls';
import type { Clock } from '../common/clock.ts';
import { DirectAgent, type Secured } from './direct-agent.ts';
import { type Hop, bypassesProxy, readProxyAnswer, readProxySetting } from './proxy-choice.ts';
import { type CertificateFiles, createTrust } from './trust.ts';
import { directRoute, type Route, type Routes } from './route.ts';
import { createServerAddresses, type Resolve } from './server-addresses.ts';
import { createTlsSessions } from './tls-sessions.ts';

export interface NetworkSettings extends CertificateFiles {
  /** `system`, `direct`, or `http://[user:password@]host:port`. */
  readonly proxy: string;
}

/** The proxies of the operating system. */
export interface SystemProxy {
  /** The answer for a URL, such as `PROXY proxy.example.com:8080; DIRECT`. */
  resolve(url: string): Promise<string>;
  /** Looks up the answers for these origins in advance, and forgets others. */
  keepReady(origins: readonly string[]): void;
}

/** How one server is reached. */
export interface Reach {
  /** `host:port` of each proxy in the order of the tries; null for a direct connection. */
  readonly proxies: readonly (string | null)[];
  /** The certificates that a connection trusts and presents. */
  readonly trust: SecureContext;
}

export interface Network {
  readonly routes: Routes;
  /** How this server, an origin, is reached now. */
  reach(server: string): Promise<Reach>;
  /** Reads the certificates, so that the first connection does not have to. */
  warmUp(): void;
  /** Prepares proxies and certificates for these servers, and forgets others. */
  prepare(servers: readonly string[]): Promise<void>;
  /** The settings that could not be used, in words; without secrets. */
  problems(): readonly string[];
}

export interface NetworkParts {
  /** Read for each request. */
  readonly settings: () => NetworkSettings;
  readonly systemProxy: SystemProxy;
  /** The addresses of a name. */
  readonly resolveName: Resolve;
  readonly clock: Clock;
  /** Called once for each setting that could not be used, in words. */
  readonly onProblem: (problem: string) => void;
}

function directlyBy(secured: Secured): Route {
  return {
    proxy: null,
    connect() {
      const https = new DirectAgent(secured);
      return { agents: { https }, phases: () => null, addresses: () => https.addresses() };
    },
  };
}

/** A server on this machine is always reached directly; plain HTTP is only for such servers. */
export function createNetwork(parts: NetworkParts): Network {
  const { settings, systemProxy, resolveName, clock, onProblem } = parts;
  const trust = createTrust(onProblem);
  const addresses = createServerAddresses({ resolve: resolveName, clock });
  const plain = directRoute({ http: new HttpAgent({ keepAlive: false }) });
  let made: { readonly secured: Secured; readonly direct: Route } | null = null;

  /** Made anew with other certificates, so that no TLS session outlives those that it was verified with. */
  const securedBy = (context: SecureContext) => {
    if (made?.secured.context !== context) {
      const secured = { context, sessions: createTlsSessions(), addresses };
      made = { secured, direct: directlyBy(secured) };
    }
    return made;
  };

  /** The system's proxies; a direct connection if the attempt is aborted before they are known. */
  const systemHops = async (url: URL, signal: AbortSignal): Promise<readonly [Hop, ...Hop[]]> => {
    const { promise: over, resolve: end } = Promise.withResolvers<string>();
    const onAbort = (): void => end('DIRECT');
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    try {
      return readProxyAnswer(await Promise.race([systemProxy.resolve(url.origin), over]));
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  };

  const hopsTo = async (url: URL, signal: AbortSignal): Promise<readonly [Hop, ...Hop[]]> => {
    if (bypassesProxy(url.hostname)) return [{ kind: 'direct' }];
    const fixed = readProxySetting(settings().proxy);
    return fixed === null ? systemHops(url, signal) : [fixed];
  };

  const routes: Routes = async (url, signal) => {
    if (url.protocol === 'http:') return [plain];
    const [first, ...others] = await hopsTo(url, signal);
    const { secured, direct } = securedBy(trust.context(settings()));
    const routeBy = async (hop: Hop): Promise<Route> => {
      if (hop.kind === 'direct') return direct;
      const { routeThrough } = await import('./proxy-tunnel.ts');
      return routeThrough(hop, secured);
    };
    return [await routeBy(first), ...(await Promise.all(others.map(routeBy)))];
  };

  const never = new AbortController().signal;
  return {
    routes,
    async reach(server) {
      const found = await routes(new URL(server), never);
      return { proxies: found.map(({ proxy }) => proxy), trust: trust.context(settings()) };
    },
    warmUp: () => void trust.context(settings()),
    async prepare(servers) {
      const remote = servers
        .map((server) => new URL(server))
        .filter(({ protocol, hostname }) => protocol === 'https:' && !bypassesProxy(hostname));
      const asksSystem = readProxySetting(settings().proxy) === null;
      systemProxy.keepReady(asksSystem ? remote.map(({ origin }) => origin) : []);
      await Promise.all(servers.map(async (server) => routes(new URL(server), never)));
    },
    problems: trust.problems,
  };
}
