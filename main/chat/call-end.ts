import type { Answerer } from './answerer.ts';

/** The fields of a 200. */
export interface ServerWords {
  /** Epoch milliseconds; null where the server gave none. */
  readonly serviceStartTime: number | null;
  readonly serviceFinishTime: number | null;
  /** int64, as exact decimal text. */
  readonly clientId: string | null;
  /** The client's own transaction number as the server repeats it; int64, as exact decimal text. */
  readonly sequenceNumber: string | null;
}

/** The timing of a call. Instants are epoch milliseconds, durations milliseconds. */
export interface CallTimes {
  readonly started: number;
  /** When the request was written completely; null when it never was. */
  readonly sent: number | null;
  /** When the first byte of the reply came. */
  readonly received: number | null;
  readonly finished: number;
  readonly phases: Readonly<Record<Phase, number | null>>;
}

type Phase = 'wait' | 'dns' | 'tcp' | 'tls' | 'request' | 'firstByte' | 'download' | 'total';

export const NO_PHASES: CallTimes['phases'] = {
  wait: null,
  dns: null,
  tcp: null,
  tls: null,
  request: null,
  firstByte: null,
  download: null,
  total: null,
};

/** The times of a call without measurements; epoch milliseconds. */
export function untimed(started: number, finished = started): CallTimes {
  return { started, sent: null, received: null, finished, phases: NO_PHASES };
}

/** Why there was no reply. */
export type ConnectionFault =
  | 'name-not-found'
  | 'connection-refused'
  | 'connection-broken'
  | 'connect-timeout'
  | 'tls-failed'
  | 'certificate-rejected'
  | 'client-certificate-rejected'
  | 'proxy-unreachable'
  | 'proxy-refused'
  | 'proxy-authentication-required'
  | 'proxy-not-supported'
  | 'no-connection';

/** A reply for people: its session ids masked, and cut where it is long. */
export interface RawReply {
  readonly status: number;
  readonly body: string;
  readonly cut: boolean;
}

/** The addresses of a server to which a connection was tried, in order, and the one to which it was made, if any. */
export interface TriedAddresses {
  readonly tried: readonly string[];
  readonly connectedTo: string | null;
}

/** The end of a call to the chat server. `message` is for people and holds no secret; `code` is the server's own. */
export type CallEnd = {
  readonly times: CallTimes;
  /** Null where no reply came, or none in HTTP. */
  readonly reply: RawReply | null;
  /** `host:port` of the proxy used or tried; null where there was none. */
  readonly proxy: string | null;
  /** Where the server was reached directly. */
  readonly addresses?: TriedAddresses;
} & (
  | { readonly kind: 'success'; readonly status: number; readonly words: ServerWords }
  /** A 200 whose `chatSystemError` says that nothing was done. */
  | {
      readonly kind: 'system-error';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly words: ServerWords;
    }
  /** An error status, or an error's code under 200; `code` is null where the body names none. */
  | {
      readonly kind: 'exception';
      readonly status: number;
      readonly code: string | null;
      readonly message: string;
      /** For how many milliseconds a 429 or 503 asks to be left alone; left out where it does not. */
      readonly retryAfterMs?: number;
    }
  /** A 200 or 403, or their like, that bears no mark of this API; see `mark.ts`. It confirms nothing. */
  | {
      readonly kind: 'unconfirmed';
      readonly status: number;
      readonly code: string | null;
      readonly message: string;
      readonly answeredBy: Answerer;
    }
  /** Not an answer of this API: a redirect, a web page, not JSON, or (status null) not HTTP. */
  | { readonly kind: 'not-this-api'; readonly status: number | null; readonly message: string }
  | { readonly kind: 'too-large'; readonly status: number | null; readonly message: string }
  | { readonly kind: 'no-reply'; readonly fault: ConnectionFault; readonly message: string }
  /** Connected, but no whole reply before the attempt's time was up. */
  | { readonly kind: 'timed-out'; readonly message: string }
);

/** The end of a call that a fault of this app kept from being made or followed; epoch milliseconds. */
export function endByOwnFault(message: string, now: number): FailedCallEnd {
  const times = untimed(now);
  return { kind: 'no-reply', fault: 'no-connection', message, times, reply: null, proxy: null };
}

export type FailedCallEnd = Exclude<CallEnd, { kind: 'success' }>;

/** The code for an answer that is not from a chat server. */
export const NOT_THIS_API = 'NOT_THIS_API';
/** The code for an answer that confirms nothing and names no code itself. */
const NOT_CONFIRMED = 'NOT_CONFIRMED';

/** The server's own error code, or one of ours where it gave none. */
export function codeOf(end: FailedCallEnd): string {
  switch (end.kind) {
    case 'system-error':
      return end.code;
    case 'exception':
      return end.code ?? `HTTP_${end.status}`;
    case 'unconfirmed':
      return end.code ?? NOT_CONFIRMED;
    case 'not-this-api':
      return NOT_THIS_API;
    case 'too-large':
      return 'REPLY_TOO_LARGE';
    case 'no-reply':
      return end.fault.toUpperCase().replaceAll('-', '_');
    case 'timed-out':
      return 'TIMED_OUT';
  }
}
