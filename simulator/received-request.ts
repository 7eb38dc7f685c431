import type { FaultRule } from './faults.ts';
import type { ChatCall } from './routes.ts';

/** A request that came in whole. */
export interface ReceivedRequest {
  /** When the whole request was in, epoch milliseconds. */
  readonly at: number;
  /** The same on the clock that nobody sets: `performance.timeOrigin + performance.now()`. */
  readonly monotonicMs: number;
  /** Null when the path is not one of the API pages. */
  readonly call: ChatCall | null;
  readonly method: string;
  /** The raw request target. */
  readonly target: string;
  readonly httpVersion: string;
  /** Names and values in turn, as they came but for passwords and tokens, which are masked. */
  readonly rawHeaders: readonly string[];
  /** Empty when it was over 1 MiB. */
  readonly body: string;
  readonly sessionId: string | null;
  /** The session that this created. */
  readonly createdSessionId: string | null;
  /** `forceLogoff` of a logoff. */
  readonly forced: boolean | null;
  /** What breaks the API pages' rules, in words. */
  readonly problems: readonly string[];
  /** The status answered; null as long as none was. */
  readonly status: number | null;
  /** The kind of the fault that was played. */
  readonly fault: FaultRule['fault']['kind'] | null;
}

/** One readable line on a request, with its session id masked. */
export function describeRequest(request: ReceivedRequest): string {
  const words = [new Date(request.at).toISOString(), request.method, request.target.slice(0, 200)];
  if (request.sessionId !== null) words.push(`session ${request.sessionId.slice(0, 4)}…`);
  if (request.forced !== null) words.push(request.forced ? 'forced' : 'not forced');
  words.push('->', request.status === null ? 'no answer' : String(request.status));
  if (request.fault !== null) words.push(`(fault: ${request.fault})`);
  if (request.problems.length > 0) words.push(`[${request.problems.join('; ')}]`);
  return words.join(' ');
}
