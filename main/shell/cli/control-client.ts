import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { systemClock, within } from '../../common/clock.ts';
import { firstLine, parsedJson } from '../../common/socket-line.ts';
import { type ControlEndpoint, isProof } from './control-endpoint.ts';
import {
  ANSWER_WITHIN_MS,
  answersWithin,
  type ControlReply,
  controlReplySchema,
  type ControlRequest,
  EXIT,
  proofSchema,
  REQUEST_LIMIT,
} from './protocol.ts';

const TOO_LONG = 'This is more than Signoff takes at once: 64 KiB.';

/** The app that runs on the same data folder. */
export interface RunningApp {
  request(request: ControlRequest): Promise<ControlReply>;
  /** Resolves with true when the app has exited, or with false after `timeoutMs`. */
  exited(timeoutMs: number): Promise<boolean>;
}

/**
 * Connects to the app at this endpoint; null if none runs, or what answers there is not this person's. One
 * request per connection. Rejects, as `request` does, if an app is there and says nothing for `patienceMs` milliseconds:
 * one that is stopped takes connections all the same.
 */
export async function findRunningApp(
  endpoint: ControlEndpoint | null,
  patienceMs = ANSWER_WITHIN_MS,
): Promise<RunningApp | null> {
  const socket = endpoint === null ? null : await connectTo(endpoint, patienceMs);
  if (socket === null || endpoint === null) return null;
  return {
    async request(request) {
      const withinMs = answersWithin(request);
      if (withinMs > ANSWER_WITHIN_MS) await ping(endpoint, patienceMs);
      return exchange(socket, request, withinMs);
    },
    exited: (timeoutMs) =>
      new Promise((resolve) => {
        if (socket.destroyed) resolve(true);
        socket.once('close', () => resolve(true));
        setTimeout(() => resolve(false), timeoutMs).unref();
      }),
  };
}

/** Rejects if the app there does not answer; whether it understands does not matter. */
async function ping(endpoint: ControlEndpoint, withinMs: number): Promise<void> {
  const socket = await connectTo(endpoint, withinMs);
  if (socket === null) throw new Error('Signoff has quit meanwhile.');
  await exchange(socket, { command: 'ping' }, withinMs);
  socket.destroy();
}

async function exchange(
  socket: Socket,
  request: ControlRequest,
  withinMs: number,
): Promise<ControlReply> {
  socket.write(`${JSON.stringify(request)}\n`);
  const line = await lineWithin(socket, withinMs);
  if (line === '') throw new Error('Signoff stopped before it answered.');
  return controlReplySchema.parse(JSON.parse(line));
}

/** Null where nobody listens, or what does is not this person's. */
async function connectTo(
  { path, secret }: ControlEndpoint,
  withinMs: number,
): Promise<Socket | null> {
  const socket = await tryConnect(path);
  if (socket === null || secret === null || (await provesItself(socket, secret, withinMs)))
    return socket;
  socket.destroy();
  return null;
}

async function lineWithin(socket: Socket, withinMs: number): Promise<string> {
  const line = await within(systemClock, withinMs, firstLine(socket));
  if (line !== null) return line;
  socket.destroy();
  throw new Error(`it runs, but has not answered within ${withinMs / 1000} seconds.`);
}

/** Sends a request; one that is too long is refused here, because the app would only disconnect. */
export async function sendRequest(app: RunningApp, request: ControlRequest): Promise<ControlReply> {
  if (JSON.stringify(request).length <= REQUEST_LIMIT) return app.request(request);
  return { ok: false, exitCode: EXIT.misused, problems: [TOO_LONG] };
}

async function tryConnect(socketPath: string): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      socket.off('error', reject);
      // From here on a broken connection is seen as a close.
      socket.on('error', () => socket.destroy());
      resolve(socket);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      // No socket file, or one of a dead app.
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null);
      else reject(error);
    });
  });
}

/** Nothing but a number without meaning is said to a program that may be anybody's. */
async function provesItself(socket: Socket, secret: string, withinMs: number): Promise<boolean> {
  const nonce = randomBytes(32).toString('hex');
  socket.write(`${JSON.stringify({ nonce })}\n`);
  const reply = proofSchema.safeParse(parsedJson(await lineWithin(socket, withinMs)));
  return reply.success && isProof(secret, nonce, reply.data.proof);
}
