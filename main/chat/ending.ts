import type { CallEnd, ConnectionFault } from './call-end.ts';
import type { Reply } from './reply.ts';
import { redactBeginning } from '../common/redact.ts';

type Specifics<T> = T extends unknown ? Omit<T, 'times' | 'reply' | 'proxy'> : never;

/** What came of a call; the rest of a `CallEnd` is about how it was sent. */
export type Ending = Specifics<CallEnd>;

const MESSAGE_LIMIT = 500;

/** An HTTP answer, its body read. */
export interface HttpAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly reply: Reply;
}

/** What an answer means. `secrets` are redacted from what it says. */
export function endOfAnswer(
  { status, location, reply }: HttpAnswer,
  url: URL,
  secrets: readonly string[],
): Ending {
  const forPeople = (said: string): string =>
    redactBeginning(said, MESSAGE_LIMIT, ...secrets).text.slice(0, MESSAGE_LIMIT);

  if (status >= 300 && status < 400) {
    return { kind: 'not-this-api', status, message: redirectMessage(location, url, secrets) };
  }
  if (status >= 200 && status < 300) {
    if (reply.kind === 'empty') return { kind: 'success', status, words: NO_WORDS };
    if (reply.kind === 'not-json') {
      const what = reply.html ? 'a web page' : 'something that is not JSON';
      return {
        kind: 'not-this-api',
        status,
        message: `The server answered with ${what}, not as a chat server.`,
      };
    }
    if (reply.systemError !== null) {
      const code = forPeople(reply.systemError.code);
      const message = forPeople(reply.systemError.message);
      return { kind: 'system-error', status, code, message, words: reply.words };
    }
    // The status of the exception codes is not published; they may come with a 200.
    if (reply.exceptionCode === null) return { kind: 'success', status, words: reply.words };
  }
  // A 403 of a proxy or firewall does not say that the session is over.
  if (status === 403 && reply.kind === 'not-json') {
    return {
      kind: 'not-this-api',
      status,
      message:
        'Something in front of the chat server answered 403, with a web page or other words that are not its own.',
    };
  }
  const message = reply.kind === 'json' ? reply.message : null;
  const code = reply.kind === 'empty' ? null : reply.code;
  return {
    kind: 'exception',
    status,
    code: code === null ? null : forPeople(code),
    message: forPeople(message ?? `The server answered ${status} without saying why.`),
  };
}

const NO_WORDS = {
  serviceStartTime: null,
  serviceFinishTime: null,
  clientId: null,
  sequenceNumber: null,
};

function redirectMessage(
  location: string | undefined,
  url: URL,
  secrets: readonly string[],
): string {
  const host =
    location !== undefined && URL.canParse(location, url.href) ? new URL(location, url).host : '';
  const revealsSecret = secrets.some((secret) => host.includes(secret.toLowerCase()));
  const where = host === '' || revealsSecret ? 'elsewhere' : `to ${host}`;
  return `The server redirects ${where}; redirects are not followed.`;
}

/** A reply that is larger than any of a chat server's, and was cut off. */
export function endOfOversized(status: number | null): Ending {
  const message =
    'The reply was larger than 1 MiB, which no answer of a chat server is; it was cut off.';
  return { kind: 'too-large', status, message };
}

export function endTimedOut(url: URL): Ending {
  return { kind: 'timed-out', message: `${url.host} did not answer in time.` };
}

/** The proxies' faults come as `ProxyFault`. */
export type OwnFault = Exclude<ConnectionFault, `proxy-${string}`>;

/** No reply came. `code` is Node's. */
export function endWithFault(fault: OwnFault, code: string, url: URL): Ending {
  return { kind: 'no-reply', fault, message: faultMessage(fault, code, url.host) };
}

function faultMessage(fault: OwnFault, code: string, host: string): string {
  switch (fault) {
    case 'name-not-found':
      return `The name of ${host} could not be looked up.`;
    case 'connection-refused':
      return `Nothing accepts connections at ${host}.`;
    case 'connect-timeout':
      return `No connection to ${host} could be made in time.`;
    case 'connection-broken':
      return `The connection to ${host} broke off before the answer was complete.`;
    case 'certificate-rejected':
      return `The certificate of ${host} could not be trusted (${code}).`;
    case 'client-certificate-rejected':
      return `${host} did not accept this computer's client certificate, or there is none (${code}).`;
    case 'no-connection':
      return `${host} could not be reached (${code}).`;
  }
}
