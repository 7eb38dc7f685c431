import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { parsedJson } from '../../common/socket-line.ts';
import { type ControlEndpoint, proofOf } from './control-endpoint.ts';
import {
  type AppRequest,
  type ControlReply,
  type ControlRequest,
  controlRequestSchema,
  EXIT,
  nonceSchema,
  REQUEST_LIMIT,
} from './protocol.ts';

/** Answers one command; `disconnected` is aborted when the client no longer waits. */
export type ControlHandler = (
  request: AppRequest,
  disconnected: AbortSignal,
) => Promise<ControlReply>;

/**
 * Listens for commands at the endpoint. Only the process with the single-instance lock may call this:
 * an existing socket file is then a dead app's, and is removed. The connection of a command that has the app
 * exit stays open, so that the client sees when it has.
 */
export async function listenForCommands(
  { path: socketPath, secret }: ControlEndpoint,
  handle: ControlHandler,
  onFault: (error: unknown) => void,
): Promise<Server> {
  if (process.platform !== 'win32') rmSync(socketPath, { force: true });
  const server = createServer((socket) => {
    // A client may stop at any time.
    socket.on('error', () => socket.destroy());
    void answer(socket, secret, handle).catch((error: unknown) => {
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

async function answer(
  socket: Socket,
  secret: string | null,
  handle: ControlHandler,
): Promise<void> {
  const isBelieved = secret === null || (await prove(socket, secret));
  const line = isBelieved ? await readLine(socket) : null;
  if (line === null) {
    socket.destroy();
    return;
  }
  const request = readRequest(line);
  const disconnected = new AbortController();
  const onClose = (): void => disconnected.abort();
  socket.once('close', onClose);
  const reply: ControlReply =
    request === null
      ? {
          ok: false,
          exitCode: EXIT.misused,
          problems: [
            'The running Signoff does not understand this command; is it another version?',
          ],
        }
      : request.command === 'ping'
        ? { ok: true, result: {} }
        : await handle(request, disconnected.signal);
  socket.off('close', onClose);
  const text = `${JSON.stringify(reply)}\n`;
  if (request?.command === 'quit' || request?.command === 'prepare-update') socket.write(text);
  else socket.end(text);
}

/** Whether the command has asked for it, as it must. */
async function prove(socket: Socket, secret: string): Promise<boolean> {
  const asked = nonceSchema.safeParse(parsedJson((await readLine(socket)) ?? ''));
  if (asked.success) {
    socket.write(`${JSON.stringify({ proof: proofOf(secret, asked.data.nonce) })}\n`);
  }
  return asked.success;
}

function readRequest(line: string): ControlRequest | null {
  // What cannot be read is answered as not understood.
  return controlRequestSchema.safeParse(parsedJson(line)).data ?? null;
}

/** The first line; null if the client sends none, or one that is too long. */
async function readLine(socket: Socket): Promise<string | null> {
  socket.setEncoding('utf8');
  let text = '';
  return new Promise((resolve) => {
    const onData = (chunk: string): void => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end === -1 && text.length <= REQUEST_LIMIT) return;
      // The socket keeps flowing, so that its close is seen; the data is dropped.
      socket.off('data', onData);
      resolve(end === -1 ? null : text.slice(0, end));
    };
    socket.on('data', onData);
    socket.on('close', () => resolve(null));
  });
}
