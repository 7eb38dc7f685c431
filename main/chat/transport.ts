import got, { RequestError, TimeoutError } from 'got';
import { type CallEnd, type CallTimes, untimed } from './call-end.ts';
import {
  type Ending,
  endOfAnswer,
  endOfOversized,
  endTimedOut,
  endWithFault,
  type OwnFault,
} from './ending.ts';
import { rawReply } from './raw-reply.ts';
import type { ApiCall } from './mark.ts';
import type { Reply } from './reply.ts';
import { type Connection, ProxyFault, type Route, type Routes } from './route.ts';

/** One request to the chat server, or to its site. */
export interface Call {
  readonly name: ApiCall;
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, sent as it is; null where the call has no body. */
  readonly body: string | null;
  /** Such as the session id; redacted from whatever the server's reply repeats. */
  readonly secrets: readonly string[];
  /** The time limit in milliseconds; by default ten seconds. */
  readonly withinMs?: number;
  /** `json`: what `parseObject` makes of the body, where it is known. */
  readonly readReply: (body: string, json?: object | null) => Reply;
}

/** Sends a call once. Never rejects: every fault of server or network is a `CallEnd`. */
export type Transport = (call: Call, signal: AbortSignal) => Promise<CallEnd>;

export const REPLY_LIMIT_BYTES = 1024 * 1024;
/** The limit of an attempt, unless the call sets another one. */
export const ATTEMPT_LIMIT_MS = 10_000;
/** After this time it is better to try anew within the budget. */
const CONNECT_LIMIT_MS = 2_000;
/** A difference between wall and monotonic clock from which the wall clock was set, not just adjusted. */
const CLOCK_SET_MS = 100;

const JSON_BODY = { 'content-type': 'application/json; charset=UTF-8' };

/** The headers that are the call's own. */
export function headersOf({ headers, body }: Call): Call['headers'] {
  return body === null ? headers : { ...JSON_BODY, ...headers };
}

/** A transport over HTTP(S) with got. */
export function createTransport(parts: { userAgent: string; routes: Routes }): Transport {
  const client = got.extend({
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    timeout: {
      lookup: CONNECT_LIMIT_MS,
      connect: CONNECT_LIMIT_MS,
      secureConnect: CONNECT_LIMIT_MS,
    },
    headers: {
      'user-agent': parts.userAgent,
      accept: 'application/json',
      // The replies are small. One that comes compressed all the same is read.
      'accept-encoding': 'identity',
    },
  });

  const send = async (call: Call, route: Route, signal: AbortSignal): Promise<CallEnd> => {
    const started = now();
    const cutOff = new AbortController();
    const { proxy } = route;
    let connection: Connection | null = null;
    try {
      connection = route.connect(signal);
      const request = client(call.url, {
        method: call.method,
        agent: connection.agents,
        headers: headersOf(call),
        ...(call.body === null ? {} : { body: call.body }),
        timeout: { request: call.withinMs ?? ATTEMPT_LIMIT_MS },
        signal: AbortSignal.any([signal, cutOff.signal]),
      });
      void request.on('downloadProgress', ({ transferred }) => {
        if (transferred > REPLY_LIMIT_BYTES) cutOff.abort();
      });
      const response = await request;
      const answer = {
        status: response.statusCode,
        headers: response.headers,
        body: response.body,
        reply: call.readReply(response.body),
      };
      return {
        times: timesOf(started, response.timings, connection),
        reply: rawReply(response.statusCode, response.body, ...call.secrets),
        proxy,
        ...addressesOf(connection),
        ...endOfAnswer(answer, call),
      };
    } catch (error) {
      const timings = error instanceof RequestError ? error.timings : undefined;
      const times = timesOf(started, timings, connection);
      if (cutOff.signal.aborted && error instanceof RequestError) {
        const status = error.response?.statusCode ?? null;
        const reply = status === null ? null : { status, body: '', cut: true };
        return { times, reply, proxy, ...addressesOf(connection), ...endOfOversized(status) };
      }
      const { url } = call;
      // Until then, nothing was sent.
      const isSecured =
        url.protocol === 'http:' ||
        timings?.secureConnect !== undefined ||
        (connection?.phases()?.tls ?? null) !== null;
      return {
        times,
        reply: null,
        proxy,
        ...addressesOf(connection),
        ...endWithoutReply(error, { signal, url, isSecured }),
      };
    }
  };

  return async (call, signal) => {
    const started = now();
    let found: readonly [Route, ...Route[]];
    try {
      found = await parts.routes(call.url, signal);
    } catch (error) {
      const times = timesOf(started, undefined, null);
      const ending = endWithoutReply(error, { signal, url: call.url, isSecured: false });
      return { times, reply: null, proxy: null, ...ending };
    }
    const [first, ...others] = found;
    let end = await send(call, first, signal);
    for (const route of others) {
      if (!mayTryNextRoute(end)) break;
      end = await send(call, route, signal);
    }
    return end;
  };
}

