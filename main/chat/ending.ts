import type { IncomingHttpHeaders } from 'node:http';
import { answererOf } from './answerer.ts';
import type { CallEnd, ConnectionFault } from './call-end.ts';
import { type ApiCall, isOwnForbidden, isOwnSuccess } from './mark.ts';
import type { Reply } from './reply.ts';
import { redactBeginning } from '../common/redact.ts';

type Specifics<T> = T extends unknown ? Omit<T, 'times' | 'reply' | 'proxy'> : never;

/** What came of a call; the rest of a `CallEnd` is about how it was sent. */
export type Ending = Specifics<CallEnd>;

const MESSAGE_LIMIT = 500;
/** Characters of an answer that tell who gave it. */
const SEARCHED = 4_000;

/** An HTTP answer, its body read. */
export interface HttpAnswer {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly reply: Reply;
}

/** The call that was answered. `secrets` are redacted from what the answer says. */
interface Answered {
  readonly name: ApiCall;
  readonly url: URL;
  readonly secrets: readonly string[];
}

/** What an answer means. */
export function endOfAnswer(answer: HttpAnswer, call: Answered): Ending {
  const { status, headers } = answer;
  if (status >= 300 && status < 400) {
    const message = redirectMessage(headers.location, call.url, call.secrets);
    return { kind: 'not-this-api', status, message };
  }
  if (status >= 200 && status < 300) return endOfSuccess(answer, call);
  if (status === 403) return endOfForbidden(answer, call);
  return exception(answer, call);
}

function endOfSuccess(answer: HttpAnswer, call: Answered): Ending {
  const { status, reply } = answer;
  if (reply.kind === 'empty') return unconfirmed(answer, call);
  if (reply.kind === 'not-json') {
    const what = reply.html ? 'a web page' : 'something that is not JSON';
    const message = `The server answered with ${what}, not as a chat server.`;
    return { kind: 'not-this-api', status, message };
  }
  if (reply.systemError !== null) {
    const code = forPeople(reply.systemError.code, call);
    const message = forPeople(reply.systemError.message, call);
    return { kind: 'system-error', status, code, message, words: reply.words };
  }
  // The status of the exception codes is not published; they may come with a 200.
  if (reply.errorCode !== null) return exception(answer, call);
  if (!isOwnSuccess(call.name, reply.json)) return unconfirmed(answer, call);
  return { kind: 'success', status, words: reply.words };
}

/** The pages: 403 is "the session identifier is unknown". A gateway's, or a firewall's, says no such thing. */
function endOfForbidden(answer: HttpAnswer, call: Answered): Ending {
  const { status, reply } = answer;
  if (reply.kind === 'not-json') {
    const message =
      'Something in front of the chat server answered 403, with a web page or other words that are not its own.';
    return { kind: 'not-this-api', status, message };
  }
  return reply.kind === 'json' && isOwnForbidden(reply.json)
    ? exception(answer, call)
    : unconfirmed(answer, call);
}

function exception(
  { status, headers, reply }: HttpAnswer,
  call: Answered,
): Extract<Ending, { kind: 'exception' }> {
  const systemError = reply.kind === 'json' ? reply.systemError : null;
  const code = reply.kind === 'empty' ? null : (reply.code ?? systemError?.code ?? null);
  const said = reply.kind === 'json' ? (reply.message ?? systemError?.message) : null;
  const waits = status === 429 || status === 503 ? retryAfterMs(headers) : null;
  return {
    kind: 'exception',
    status,
    code: code === null ? null : forPeople(code, call),
    message: forPeople(said ?? `The server answered ${status} without saying why.`, call),
    ...(waits === null ? {} : { retryAfterMs: waits }),
  };
}

function unconfirmed({ status, headers, body, reply }: HttpAnswer, call: Answered): Ending {
  const { kind, name } = answererOf(status, headers, body.slice(0, SEARCHED));
  const [code, said] = reply.kind === 'json' ? [reply.errorCode, reply.message] : [null, null];
  return {
    kind: 'unconfirmed',
    status,
    code: code === null ? null : forPeople(code, call),
    message: said === null ? nothingSaid(status) : forPeople(said, call),
    answeredBy: { kind, name: name === null ? null : forPeople(name, call) },
  };
}

/** The window says the same in its own language. */
function nothingSaid(status: number): string {
  return `The answer ${status} does not say that the session is over.`;
}

function forPeople(said: string, { secrets }: Answered): string {
  return redactBeginning(said, MESSAGE_LIMIT, ...secrets).text.slice(0, MESSAGE_LIMIT);
}

/** Seconds, or a date by the server's own clock; null where it is neither. */
function retryAfterMs({ 'retry-after': said, date }: IncomingHttpHeaders): number | null {
  if (said === undefined) return null;
  if (/^\s*\d{1,10}\s*$/.test(said)) return Number(said) * 1_000;
  const now = Date.parse(date ?? '');
  const until = Date.parse(said) - (Number.isNaN(now) ? Date.now() : now);
  return Number.isNaN(until) ? null : Math.max(0, until);
}

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
    case 'tls-failed':
      return `No secure connection to ${host} could be made (${code}).`;
    case 'certificate-rejected':
      return `The certificate of ${host} could not be trusted (${code}).`;
    case 'client-certificate-rejected':
      return `${host} did not accept this computer's client certificate, or there is none (${code}).`;
    case 'no-connection':
      return `${host} could not be reached (${code}).`;
  }
}
