import { once } from 'node:events';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { errorCode } from '../common/error-code.ts';
import { ADDRESS_LIMIT_MS, type Secured } from './direct-agent.ts';
import { type Hop, proxyName } from './proxy-choice.ts';
import { type Connection, ProxyFault, type Route } from './route.ts';

/** After this time it is better to try the next proxy, or the same one anew. */
const TUNNEL_LIMIT_MS = 2_000;
const TLS_LIMIT_MS = 2_000;

type ProxyHop = Exclude<Hop, { kind: 'direct' }>;
type ConnectOptions = Parameters<HttpsProxyAgent<string>['connect']>[1];

/** The route through a proxy by CONNECT, which shows the proxy only the server's name and port. */
export function routeThrough(hop: ProxyHop, secured: Secured): Route {
  if (hop.kind === 'unsupported') return unsupportedRoute(hop.host);
  return {
    proxy: proxyName(hop.url),
    connect(signal): Connection {
      const giveUp = new AbortController();
      const tunnel = new Tunnel(hop, secured, AbortSignal.any([signal, giveUp.signal]), () =>
        giveUp.abort(),
      );
      return { agents: { https: tunnel }, phases: () => tunnel.phases, addresses: () => null };
    },
  };
}

/** Makes one connection, with a fault and a duration for each step. */
class Tunnel extends HttpsProxyAgent<string> {
  /** Milliseconds; null until the step is done. `tcp` includes the proxy's own connecting. */
  phases: { readonly tcp: number | null; readonly tls: number | null } = { tcp: null, tls: null };
  readonly #secured: Secured;
  readonly #giveUp: () => void;

  constructor(
    { url, credentials }: Extract<Hop, { kind: 'proxy' }>,
    secured: Secured,
    signal: AbortSignal,
    giveUp: () => void,
  ) {
    super(url, {
      keepAlive: false,
      // Not in the URL, which the agent logs where the environment asks for debugging.
      headers: credentials === null ? {} : { 'Proxy-Authorization': basic(credentials) },
      secureContext: secured.context,
      rejectUnauthorized: true,
      lookup: secured.addresses.lookup,
      autoSelectFamilyAttemptTimeout: ADDRESS_LIMIT_MS,
      signal,
    });
    this.#secured = secured;
    this.#giveUp = giveUp;
  }

  override async connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
    const started = performance.now();
    const socket = await this.#connectToProxy(request, options);
    const connected = performance.now();
    this.phases = { tcp: Math.round(connected - started), tls: null };
    await untilSecure(socket);
    this.phases = { ...this.phases, tls: Math.round(performance.now() - connected) };
    return socket;
  }

  /** Resolves with a socket whose handshake with the server has only begun. */
  async #connectToProxy(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
    const name = proxyName(this.proxy);
    const { context, sessions, addresses } = this.#secured;
    let status: number | undefined;
    this.once('proxyConnect', (answer: { readonly statusCode: number }) => {
      status = answer.statusCode;
    });
    const timer = setTimeout(this.#giveUp, TUNNEL_LIMIT_MS);
    try {
      const host = options.host ?? '';
      const server = `${host}:${options.port}`;
      const session = sessions.of(server);
      const socket = await super.connect(request, {
        ...options,
        secureEndpoint: true,
        secureContext: context,
        ...(session === undefined ? {} : { session }),
        rejectUnauthorized: true,
        // By default, a server with an IP address would be checked against the proxy's name.
        checkServerIdentity: (_, certificate) => tls.checkServerIdentity(host, certificate),
      });
      if (status === 200) {
        if (socket instanceof tls.TLSSocket) sessions.learn(server, socket);
        return socket;
      }
      // The agent would return the proxy's own answer as if it came from the server.
      socket.destroy();
      throw status === 407
        ? new ProxyFault(
            'proxy-authentication-required',
            `The proxy ${name} wants a user name and password, and got none that it accepts.`,
          )
        : new ProxyFault(
            'proxy-refused',
            `The proxy ${name} did not connect to ${host} (${status}).`,
          );
    } catch (error) {
      if (error instanceof ProxyFault) throw error;
      addresses.failed(this.proxy.hostname);
      throw new ProxyFault(
        'proxy-unreachable',
        `The proxy ${name} could not be reached (${reasonOf(error)}).`,
      );
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Resolves when the server's certificate has been verified. */
async function untilSecure(socket: Socket): Promise<void> {
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error('No TLS in time'), { code: 'ETIMEDOUT' }));
  }, TLS_LIMIT_MS);
  try {
    await once(socket, 'secureConnect');
  } finally {
    clearTimeout(timer);
  }
}

function unsupportedRoute(host: string): Route {
  return {
    proxy: host,
    connect() {
      const message = `The system names ${host} as a proxy of a kind that Signoff cannot use.`;
      throw new ProxyFault('proxy-not-supported', message);
    },
  };
}

function basic(credentials: string): string {
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'AbortError') return 'no answer in time';
  return errorCode(error) ?? 'no answer of a proxy';
}
