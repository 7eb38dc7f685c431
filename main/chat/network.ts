import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { SecureContext } from 'node:tls';
import { type Hop, bypassesProxy, readProxyAnswer, readProxySetting } from './proxy-choice.ts';
import { type CertificateFiles, createTrust } from './trust.ts';
import { directRoute, type Route, type Routes } from './route.ts';

/** How servers are reached, as the settings have it. */
export interface NetworkSettings extends CertificateFiles {
  /** `system`, `direct`, or `http://[user:password@]host:port`. */
  readonly proxy: string;
}

/** The proxies that the operating system names. */
export interface SystemProxy {
  /** What it answers for a URL, such as `PROXY proxy.example.com:8080; DIRECT`. */
  resolve(url: string): Promise<string>;
  /** Has the answers for these origins, and no others, found out ahead of the time they are needed. */
  keepReady(origins: readonly string[]): void;
}

/** How one server is reached. */
export interface Reach {
  /** `host:port` of each proxy in the order that they are tried in; null stands for none. */
  readonly proxies: readonly (string | null)[];
  /** Whom a connection to it trusts, and what it shows to who asks. */
  readonly trust: SecureContext;
}

export interface Network {
  readonly routes: Routes;
  /** How that server, an origin, is reached now. */
  reach(server: string): Promise<Reach>;
  /** Reads the certificates, so that the first connection does not wait for it. */
  warmUp(): void;
  /** Gets everything ready for connecting to these servers, and no others, at a moment's notice. */
  prepare(servers: readonly string[]): Promise<void>;
  /** What of the settings could not be used, in words; without secrets. */
  problems(): readonly string[];
}

/**
 * The way to each server by the settings as they are at that moment. A server on this machine is
 * always reached straight; plain HTTP is only for those.
 */
export function createNetwork(parts: {
  settings: () => NetworkSettings;
  systemProxy: SystemProxy;
  onProblem: (problem: string) => void;
}): Network {
  const { settings, systemProxy, onProblem } = parts;
  const trust = createTrust(onProblem);
  const plain = directRoute({ http: new HttpAgent({ keepAlive: false }) });
  let secure: { context: SecureContext; route: Route } | null = null;

  const directTo = (context: SecureContext): Route => {
    // No connection is kept for reuse: a kept one may have gone dead unnoticed, and finding that
    // out costs the very attempt that counts.
    if (secure?.context !== context) {
      const https = new HttpsAgent({ keepAlive: false, secureContext: context });
      secure = { context, route: directRoute({ https }) };
    }
    return secure.route;
  };

  /** The system's proxies, unless the attempt is over before they are known. */
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
    const context = trust.context(settings());
    const routeBy = async (hop: Hop): Promise<Route> => {
      if (hop.kind === 'direct') return directTo(context);
      const { routeThrough } = await import('./proxy-tunnel.ts');
      return routeThrough(hop, context);
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
