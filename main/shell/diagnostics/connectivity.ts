import { lookup } from 'node:dns/promises';
import { connect as connectTcp, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { connect as connectTls, type SecureContext } from 'node:tls';
import { errorText } from '../../common/log.ts';

/** How far a connection to a server comes, without a proxy, and how long each step takes in milliseconds. */
export interface Connectivity {
  readonly server: string;
  readonly dnsMs: number | null;
  readonly tcpMs: number | null;
  /** Null for `http`. */
  readonly tlsMs: number | null;
  readonly tls: {
    readonly protocol: string | null;
    readonly issuer: string;
    readonly validTo: string;
    /** Whether the certificate is trusted; if not, why. */
    readonly trust: string;
  } | null;
  /** The first step that failed, and why; null where none did. */
  readonly failed: { readonly step: 'dns' | 'tcp' | 'tls'; readonly error: string } | null;
}

const STEP_TIMEOUT_MS = 5_000;

/** Connects to the server of this origin, trusting whom `trust` does, and hangs up: nothing is asked of it. */
export async function checkConnectivity(
  server: string,
  trust: SecureContext,
): Promise<Connectivity> {
  const { hostname, port, protocol } = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isTls = protocol === 'https:';
  const found = { server, dnsMs: null, tcpMs: null, tlsMs: null, tls: null };

  const dns = await timed(() => lookup(host));
  if ('error' in dns) return { ...found, failed: { step: 'dns', error: dns.error } };
  const { address } = dns.value;
  const dnsMs = dns.tookMs;
  const tcp = await timed(() => connected(address, Number(port) || (isTls ? 443 : 80)));
  if ('error' in tcp) return { ...found, dnsMs, failed: { step: 'tcp', error: tcp.error } };
  const socket = tcp.value;
  const tcpMs = tcp.tookMs;
  try {
    if (!isTls) return { ...found, dnsMs, tcpMs, failed: null };
    const tls = await timed(() => secured(socket, host, trust));
    if ('error' in tls)
      return { ...found, dnsMs, tcpMs, failed: { step: 'tls', error: tls.error } };
    return { ...found, dnsMs, tcpMs, tlsMs: tls.tookMs, tls: tls.value, failed: null };
  } finally {
    socket.destroy();
  }
}

async function timed<T>(
  step: () => Promise<T>,
): Promise<{ value: T; tookMs: number } | { error: string }> {
  const started = performance.now();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('took too long')), STEP_TIMEOUT_MS);
  try {
    const value = await Promise.race([step(), late.promise]);
    return { value, tookMs: Math.round((performance.now() - started) * 10) / 10 };
  } catch (error) {
    return { error: errorText(error) };
  } finally {
    clearTimeout(timer);
  }
}

async function connected(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port, timeout: STEP_TIMEOUT_MS });
    socket.once('timeout', () => socket.destroy(new Error('took too long')));
    socket.on('error', reject);
    socket.once('connect', () => resolve(socket));
  });
}

/** A certificate that is not trusted is told of rather than refused: nothing is sent, and it tells why. */
async function secured(
  socket: Socket,
  host: string,
  secureContext: SecureContext,
): Promise<NonNullable<Connectivity['tls']>> {
  return new Promise((resolve, reject) => {
    const isName = /[a-z]/i.test(host) && !host.includes(':');
    const secure = connectTls(
      {
        socket,
        host,
        secureContext,
        rejectUnauthorized: false,
        ...(isName ? { servername: host } : {}),
      },
      () => {
        const { issuer, valid_to: validTo } = secure.getPeerCertificate();
        const { authorized, authorizationError } = secure;
        resolve({
          protocol: secure.getProtocol(),
          issuer: [issuer.O, issuer.CN].flat().filter(Boolean).join(', '),
          validTo,
          trust: authorized ? 'trusted' : String(authorizationError),
        });
      },
    );
    secure.on('error', reject);
  });
}
