/** What a 200 says, beyond that the call worked. */
export interface ServerWords {
  /** Epoch milliseconds; null where the server gave none. */
  readonly serviceStartTime: number | null;
  readonly serviceFinishTime: number | null;
  /** int64, as exact decimal text. */
  readonly clientId: string | null;
  /** The client's own transaction number as the server repeats it; int64, as exact decimal text. */
  readonly sequenceNumber: string | null;
}

/** When what happened on the wire. Instants are epoch milliseconds, durations milliseconds. */
export interface CallTimes {
  readonly started: number;
  /** When the request had been written out; null when it never was. */
  readonly sent: number | null;
  /** When the first byte of the reply came. */
  readonly received: number | null;
  readonly finished: number;
  readonly phases: {
    readonly wait: number | null;
    readonly dns: number | null;
    readonly tcp: number | null;
    readonly tls: number | null;
    readonly request: number | null;
    readonly firstByte: number | null;
    readonly download: number | null;
    readonly total: number | null;
  };
}

/** Where nothing was measured. */
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

/** Why there was no reply: the network's side of a failed call. */
export type ConnectionFault =
  | 'name-not-found'
  | 'connection-refused'
  | 'connection-broken'
  | 'connect-timeout'
  | 'certificate-rejected'
  | 'client-certificate-rejected'
  | 'proxy-unreachable'
  | 'proxy-refused'
  | 'proxy-authentication-required'
  | 'proxy-not-supported'
  | 'no-connection';

/** A reply as it came, for people: without any session id, and at its beginning only where it is long. */
export interface RawReply {
  readonly status: number;
  readonly body: string;
  /** Whether the reply was longer. */
  readonly cut: boolean;
}

/**
 * Every way in which a call to the chat server can end. `message` is for people and holds no
 * secret; `code` is the server's own where it gave one.
 */
export type CallEnd = {
  readonly times: CallTimes;
  /** Null where no reply came, or none that is HTTP. */
  readonly reply: RawReply | null;
  /** `host:port` of the proxy that the call went through, or tried to; null where there was none. */
  readonly proxy: string | null;
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
  /** An error status, or a known exception code under 200; `code` is null where the body names none. */
  | {
      readonly kind: 'exception';
      readonly status: number;
      readonly code: string | null;
      readonly message: string;
    }
  /** An answer, but not one of this API's: a redirect, a page, not JSON, or (status null) not HTTP. */
  | { readonly kind: 'not-this-api'; readonly status: number | null; readonly message: string }
  | { readonly kind: 'too-large'; readonly status: number | null; readonly message: string }
  | { readonly kind: 'no-reply'; readonly fault: ConnectionFault; readonly message: string }
  /** Connected, but no whole reply before the attempt's time was up. */
  | { readonly kind: 'timed-out'; readonly message: string }
);

/** A call that came to nothing. */
export type FailedCallEnd = Exclude<CallEnd, { kind: 'success' }>;

/** The code where something answered that is no chat server. */
export const NOT_THIS_API = 'NOT_THIS_API';

/** Names what went wrong: the server's own code, or one of ours where nothing of it came through. */
export function codeOf(end: FailedCallEnd): string {
  switch (end.kind) {
    case 'system-error':
      return end.code;
    case 'exception':
      return end.code ?? `HTTP_${end.status}`;
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
