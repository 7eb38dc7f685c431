import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The open TCP connections of a server; for https, those below TLS. */
export class Sockets {
  readonly #open = new Set<Socket>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
    });
  }

  /** Resets a request's connection. A TLS socket cannot be reset itself, so the TCP one is found by its port. */
  reset({ remoteAddress, remotePort }: Socket): void {
    for (const socket of this.#open) {
      if (socket.remotePort === remotePort && socket.remoteAddress === remoteAddress) {
        socket.resetAndDestroy();
      }
    }
  }

  destroyAll(): void {
    for (const socket of this.#open) socket.destroy();
  }
}
