import type { Outcome } from '../../../main/results/receipt.ts';
import type { Fault } from '../../../simulator/faults.ts';

/** Why nobody can be spoken to at an address. */
export type Absence = 'no-name' | 'refused' | 'wrong-certificate';

/** Another place than the server that was asked. */
export const ELSEWHERE = 'elsewhere';

/** What may be wrong when one request is sent. */
export interface Trouble {
  /** What the server does; `elsewhere` redirects to another host. */
  readonly fault?: Fault | typeof ELSEWHERE;
  /** Nobody can be spoken to. */
  readonly absence?: Absence;
  /** What one logoff that meets it comes to. */
  readonly once: Outcome;
  /** Whether the server has ended the session all the same. */
  readonly over: boolean;
}

/**
 * The faults of the matrices. `chat-replies.test.ts` holds real sockets and the network in memory to what
 * stands here.
 */
export const TROUBLES = {
  'no fault': { once: 'ended', over: true },
  'a delay of 100 ms': { fault: { kind: 'delay', ms: 100 }, once: 'ended', over: true },
  'a delay of 1 s': { fault: { kind: 'delay', ms: 1_000 }, once: 'ended', over: true },
  'a delay of 3 s': { fault: { kind: 'delay', ms: 3_000 }, once: 'ended', over: true },
  'no answer at all': { fault: { kind: 'hang' }, once: 'timed-out', over: false },
  'an answer that is lost': {
    fault: { kind: 'hang', processed: true },
    once: 'timed-out',
    over: true,
  },
  'a reset before': { fault: { kind: 'reset', when: 'before' }, once: 'unreachable', over: false },
  'a reset after': { fault: { kind: 'reset', when: 'after' }, once: 'unreachable', over: true },
  'a drip too slow to wait for': {
    fault: { kind: 'drip', bytesPerSecond: 2 },
    once: 'timed-out',
    over: true,
  },
  'a drip of half a second': {
    fault: { kind: 'drip', bytesPerSecond: 1_000 },
    once: 'ended',
    over: true,
  },
  '400': {
    fault: { kind: 'error', status: 400, code: 'BAD_REQUEST' },
    once: 'refused',
    over: false,
  },
  '403': { fault: { kind: 'unknown-session' }, once: 'already-over', over: false },
  '403 of a gateway': {
    fault: { kind: 'case', name: 'A1-gateway' },
    once: 'unconfirmed',
    over: false,
  },
  '403 with nothing in it': {
    fault: { kind: 'case', name: 'A1-empty' },
    once: 'unconfirmed',
    over: false,
  },
  '200 of a sign-in page': {
    fault: { kind: 'case', name: 'A2-sign-in' },
    once: 'unconfirmed',
    over: false,
  },
  '403 with ACCESS_DENIED': {
    fault: { kind: 'error', status: 403, code: 'ACCESS_DENIED' },
    once: 'refused',
    over: false,
  },
  '403 with HTML': { fault: { kind: 'html', status: 403 }, once: 'not-found', over: false },
  '404': { fault: { kind: 'status', status: 404 }, once: 'not-found', over: false },
  '409': {
    fault: { kind: 'error', status: 409, code: 'CONFLICT' },
    once: 'refused',
    over: false,
  },
  '500': { fault: { kind: 'status', status: 500 }, once: 'server-error', over: false },
  '502 with HTML': { fault: { kind: 'html', status: 502 }, once: 'server-error', over: false },
  '200 with a system error': {
    fault: { kind: 'system-error', errorCondition: 'BUSY', text: 'There are chats.' },
    once: 'refused',
    over: false,
  },
  '204': { fault: { kind: 'empty', status: 204 }, once: 'unconfirmed', over: true },
  'malformed JSON': { fault: { kind: 'malformed' }, once: 'not-found', over: false },
  'an oversized reply': {
    fault: { kind: 'oversized', bytes: 2 ** 21 },
    once: 'not-found',
    over: false,
  },
  'a redirect to another host': { fault: ELSEWHERE, once: 'not-found', over: false },
  'a wrong certificate': { absence: 'wrong-certificate', once: 'unreachable', over: false },
  'no such name': { absence: 'no-name', once: 'unreachable', over: false },
  'a refused connection': { absence: 'refused', once: 'unreachable', over: false },
} as const satisfies Readonly<Record<string, Trouble>>;

export type TroubleName = keyof typeof TROUBLES;

export function troubleOf(name: TroubleName): Trouble {
  return TROUBLES[name];
}

/** 307 keeps method, headers and body: whoever follows it gives the session away. */
export function redirectTo(url: string): Fault {
  // Another name as well as another port.
  const location = `${url.replace('127.0.0.1', 'localhost')}/engagement/api/agent/site/v1/logoff`;
  return { kind: 'redirect', status: 307, location };
}
