import { lookup } from 'node:dns/promises';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';
import { systemClock, within } from '../../common/clock.ts';
import { errorText } from '../../common/log.ts';

/** How far a direct connection to a server gets. Times are milliseconds. */
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
    /** `trusted`, or why the certificate is not. */
    readonly trust: string;
  } | null;
  /** The first step that failed; null if none did. */
  readonly failed: { readonly step: 'dns' | 'tcp' | 'tls'; readonly error: string } | null;
}

const STEP_TIMEOUT_MS = 5_000;
const TOO_LONG = 'took too long';

/** Connects to the server of this origin and disconnects; no request is sent. */
export async function checkConnectivity(
  server: string,
  trust: SecureContext,
): Promise<Connectivity> {
  const { hostname, port, protocol } = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isTls = protocol === 'https:';
  const result = { server, dnsMs: null, tcpMs: null, tlsMs: null, tls: null };

  const dns = await timed(() => lookup(host));
  if ('error' in dns) return { ...result, failed: { step: 'dns', error: dns.error } };
  const { value: resolved, ms: dnsMs } = dns;
  const tcp = await timed(() => openTcp(resolved.address, Number(port) || (isTls ? 443 : 80)));
  if ('error' in tcp) return { ...result, dnsMs, failed: { step: 'tcp', error: tcp.error } };
  const { value: socket, ms: tcpMs } = tcp;
  try {
    if (!isTls) return { ...result, dnsMs, tcpMs, failed: null };
    const tls = await timed(() => startTls(socket, host, trust));
    if ('error' in tls)
      return { ...result, dnsMs, tcpMs, failed: { step: 'tls', error: tls.error } };
    return { ...result, dnsMs, tcpMs, tlsMs: tls.ms, tls: tls.value, failed: null };
  } finally {
    socket.destroy();
  }
}

async function timed<T extends object>(
  step: () => Promise<T>,
): Promise<{ value: T; ms: number } | { error: string }> {
  const started = performance.now();
  try {
    const value = await within(systemClock, STEP_TIMEOUT_MS, step());
    if (value === null) return { error: TOO_LONG };
    return { value, ms: Math.round((performance.now() - started) * 10) / 10 };
  } catch (error) {
    return { error: errorText(error) };
  }
}

async function openTcp(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port, timeout: STEP_TIMEOUT_MS });
    socket.once('timeout', () => socket.destroy(new Error(TOO_LONG)));
    socket.on('error', reject);
    socket.once('connect', () => resolve(socket));
  });
}

/** An untrusted certificate is reported, not refused: nothing is sent. */
async function startTls(
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
