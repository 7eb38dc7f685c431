import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { isIPv6 } from 'node:net';
import { systemClock } from './clock.ts';
import { httpConnection, readBody } from './http-connection.ts';
import { createPracticeCore, type Practice, type PracticeOptions } from './practice-core.ts';
import type { ReceivedRequest } from './received-request.ts';
import type { PracticeSession } from './sessions.ts';
import { Sockets } from './sockets.ts';

export type { PracticeSession, ReceivedRequest };

export interface PracticeServerOptions extends PracticeOptions {
  /** 0, the default, is any free port. */
  port?: number;
  /** The address to listen on; 127.0.0.1 by default. */
  host?: string;
  /** PEM texts; https if given, otherwise http. */
  tls?: { key: string; cert: string };
}

/** A chat server that behaves as the API pages say, or as a fault rule says. */
export interface PracticeServer extends Practice {
  /** Without a slash at the end. */
  readonly url: string;
  /** Stops listening and destroys the open connections. */
  close(): Promise<void>;
}

/** Starts a practice server. Rejects if it cannot listen; the error has Node's `code`, such as `EADDRINUSE`. */
export async function startPracticeServer(
  options: PracticeServerOptions = {},
): Promise<PracticeServer> {
  const host = options.host ?? '127.0.0.1';
  const server: Server =
    options.tls === undefined ? createHttpServer() : createHttpsServer(options.tls);
  const sockets = new Sockets(server);
  let isClosing = false;
  const url = (): string => urlOf(server, options.tls === undefined ? 'http' : 'https', host);
  const core = createPracticeCore(options, { clock: systemClock, url });

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const read = await readBody(incoming);
    if (read === null) return;
    const { method = '', url: target = '', httpVersion, rawHeaders } = incoming;
    const request = { method, target, headers: incoming.headersDistinct, httpVersion, rawHeaders };
    const connection = httpConnection(response, () => sockets.reset(incoming.socket));
    await core.handle({ ...request, ...read }, connection);
  };

  server.on('request', (incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      // Closing aborts whatever is pending.
      if (isClosing) return;
      console.error('The practice server itself failed:', error);
      if (response.destroyed) return;
      const connection = httpConnection(response, () => undefined);
      if (response.headersSent) response.destroy();
      else connection.answer(core.failure(error));
    });
  });

  server.listen(options.port ?? 0, host);
  await once(server, 'listening');

  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    isClosing = true;
    core.close();
    const done = once(server, 'close');
    server.close();
    sockets.destroyAll();
    await done;
  };

  return { ...core.practice, url: url(), close: () => (closed ??= close()) };
}

function urlOf(server: Server, scheme: string, host: string): string {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the practice server has no TCP port');
  }
  return `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${address.port}`;
}
