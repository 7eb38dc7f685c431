import { type Clock, sleep } from './clock.ts';
import type { Connection } from './connection.ts';
import type { Reply } from './replies.ts';

const DRIP_INTERVAL_MS = 50;
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Sends a reply's head at once and its body slowly, until the client disconnects. */
export async function dripReply(
  connection: Connection,
  reply: Reply,
  bytesPerSecond: number,
  { clock, closing }: { clock: Clock; closing: AbortSignal },
): Promise<void> {
  const body = Buffer.from(reply.body);
  connection.begin(reply, body.length);
  const bytesAtOnce = Math.max(1, Math.floor((bytesPerSecond * DRIP_INTERVAL_MS) / 1000));
  const intervalMs = Math.min((bytesAtOnce / bytesPerSecond) * 1000, MAX_TIMER_MS);
  for (let sent = 0; sent < body.length && !connection.gone.aborted; sent += bytesAtOnce) {
    await sleep(clock, intervalMs, closing);
    await connection.write(body.subarray(sent, sent + bytesAtOnce));
  }
  connection.end();
}

/** Streams a 200 with a JSON object of exactly that many bytes (14 or more). */
export async function sendOversized(connection: Connection, bytes: number): Promise<void> {
  const headers = { 'Content-Type': 'application/json;charset=utf-8' };
  connection.begin({ status: 200, headers }, bytes);
  for (const block of oversizedJson(bytes)) {
    // A client aborts such an answer, as it should.
    if (connection.gone.aborted) return;
    await connection.write(block);
  }
  connection.end();
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
