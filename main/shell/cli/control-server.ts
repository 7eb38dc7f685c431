import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import {
  type ControlReply,
  type ControlRequest,
  controlRequestSchema,
  EXIT,
  REQUEST_LIMIT,
} from './protocol.ts';

/** Answers one command of the command line; `gone` is aborted where whoever gave it waits no more. */
export type ControlHandler = (request: ControlRequest, gone: AbortSignal) => Promise<ControlReply>;

/**
 * Listens for commands at `socketPath`. Only the process that holds the single-instance lock may
 * call this: a socket file that is already there is then a dead one's and is taken away.
 * A socket of a quit command stays open, so that its other end sees when the app is gone.
 */
export async function listenForCommands(
  socketPath: string,
  handle: ControlHandler,
  onFault: (error: unknown) => void,
): Promise<Server> {
  if (process.platform !== 'win32') rmSync(socketPath, { force: true });
  const server = createServer((socket) => {
    // A command that was stopped half-way is nothing to the app.
    socket.on('error', () => socket.destroy());
    void answer(socket, handle).catch((error: unknown) => {
      onFault(error);
      socket.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => {
      server.off('error', reject);
      server.on('error', onFault);
      resolve();
    });
  });
  return server;
}

async function answer(socket: Socket, handle: ControlHandler): Promise<void> {
  const line = await readLine(socket);
  if (line === null) {
    socket.destroy();
    return;
  }
  const request = readRequest(line);
  const gone = new AbortController();
  const goes = (): void => gone.abort();
  socket.once('close', goes);
  const reply: ControlReply =
    request === null
      ? {
          ok: false,
          exitCode: EXIT.misused,
          problems: [
            'The running Signoff does not understand this command; is it another version?',
          ],
        }
      : await handle(request, gone.signal);
  socket.off('close', goes);
  const text = `${JSON.stringify(reply)}\n`;
  if (request?.command === 'quit') socket.write(text);
  else socket.end(text);
}

function readRequest(line: string): ControlRequest | null {
  try {
    return controlRequestSchema.parse(JSON.parse(line));
  } catch {
    // Whatever is wrong with it, and whoever sent it: it is answered as not understood.
    return null;
  }
}

/** The first line that comes in; null when the other end sends none, or too long a one. */
async function readLine(socket: Socket): Promise<string | null> {
  socket.setEncoding('utf8');
  let text = '';
  return new Promise((resolve) => {
    const take = (chunk: string): void => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end === -1 && text.length <= REQUEST_LIMIT) return;
      // The socket goes on flowing, so that its close is seen, but nothing more of it is kept.
      socket.off('data', take);
      resolve(end === -1 ? null : text.slice(0, end));
    };
    socket.on('data', take);
    socket.on('close', () => resolve(null));
  });
}
