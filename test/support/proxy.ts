import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** How a proxy behaves; without anything it connects whoever asks, every name to this machine. */
export interface ProxyManner {
  /** `user:password`, which it demands. */
  readonly credentials?: string;
  /** A status instead of a connection, or what no proxy should do. */
  readonly answers?: number | 'never' | 'garbage' | 'hang-up';
}

export interface Proxy {
  /** `127.0.0.1:port` */
  readonly host: string;
  /** All that it was asked for, such as `CONNECT chat.example.com:443`. */
  readonly asked: readonly string[];
  /** Resolves when it is first asked for a connection. */
  readonly firstAsked: Promise<unknown>;
  /** Resolves when it listens no more. */
  stop(): Promise<void>;
}

/** A proxy that runs until the test is over. */
export async function startProxy(manner: ProxyManner = {}): Promise<Proxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(405).end();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, client: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    client.on('error', () => client.destroy());
    if (manner.answers === 'never') return;
    if (manner.answers === 'garbage') {
      client.end('Hello.\r\n\r\n');
      return;
    }
    if (manner.answers === 'hang-up') {
      client.destroy();
      return;
    }
    const isKnown = knows(manner, request.headers['proxy-authorization']);
    const status = isKnown ? (manner.answers ?? 200) : 407;
    if (status === 200) joinTo(Number(request.url?.split(':').at(-1)), client);
    else client.end(refusal(status));
  });
  const firstAsked = new Promise((resolve) => server.once('connect', resolve));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  onTestFinished(stop);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return { host: `127.0.0.1:${address.port}`, asked, firstAsked, stop };
}

function joinTo(port: number, client: Socket): void {
  const onward = connect(port, '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    onward.pipe(client).pipe(onward);
  });
  onward.on('error', () => client.destroy());
  client.on('close', () => onward.destroy());
}

function refusal(status: number): string {
  const body = '{}';
  return `HTTP/1.1 ${status} No\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

function knows({ credentials }: ProxyManner, authorization: string | undefined): boolean {
  if (credentials === undefined) return true;
  return authorization === `Basic ${Buffer.from(credentials).toString('base64')}`;
}
