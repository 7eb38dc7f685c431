import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connection } from './connection.ts';
import type { Reply } from './replies.ts';

/** Far more than any call needs; longer bodies are read but not kept. */
const MAX_BODY_BYTES = 2 ** 20;

/** Reads a request's body to its end; null if the client disconnects before. */
export async function readBody(request: IncomingMessage): Promise<{ body: Buffer | null } | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return { body: length <= MAX_BODY_BYTES ? Buffer.concat(chunks) : null };
}

/** The connection of a request by HTTP(S). */
export function httpConnection(response: ServerResponse, reset: () => void): Connection {
  const gone = new AbortController();
  if (response.destroyed || response.req.socket.destroyed) gone.abort();
  else response.once('close', () => gone.abort());
  const begin = ({ status, headers }: Omit<Reply, 'body'>, bodyBytes: number): void => {
    // RFC 9110 forbids a length on a 204.
    const length = status === 204 ? {} : { 'Content-Length': String(bodyBytes) };
    response.writeHead(status, { ...headers, ...length });
  };
  return {
    gone: gone.signal,
    answer(reply) {
      begin(reply, Buffer.byteLength(reply.body));
      response.end(reply.body);
    },
    begin(head, bodyBytes) {
      begin(head, bodyBytes);
      response.flushHeaders();
    },
    async write(part) {
      if (response.write(part) || gone.signal.aborted) return;
      await new Promise<void>((resolve) => {
        response.once('drain', resolve);
        gone.signal.addEventListener('abort', () => resolve(), { once: true });
      });
    },
    end: () => void response.end(),
    reset,
    onAnswered(run) {
      response.once('finish', () => {
        // An answer that was broken off is finished, too.
        if (!gone.signal.aborted) run();
      });
    },
  };
}
