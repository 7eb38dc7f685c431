import type { FaultRule } from './faults.ts';
import type { ChatCall } from './routes.ts';

export interface ReceivedRequest {
  /** When the request was complete, epoch milliseconds. */
  readonly at: number;
  /** The same on the monotonic clock: `performance.timeOrigin + performance.now()`. */
  readonly monotonicMs: number;
  /** Null if the path is not one of the API pages. */
  readonly call: ChatCall | null;
  readonly method: string;
  /** The raw request target. */
  readonly target: string;
  readonly httpVersion: string;
  /** Names and values in turn; passwords and tokens are masked. */
  readonly rawHeaders: readonly string[];
  /** Empty if it was over 1 MiB. */
  readonly body: string;
  readonly sessionId: string | null;
  readonly pool: string | null;
  /** The session that this created. */
  readonly createdSessionId: string | null;
  /** `forceLogoff` of a logoff. */
  readonly forced: boolean | null;
  /** Deviations from the API pages. */
  readonly problems: readonly string[];
  /** Of the answer; null until there is one. */
  readonly status: number | null;
  /** When the whole answer had been sent, epoch milliseconds; null where the client went before. */
  readonly answeredAt: number | null;
  readonly fault: FaultRule['fault']['kind'] | null;
}

/** One line about a request, with its session id masked. */
export function describeRequest(request: ReceivedRequest): string {
  const words = [new Date(request.at).toISOString(), request.method, request.target.slice(0, 200)];
  if (request.sessionId !== null) words.push(`session ${request.sessionId.slice(0, 4)}…`);
  if (request.forced !== null) words.push(request.forced ? 'forced' : 'not forced');
  words.push('->', request.status === null ? 'no answer' : String(request.status));
  if (request.fault !== null) words.push(`(fault: ${request.fault})`);
  if (request.problems.length > 0) words.push(`[${request.problems.join('; ')}]`);
  return words.join(' ');
}
