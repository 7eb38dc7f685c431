import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { firstLine, parsedJson } from '../../common/socket-line.ts';
import { type ControlEndpoint, isProof } from './control-endpoint.ts';
import {
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

/** An app that hangs proves nothing either. */
const PROOF_WITHIN_MS = 5_000;

/**
 * Connects to the app at this endpoint; null if none runs, or what answers there is not this person's. One
 * request per connection.
 */
export async function findRunningApp(endpoint: ControlEndpoint | null): Promise<RunningApp | null> {
  const socket = endpoint === null ? null : await tryConnect(endpoint.path);
  if (socket === null || endpoint === null) return null;
  if (endpoint.secret !== null && !(await provesItself(socket, endpoint.secret))) {
    socket.destroy();
    return null;
  }
  return {
    async request(request) {
      socket.write(`${JSON.stringify(request)}\n`);
      const line = await firstLine(socket);
      if (line === '') throw new Error('Signoff stopped before it answered.');
      return controlReplySchema.parse(JSON.parse(line));
    },
    exited: (timeoutMs) =>
      new Promise((resolve) => {
        if (socket.destroyed) resolve(true);
        socket.once('close', () => resolve(true));
        setTimeout(() => resolve(false), timeoutMs).unref();
      }),
  };
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
async function provesItself(socket: Socket, secret: string): Promise<boolean> {
  const nonce = randomBytes(32).toString('hex');
  const giveUp = setTimeout(() => socket.destroy(), PROOF_WITHIN_MS);
  socket.write(`${JSON.stringify({ nonce })}\n`);
  const line = await firstLine(socket);
  clearTimeout(giveUp);
  const reply = proofSchema.safeParse(parsedJson(line));
  return reply.success && isProof(secret, nonce, reply.data.proof);
}
