import { Agent, type AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { type SecureContext, TLSSocket } from 'node:tls';
import type { TriedAddresses } from './call-end.ts';
import type { ServerAddresses } from './server-addresses.ts';
import type { TlsSessions } from './tls-sessions.ts';

/** What connections have in common as long as the certificates stay the same. */
export interface Secured {
  readonly context: SecureContext;
  readonly sessions: TlsSessions;
  readonly addresses: ServerAddresses;
}

/**
 * How long one of several addresses is tried before the next one. Node's own 250 ms are too few for a far
 * server; within the limit of connecting, two addresses can be tried.
 */
export const ADDRESS_LIMIT_MS = 1_000;

type CreateConnection = Parameters<Agent['createConnection']>;

/** Makes the connection of one attempt, with what earlier ones have learnt of the server. */
export class DirectAgent extends Agent {
  readonly #secured: Secured;
  readonly #tried: string[] = [];
  #connectedTo: string | null = null;

  constructor(secured: Secured) {
    const options: AgentOptions = {
      // A kept connection may have died unnoticed, and finding that out costs the attempt.
      keepAlive: false,
      maxCachedSessions: 0,
      secureContext: secured.context,
      // Explicit, because the environment (NODE_TLS_REJECT_UNAUTHORIZED) can change the default.
      rejectUnauthorized: true,
      lookup: secured.addresses.lookup,
      autoSelectFamilyAttemptTimeout: ADDRESS_LIMIT_MS,
    };
    super(options);
    this.#secured = secured;
  }

  addresses(): TriedAddresses {
    return { tried: [...this.#tried], connectedTo: this.#connectedTo };
  }

  override createConnection(
    options: CreateConnection[0],
    callback: CreateConnection[1],
  ): Duplex | null | undefined {
    const { sessions, addresses } = this.#secured;
    const host = options.host ?? '';
    const server = `${host}:${options.port}`;
    const resuming = { ...options, session: sessions.of(server) };
    const socket = super.createConnection(resuming, callback);
    if (!(socket instanceof TLSSocket)) return socket;
    sessions.learn(server, socket);
    socket.on('connectionAttempt', (address: string) => this.#tried.push(address));
    socket.once('connect', () => (this.#connectedTo = socket.remoteAddress ?? null));
    let isSecure = false;
    socket.once('secureConnect', () => {
      isSecure = true;
      addresses.reached(host, socket.remoteAddress ?? '');
    });
    const onEnd = (): void => {
      if (!isSecure) addresses.failed(host);
    };
    // The next attempt may begin between the two.
    socket.once('error', onEnd).once('close', onEnd);
    return socket;
  }
}
