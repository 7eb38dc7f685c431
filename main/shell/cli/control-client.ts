import { connect, type Socket } from 'node:net';
import {
  type ControlReply,
  controlReplySchema,
  type ControlRequest,
  EXIT,
  REQUEST_LIMIT,
} from './protocol.ts';

const TOO_LONG = 'This is more than Signoff takes at once: 64 KiB.';

/** The app that runs on the same data folder. */
export interface RunningApp {
  request(request: ControlRequest): Promise<ControlReply>;
  /** Resolves with true when the app has exited, or with false after `timeoutMs`. */
  exited(timeoutMs: number): Promise<boolean>;
}

/** Connects to the app at this socket; null if none runs. One request per connection. */
export async function findRunningApp(socketPath: string | null): Promise<RunningApp | null> {
  const socket = socketPath === null ? null : await tryConnect(socketPath);
  if (socket === null) return null;
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

async function firstLine(socket: Socket): Promise<string> {
  socket.setEncoding('utf8');
  let text = '';
  return new Promise((resolve) => {
    // It may have closed while standard input was read; the event is not repeated.
    if (socket.destroyed) resolve('');
    socket.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end !== -1) resolve(text.slice(0, end));
    });
    socket.on('close', () => resolve(''));
  });
}
