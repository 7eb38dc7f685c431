import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import {
  type PracticeServer,
  type PracticeServerOptions,
  startPracticeServer,
} from '../../simulator/practice-server.ts';
import { SAMPLE } from './samples.ts';
import { SELF_SIGNED } from './tls.ts';

/** A practice server that holds the sessions of both samples, until the test is over. */
export async function practise(options: PracticeServerOptions = {}): Promise<PracticeServer> {
  const server = await startPracticeServer({ processingMs: 1, ...options });
  onTestFinished(() => server.close());
  const { agent, engagement } = SAMPLE;
  server.addAgent(agent);
  server.addEngagement(engagement);
  return server;
}

/** A server that is not one of HTTP's: it does with each connection what the test says. */
export interface RawServer {
  /** With `http://`. */
  readonly url: string;
  readonly connections: readonly Socket[];
  /** Resolves with the bytes that the next connection sends first. */
  readonly firstBytes: Promise<Buffer>;
}

/** Listens until the test is over. `onRequest` is called at the first bytes of each connection. */
export async function listenRaw(
  onRequest: (socket: Socket, bytes: Buffer) => void,
): Promise<RawServer> {
  return listen(createServer(), 'connection', onRequest);
}

/** The same behind a certificate, one that nobody trusts if not told; its URL begins with `https://`. */
export async function listenRawTls(
  onRequest: (socket: Socket, bytes: Buffer) => void,
  identity: { readonly key: string; readonly cert: string } = SELF_SIGNED,
): Promise<RawServer> {
  return listen(createTlsServer(identity), 'secureConnection', onRequest);
}

/** Answers each request with these bytes and closes, as a server without keep-alive does. */
export async function answerWith(reply: string | Buffer): Promise<RawServer> {
  return listenRaw((socket) => socket.end(reply));
}

/** Resolves when every connection that was made is closed, in whatever way. */
export async function allClosed({ connections }: RawServer): Promise<void> {
  await Promise.all(
    connections.map(
      (socket) =>
        new Promise<void>((resolve) => {
          if (socket.closed) resolve();
          else socket.on('close', () => resolve());
        }),
    ),
  );
}

/** An HTTP answer with a body of that type. */
export function httpReply(status: number, body: string | Buffer, headers: string[] = []): Buffer {
  const head = [
    `HTTP/1.1 ${status} Whatever`,
    'Content-Type: application/json;charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}

async function listen(
  server: Server,
  event: 'connection' | 'secureConnection',
  onRequest: (socket: Socket, bytes: Buffer) => void,
): Promise<RawServer> {
  const connections: Socket[] = [];
  const first = Promise.withResolvers<Buffer>();
  server.on('connection', (socket: Socket) => connections.push(socket));
  server.on(event, (socket: Socket) => {
    // A client that goes away is what many of these tests are about.
    socket.on('error', () => socket.destroy());
    socket.once('data', (bytes: Buffer) => {
      first.resolve(bytes);
      onRequest(socket, bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of connections) socket.destroy();
    await closed;
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  const scheme = event === 'connection' ? 'http' : 'https';
  return { url: `${scheme}://127.0.0.1:${address.port}`, connections, firstBytes: first.promise };
}
