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
  /** Resolves with true when the app has gone, or with false after `limitMs`. */
  gone(limitMs: number): Promise<boolean>;
}

/** Connects to the app that runs there; null when none does. One request a connection. */
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
    gone: (limitMs) =>
      new Promise((resolve) => {
        if (socket.destroyed) resolve(true);
        socket.once('close', () => resolve(true));
        setTimeout(() => resolve(false), limitMs).unref();
      }),
  };
}

/** Sends the app a request, unless it is one that the app would cut off without a word. */
export async function ask(app: RunningApp, request: ControlRequest): Promise<ControlReply> {
  if (JSON.stringify(request).length <= REQUEST_LIMIT) return app.request(request);
  return { ok: false, exitCode: EXIT.misused, problems: [TOO_LONG] };
}

async function tryConnect(socketPath: string): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      socket.off('error', reject);
      // From here on a broken connection shows as a close.
      socket.on('error', () => socket.destroy());
      resolve(socket);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      // No socket file, or one whose app is dead.
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null);
      else reject(error);
    });
  });
}

async function firstLine(socket: Socket): Promise<string> {
  socket.setEncoding('utf8');
  let text = '';
  return new Promise((resolve) => {
    // It may have closed while standard input was read; there is no second event for it.
    if (socket.destroyed) resolve('');
    socket.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end !== -1) resolve(text.slice(0, end));
    });
    socket.on('close', () => resolve(''));
  });
}
