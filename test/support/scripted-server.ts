import type { CallEnd } from '../../main/chat/call-end.ts';
import type { HeldSession } from '../../main/sessions/session.ts';
import type { Clock } from '../../main/common/clock.ts';
import type { Outcome } from '../../main/results/receipt.ts';
import type { EndSession } from '../../main/signoff/sign-off.ts';

type Meaning<T> = T extends unknown ? Omit<T, 'times' | 'reply' | 'proxy'> : never;

/** How the server answers one request; `never` keeps it waiting until it is given up. */
export type Answer = 'never' | { readonly afterMs: number; readonly end: Meaning<CallEnd> };

/** One request that ends a session, as it went out. */
export interface Sent {
  readonly heldId: string;
  readonly pool: string | null;
  readonly forced: boolean;
  readonly sequenceNumber: number;
  readonly timeCreated: number;
  /** On the clock's monotonic scale. */
  readonly at: number;
}

/** How a request came to its end: answered, or given up. */
export interface Exchange {
  readonly request: Sent;
  /** On the clock's monotonic scale. */
  readonly endedAt: number;
  readonly end: Meaning<CallEnd>;
}

export interface ScriptedServer {
  readonly endSession: EndSession;
  /** All requests, in the order in which they went out. */
  readonly sent: readonly Sent[];
  sentOf(heldId: string): Sent[];
  /** Those requests that are in flight no more. */
  readonly exchanges: readonly Exchange[];
  /** How the server answers from now on; `nth` counts that session's requests from 1. */
  answerWith(script: (request: Sent, nth: number) => Answer): void;
  /** Hears of each request's end in the very moment of it, before anyone can act on it. */
  onEnd(listener: () => void): void;
  /** The most requests of one session that were ever in flight together. */
  mostInFlight(): number;
}

const words = {
  serviceStartTime: null,
  serviceFinishTime: null,
  clientId: null,
  sequenceNumber: null,
};

/** One way for the server (or the network) to bring each outcome about. */
export const END_FOR: Readonly<Record<Outcome, Meaning<CallEnd>>> = {
  ended: { kind: 'success', status: 200, words },
  'already-over': { kind: 'exception', status: 403, code: null, message: 'Unknown session.' },
  refused: { kind: 'system-error', status: 200, code: 'BUSY', message: 'There are chats.', words },
  'not-found': { kind: 'exception', status: 404, code: null, message: 'No such site.' },
  'server-error': { kind: 'exception', status: 503, code: null, message: 'Unavailable.' },
  unreachable: { kind: 'no-reply', fault: 'connection-refused', message: 'Nothing listens there.' },
  'timed-out': { kind: 'timed-out', message: 'The server did not answer in time.' },
  unconfirmed: {
    kind: 'unconfirmed',
    status: 200,
    code: null,
    message: 'Sign in.',
    answeredBy: { kind: 'sign-in', name: null },
  },
};

/** The answer that brings this outcome about. */
export function answer(outcome: Outcome, afterMs = 20): Answer {
  return { afterMs, end: END_FOR[outcome] };
}

/** Stands for the chat API and the server behind it; unless scripted otherwise, it ends everything. */
export function createScriptedServer(clock: Clock): ScriptedServer {
  const sent: Sent[] = [];
  const exchanges: Exchange[] = [];
  const inFlight = new Map<string, number>();
  const endListeners: (() => void)[] = [];
  let mostInFlight = 0;
  let script: (request: Sent, nth: number) => Answer = () => answer('ended');

  const count = (heldId: string, by: 1 | -1): void => {
    const now = (inFlight.get(heldId) ?? 0) + by;
    inFlight.set(heldId, now);
    mostInFlight = Math.max(mostInFlight, now);
  };

  const sentOf = (heldId: string): Sent[] => sent.filter((request) => request.heldId === heldId);

  const exchange = (session: HeldSession, request: Sent, signal: AbortSignal): Promise<CallEnd> =>
    new Promise((resolve) => {
      const started = clock.now();
      const settle = (end: Meaning<CallEnd>, received: number | null): void => {
        count(session.id, -1);
        exchanges.push({ request, endedAt: clock.monotonic(), end });
        resolve({ ...end, reply: null, proxy: null, times: times(started, received, clock.now()) });
        for (const listener of endListeners) listener();
      };
      const giveUp = (): void => settle(END_FOR['timed-out'], null);
      const reply = script(request, sentOf(session.id).length);
      if (signal.aborted) {
        giveUp();
        return;
      }
      signal.addEventListener('abort', giveUp, { once: true });
      if (reply === 'never') return;
      const cancel = clock.after(reply.afterMs, () => {
        signal.removeEventListener('abort', giveUp);
        settle(reply.end, clock.now());
      });
      signal.addEventListener('abort', cancel, { once: true });
    });

  return {
    endSession(session, request, signal) {
      const { id: heldId, pool } = session;
      const out: Sent = { heldId, pool, at: clock.monotonic(), ...request };
      sent.push(out);
      count(session.id, 1);
      return exchange(session, out, signal);
    },
    sent,
    sentOf,
    exchanges,
    answerWith(next) {
      script = next;
    },
    onEnd: (listener) => void endListeners.push(listener),
    mostInFlight: () => mostInFlight,
  };
}

function times(started: number, received: number | null, finished: number): CallEnd['times'] {
  const total = finished - started;
  const phases = {
    wait: 0,
    dns: null,
    tcp: null,
    tls: null,
    request: 0,
    firstByte: total,
    download: 0,
    total,
  };
  return { started, sent: started, received, finished, phases };
}
