import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that takes as long as that to a far one. */
export interface FarRelay {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Passes connections on to a port of this machine, with that round trip in milliseconds. What comes first waits one
 * more: a far server's answer to the connecting itself, which takes no time here.
 */
export async function startFarRelay(port: number, roundTripMs: number): Promise<FarRelay> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const onward = connect({ port, host: '127.0.0.1', noDelay: true });
    const accepted = performance.now();
    passOn(
      client,
      onward,
      () => Math.max(performance.now(), accepted + roundTripMs) + roundTripMs / 2,
    );
    passOn(onward, client, () => performance.now() + roundTripMs / 2);
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => sockets.delete(socket));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return {
    port: address.port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** `due`: when what comes now is there, on the clock of `performance.now`. */
function passOn(from: Socket, to: Socket, due: () => number): void {
  const later = (run: () => void): void =>
    void setTimeout(() => {
      if (!to.destroyed) run();
    }, due() - performance.now());
  from.on('data', (bytes: Buffer) => later(() => to.write(bytes)));
  from.once('end', () => later(() => to.end()));
}
