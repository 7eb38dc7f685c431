import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from './replies.ts';

/** Far more than any call needs; longer bodies are read but not kept. */
const MAX_BODY_BYTES = 2 ** 20;
const DRIP_INTERVAL_MS = 50;

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

export function hasClientGone(response: ServerResponse): boolean {
  return response.destroyed || response.req.socket.destroyed;
}

export function sendReply(response: ServerResponse, reply: Reply): void {
  writeHead(response, reply);
  response.end(reply.body);
}

/** Sends a reply's head at once and its body slowly, until the client disconnects. */
export async function dripReply(
  response: ServerResponse,
  reply: Reply,
  bytesPerSecond: number,
  closing: AbortSignal,
): Promise<void> {
  writeHead(response, reply);
  response.flushHeaders();
  const body = Buffer.from(reply.body);
  const bytesAtOnce = Math.max(1, Math.floor((bytesPerSecond * DRIP_INTERVAL_MS) / 1000));
  const intervalMs = Math.min((bytesAtOnce / bytesPerSecond) * 1000, 2 ** 31 - 1);
  for (let sent = 0; sent < body.length && !hasClientGone(response); sent += bytesAtOnce) {
    await sleep(intervalMs, undefined, { signal: closing });
    response.write(body.subarray(sent, sent + bytesAtOnce));
  }
  response.end();
}

/** Streams a 200 with a JSON object of exactly that many bytes (14 or more). */
export async function sendOversized(response: ServerResponse, bytes: number): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'application/json;charset=utf-8',
    'Content-Length': String(bytes),
  });
  try {
    await pipeline(Readable.from(oversizedJson(bytes)), response);
  } catch {
    // The client aborted the answer, as it should.
    response.destroy();
  }
}

function* oversizedJson(bytes: number): Generator<Buffer> {
  const start = Buffer.from('{"padding":"');
  const end = Buffer.from('"}');
  const block = Buffer.alloc(2 ** 16, 'x');
  yield start;
  for (let left = bytes - start.length - end.length; left > 0; left -= block.length) {
    yield block.subarray(0, left);
  }
  yield end;
}

function writeHead(response: ServerResponse, reply: Reply): void {
  // RFC 9110 forbids a length on a 204.
  const length =
    reply.status === 204 ? {} : { 'Content-Length': String(Buffer.byteLength(reply.body)) };
  response.writeHead(reply.status, { ...reply.headers, ...length });
}
