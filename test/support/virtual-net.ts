import type { CallEnd, RawReply } from '../../main/chat/call-end.ts';
import {
  type Ending,
  endOfAnswer,
  endOfOversized,
  endTimedOut,
  endWithFault,
  type OwnFault,
} from '../../main/chat/ending.ts';
import { rawReply } from '../../main/chat/raw-reply.ts';
import {
  ATTEMPT_LIMIT_MS,
  type Call,
  headersOf,
  REPLY_LIMIT_BYTES,
  type Transport,
} from '../../main/chat/transport.ts';
import type { Clock } from '../../main/common/clock.ts';
import type { Connection } from '../../simulator/connection.ts';
import { createPracticeCore, type PracticeCore } from '../../simulator/practice-core.ts';
import type { PracticeServer, PracticeServerOptions } from '../../simulator/practice-server.ts';

/** Why nobody can be spoken to at an address. */
export interface Unreachable {
  readonly fault: OwnFault;
  /** Node's code for it. */
  readonly code: string;
}

/**
 * A network in memory, on a handed-in clock. The practice server is the real one; the transport does with
 * each fault what the real one does, which `chat-replies.test.ts` holds it to.
 */
export interface VirtualNet {
  readonly transport: Transport;
  /** Starts a practice server at this origin, or at one of its own. */
  listen(options?: PracticeServerOptions, url?: string): PracticeServer;
  /** An origin, one of its own where none is given, where nobody can be spoken to until somebody listens there. */
  nobody(why: Unreachable, url?: string): string;
}

/** What a packet takes. */
const LATENCY_MS = 1;

export function createVirtualNet(clock: Clock): VirtualNet {
  const places = new Map<string, PracticeCore | Unreachable>();
  let lastPort = 40_000;
  const newUrl = (): string => `http://127.0.0.1:${(lastPort += 1)}`;

  return {
    transport: (call, signal) =>
      new Promise((resolve) => {
        sendOnce(call, signal, { clock, placeAt: (origin) => places.get(origin), resolve });
      }),
    listen(options = {}, url = newUrl()) {
      const core = createPracticeCore(options, { clock, url: () => url });
      places.set(url, core);
      return {
        ...core.practice,
        url,
        async close() {
          core.close();
          places.set(url, { fault: 'connection-refused', code: 'ECONNREFUSED' });
        },
      };
    },
    nobody(why, url = newUrl()) {
      places.set(url, why);
      return url;
    },
  };
}

/** Sends a call, and hands its end to `resolve`. */
function sendOnce(
  call: Call,
  signal: AbortSignal,
  {
    clock,
    placeAt,
    resolve,
  }: {
    clock: Clock;
    placeAt: (origin: string) => PracticeCore | Unreachable | undefined;
    resolve: (end: CallEnd) => void;
  },
): void {
  const started = clock.now();
  const gone = new AbortController();
  let sent: number | null = null;
  let received: number | null = null;

  const end = (ending: Ending, reply: RawReply | null = null): void => {
    if (gone.signal.aborted) return;
    gone.abort();
    cancelLimit();
    signal.removeEventListener('abort', giveUp);
    const finished = clock.now();
    const total = finished - started;
    const phases = { wait: 0, dns: null, tcp: 0, tls: null, request: 0, download: 0, total };
    const times = { started, sent, received, finished, phases: { ...phases, firstByte: total } };
    resolve({ ...ending, times, reply, proxy: null });
  };
  const giveUp = (): void => end(endTimedOut(call.url));
  const cancelLimit = clock.after(call.withinMs ?? ATTEMPT_LIMIT_MS, giveUp);
  if (signal.aborted) {
    giveUp();
    return;
  }
  signal.addEventListener('abort', giveUp, { once: true });

  clock.after(LATENCY_MS, () => {
    if (gone.signal.aborted) return;
    const place = placeAt(call.url.origin) ?? NO_SUCH_NAME;
    if ('fault' in place) {
      end(endWithFault(place.fault, place.code, call.url));
      return;
    }
    sent = clock.now();
    place.handle(requestOf(call), connect()).catch((error: unknown) => {
      // What its server does no more when it is closed ends nobody's wait.
      if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
    });
  });

  /** The server's end of it. */
  const connect = (): Connection => {
    let answered: () => void = () => undefined;
    let head: { status: number; headers: Record<string, string> } | null = null;
    const body: Buffer[] = [];
    let bytes = 0;
    const hear = (): void => {
      if (head === null || gone.signal.aborted) return;
      received = clock.now();
      const text = Buffer.concat(body).toString('utf8');
      const answer = { ...head, body: text, reply: call.readReply(text) };
      const reply = rawReply(head.status, text, ...call.secrets);
      end(endOfAnswer(answer, call), reply);
    };
    const connection: Connection = {
      gone: gone.signal,
      answer(reply) {
        connection.begin(reply, 0);
        body.push(Buffer.from(reply.body));
        connection.end();
      },
      begin({ status, headers }) {
        const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
        head = { status, headers: Object.fromEntries(named) };
      },
      async write(part) {
        body.push(part);
        bytes += part.length;
        if (head === null || bytes <= REPLY_LIMIT_BYTES) return;
        end(endOfOversized(head.status), { status: head.status, body: '', cut: true });
      },
      end() {
        if (gone.signal.aborted) return;
        answered();
        clock.after(LATENCY_MS, hear);
      },
      reset() {
        clock.after(LATENCY_MS, () => {
          end(endWithFault('connection-broken', 'ECONNRESET', call.url));
        });
      },
      onAnswered(run) {
        answered = run;
      },
    };
    return connection;
  };
}

const NO_SUCH_NAME: Unreachable = { fault: 'name-not-found', code: 'ENOTFOUND' };

function requestOf(call: Call) {
  const headers = Object.entries(headersOf(call));
  return {
    method: call.method,
    target: `${call.url.pathname}${call.url.search}`,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), [value]])),
    httpVersion: '1.1',
    rawHeaders: headers.flat(),
    body: Buffer.from(call.body ?? ''),
  };
}