function addressesOf(connection: Connection | null): Pick<CallEnd, 'addresses'> {
  const addresses = connection?.addresses() ?? null;
  return addresses === null ? {} : { addresses };
}

/** Only if nothing can have reached the server. */
function mayTryNextRoute(end: CallEnd): boolean {
  return (
    end.kind === 'no-reply' &&
    (end.fault === 'proxy-unreachable' || end.fault === 'proxy-not-supported')
  );
}

/** `isSecured`: the connection was made, and for HTTPS its TLS handshake as well. */
function endWithoutReply(
  error: unknown,
  { signal, url, isSecured }: { signal: AbortSignal; url: URL; isSecured: boolean },
): Ending {
  const proxyFault = error instanceof RequestError ? error.cause : error;
  if (proxyFault instanceof ProxyFault && !signal.aborted) {
    return { kind: 'no-reply', fault: proxyFault.fault, message: proxyFault.message };
  }
  if (!(error instanceof RequestError)) {
    // Unexpected even for got; the call must end all the same.
    const name = error instanceof Error ? error.name : 'unknown';
    const message = `${url.host} could not be asked (${name}).`;
    return { kind: 'no-reply', fault: 'no-connection', message };
  }
  const isLate = error instanceof TimeoutError && error.event === 'request';
  if (isLate || signal.aborted) {
    return endTimedOut(url);
  }
  // Node's HTTP parser or the decompression failed.
  if (/^HPE_|^ERR_READING_RESPONSE_STREAM$/.test(error.code)) {
    const status = error.response?.statusCode ?? null;
    const message = `${url.host} answered with something that cannot be read (${error.code}), not as a chat server.`;
    return { kind: 'not-this-api', status, message };
  }
  return endWithFault(faultOf(error, isSecured), error.code, url);
}

/** The server's TLS alert on the client's certificate: TLS 1.3 in the code, TLS 1.2, less clearly, in the message. */
const REFUSED_CLIENT =
  /alert[ _](bad[ _]certificate|certificate|no[ _]certificate|unknown[ _]ca|access[ _]denied|handshake[ _]failure)/i;

const BROKEN_OFF: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'ERR_HTTP_CONTENT_LENGTH_MISMATCH',
]);

function faultOf(error: RequestError, isSecured: boolean): OwnFault {
  if (error instanceof TimeoutError) return 'connect-timeout';
  const { code } = error;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name-not-found';
  if (code === 'ECONNREFUSED') return 'connection-refused';
  if (code === 'ETIMEDOUT') return 'connect-timeout';
  if (isSecured && BROKEN_OFF.has(code)) return 'connection-broken';
  if (REFUSED_CLIENT.test(`${code} ${error.message}`)) return 'client-certificate-rejected';
  // OpenSSL's verification results (CERT_HAS_EXPIRED, SELF_SIGNED_CERT_IN_CHAIN, …) and Node's own.
  if (/CERT|SIGNED|UNABLE_TO|ERR_TLS/.test(code)) return 'certificate-rejected';
  if (!isSecured && (BROKEN_OFF.has(code) || /^EPROTO$|^ERR_SSL_/.test(code))) return 'tls-failed';
  return 'no-connection';
}

interface Instant {
  /** Epoch milliseconds. */
  readonly wall: number;
  readonly monotonic: number;
}

function now(): Instant {
  return { wall: Date.now(), monotonic: performance.now() };
}

function timesOf(
  started: Instant,
  timings: RequestError['timings'],
  connection: Connection | null,
): CallTimes {
  const ended = now();
  const tookMs = ended.monotonic - started.monotonic;
  // got measures by the wall clock. If that was set meanwhile, none of its times is right.
  if (Math.abs(ended.wall - started.wall - tookMs) > CLOCK_SET_MS) {
    return untimed(started.wall, started.wall + Math.round(tookMs));
  }
  const phases = timings?.phases;
  const proxied = connection?.phases() ?? null;
  return {
    started: timings?.start ?? started.wall,
    sent: timings?.upload ?? null,
    received: timings?.response ?? null,
    finished: timings?.end ?? timings?.error ?? timings?.abort ?? ended.wall,
    phases: {
      ...(proxied === null
        ? {
            wait: phases?.wait ?? null,
            dns: phases?.dns ?? null,
            tcp: phases?.tcp ?? null,
            tls: phases?.tls ?? null,
          }
        : // got counts connecting through a proxy as waiting; the proxy looks names up.
          { wait: 0, dns: null, ...proxied }),
      request: phases?.request ?? null,
      firstByte: phases?.firstByte ?? null,
      download: phases?.download ?? null,
      total: phases?.total ?? null,
    },
  };
}
