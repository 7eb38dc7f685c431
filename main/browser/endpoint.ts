import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../common/clock.ts';
import type { RequestHead } from './guard.ts';
import type { Reply } from './replies.ts';

/** One request, and what there is to know of whoever sent it. */
export interface Exchange {
  readonly head: RequestHead;
  /** Receives the body; `gone` where its sender went away, or was too slow. */
  body(): Promise<Body>;
  /** Whether nobody waits for the answer any more. */
  isGone(): boolean;
}

type Body = { readonly json: string } | 'too-large' | 'gone';

export interface Endpoint {
  /** Listens no more, and cuts off whoever is connected. */
  close(): void;
}

const ADDRESS = '127.0.0.1';
const BODY_LIMIT = 64 * 1024;
/** What is too large is thrown away as it comes, up to here: a page still sending would not get its answer. */
const DISCARD_LIMIT = 16 * BODY_LIMIT;
const HEADER_LIMIT = 8 * 1024;
/** From connecting until a request is here as a whole. */
const RECEIVE_WITHIN_MS = 10_000;
const MOST_CONNECTIONS = 32;
const NO_CONTENT = 204;

/**
 * Listens on this port of the machine itself alone. Each connection brings one request: so nothing that
 * is wrong with one can reach into the next.
 */
export function openEndpoint(parts: {
  port: number;
  answer: (exchange: Exchange) => Promise<Reply | null>;
  clock: Clock;
  onListening: () => void;
  /** It does not listen (any more); `code` is the system's. */
  onProblem: (code: string) => void;
  /** Something that nobody foresaw; the page gets no answer. */
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
    // Otherwise what has not been read yet would keep the connection.
    request.resume();
    response.sendDate = false;
    const body = Buffer.from(reply.body);
    const length = reply.status === NO_CONTENT ? {} : { 'Content-Length': body.length };
    response.writeHead(reply.status, { ...reply.headers, ...length, Connection: 'close' });
    response.end(body);
  };

  // Loaded here: every start of the app would wait for it, and most never listen.
  const { createServer } = process.getBuiltinModule('node:http');
  const server = createServer(
    // The guard refuses a request without a host itself, in its own way.
    { maxHeaderSize: HEADER_LIMIT, requireHostHeader: false },
    (request, response) => {
      const connection = connected.get(request.socket);
      // What comes behind the first is let lie: the connection ends with the first's answer.
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
  // What is no HTTP gets no answer.
  server.on('clientError', (_error, socket) => socket.destroy());
  server.on('error', (error) => {
    close();
    onProblem('code' in error ? String(error.code) : error.message);
  });

  const close = (): void => {
    server.close();
    for (const socket of connected.keys()) socket.destroy();
  };
  server.listen({ host: ADDRESS, port, exclusive: true }, onListening);
  return { close };
}

function headOf({ method = '', url = '', rawHeaders }: IncomingMessage): RequestHead {
  const headers = Array.from(
    { length: rawHeaders.length / 2 },
    (_, at) => [(rawHeaders[2 * at] ?? '').toLowerCase(), rawHeaders[2 * at + 1] ?? ''] as const,
  );
  return { method, target: url, headers };
}

/** Reads the body; `onReceived` is called once it is here. */
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
    // After its end this changes nothing any more.
    request.once('close', () => resolve('gone'));
  });
}
