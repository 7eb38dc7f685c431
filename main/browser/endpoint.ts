import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../common/clock.ts';
import type { RequestHead } from './guard.ts';
import type { Reply } from './replies.ts';

/** One request, and its connection. */
export interface Exchange {
  readonly head: RequestHead;
  /** Receives the body; `gone` where its sender went away or was too slow. */
  body(): Promise<Body>;
  /** Whether the sender has gone away. */
  isGone(): boolean;
}

type Body = { readonly json: string } | 'too-large' | 'gone';

export interface Endpoint {
  /** Stops listening and cuts all connections. */
  close(): void;
}

const ADDRESS = '127.0.0.1';
const BODY_LIMIT = 64 * 1024;
/** A larger body is discarded up to here, because a page that is still sending would not get the reply. */
const DISCARD_LIMIT = 16 * BODY_LIMIT;
const HEADER_LIMIT = 8 * 1024;
/** From the connection to the end of its request. */
const RECEIVE_WITHIN_MS = 10_000;
const MOST_CONNECTIONS = 32;
const NO_CONTENT = 204;

/** Listens on this port of the loopback interface. Each connection is for one request, to isolate requests. */
export function openEndpoint(parts: {
  port: number;
  answer: (exchange: Exchange) => Promise<Reply | null>;
  clock: Clock;
  onListening: () => void;
  /** It does not listen, or no longer; `code` is the system's. */
  onProblem: (code: string) => void;
  /** An unexpected error; the page gets no reply. */
  onFault: (error: unknown) => void;
}): Endpoint {
  const { port, answer, clock, onListening, onProblem, onFault } = parts;
  const connected = new Map<Socket, { received: () => void; hasAsked: boolean }>();

  const handle = async (
    request: IncomingMessage,
    response: ServerResponse,
    onReceived: () => void,
  ): Promise<void> => {
    const reply = await answer({
      head: headOf(request),
      body: () => receive(request, onReceived),
      isGone: () => request.socket.destroyed,
    });
    if (reply === null) {
      request.socket.destroy();
      return;
    }
    // Unread data would keep the connection open.
    request.resume();
    response.sendDate = false;
    const body = Buffer.from(reply.body);
    const length = reply.status === NO_CONTENT ? {} : { 'Content-Length': body.length };
    response.writeHead(reply.status, { ...reply.headers, ...length, Connection: 'close' });
    response.end(body);
  };

  // Loaded here because every start of the app would wait for it, and most never listen.
  const { createServer } = process.getBuiltinModule('node:http');
  const server = createServer(
    // The guard itself refuses a request without a host.
    { maxHeaderSize: HEADER_LIMIT, requireHostHeader: false },
    (request, response) => {
      const connection = connected.get(request.socket);
      // Later requests are ignored: the connection ends with the first one's reply.
      if (connection === undefined || connection.hasAsked) return;
      connection.hasAsked = true;
      handle(request, response, connection.received).catch((error: unknown) => {
        request.socket.destroy();
        onFault(error);
      });
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.on('connection', (socket) => {
    const cancel = clock.after(RECEIVE_WITHIN_MS, () => socket.destroy());
    connected.set(socket, { received: cancel, hasAsked: false });
    socket.once('close', () => {
      cancel();
      connected.delete(socket);
    });
  });
  // What is not HTTP gets no reply.
  server.on('clientError', (_error, socket) => socket.destroy());
  server.on('error', (error) => {
    close();
    onProblem('code' in error ? String(error.code) : error.message);
  });

  const close = (): void => {
    server.close();
    for (const socket of connected.keys()) socket.destroy();
  };
  server.listen({ host: ADDRESS, port }, onListening);
  return { close };
}

function headOf({ method = '', url = '', rawHeaders }: IncomingMessage): RequestHead {
  const headers = Array.from(
    { length: rawHeaders.length / 2 },
    (_, at) => [(rawHeaders[2 * at] ?? '').toLowerCase(), rawHeaders[2 * at + 1] ?? ''] as const,
  );
  return { method, target: url, headers };
}

/** Reads the body; calls `onReceived` at its end. */
function receive(request: IncomingMessage, onReceived: () => void): Promise<Body> {
  return new Promise((resolve) => {
    let size = 0;
    let chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT) chunks.push(chunk);
      else chunks = [];
      if (size > DISCARD_LIMIT) request.socket.destroy();
    });
    request.once('end', () => {
      onReceived();
      const isTooLarge = size > BODY_LIMIT;
      resolve(isTooLarge ? 'too-large' : { json: Buffer.concat(chunks).toString('utf8') });
    });
    // No effect after the end.
    request.once('close', () => resolve('gone'));
  });
}
