import type { TLSSocket } from 'node:tls';

/**
 * The TLS session that each server gave last, with which the next connection spares the certificates and, in TLS
 * 1.2, a round trip. For one set of certificates only, since those of a resumed session are not checked anew. Node's
 * own agent forgets a session when a request is aborted, as the open poll is before each logoff.
 */
export interface TlsSessions {
  /** `server` as `host:port`. */
  of(server: string): Buffer | undefined;
  /** Keeps what this connection, whose handshake is still to come, is given once the server is verified. */
  learn(server: string, socket: TLSSocket): void;
}

/** As many as Node's own agent keeps. */
const MOST = 100;

export function createTlsSessions(): TlsSessions {
  /** The latest last. */
  const sessions = new Map<string, Buffer>();

  const keep = (server: string, session: Buffer): void => {
    sessions.delete(server);
    sessions.set(server, session);
    const [oldest] = sessions.keys();
    if (oldest !== undefined && sessions.size > MOST) sessions.delete(oldest);
  };

  return {
    of: (server) => sessions.get(server),
    learn(server, socket) {
      let isVerified = false;
      // TLS 1.2 gives it before the certificate is verified, TLS 1.3 after.
      let early: Buffer | null = null;
      socket.on('session', (session: Buffer) => {
        if (isVerified) keep(server, session);
        else early = session;
      });
      socket.once('secureConnect', () => {
        isVerified = true;
        if (early !== null) keep(server, early);
      });
      const onEnd = (): void => {
        if (!isVerified) sessions.delete(server);
      };
      // The next attempt may begin between the two.
      socket.once('error', onEnd).once('close', onEnd);
    },
  };
}
