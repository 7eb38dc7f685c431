import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from 'node:worker_threads';
import { type CallEnd, codeOf, endByOwnFault, type FailedCallEnd } from '../chat/call-end.ts';
import type { ChatCalls } from '../chat/chat-calls.ts';
import type { NetworkSettings } from '../chat/network.ts';
import type { Clock } from '../common/clock.ts';
import { errorText } from '../common/log.ts';
import {
  receiptOfInterruption,
  type SignOff,
  type SignOffListener,
  type StartSignOff,
  strongerOf,
} from '../signoff/sign-off.ts';
import type { CallName, FromThread, ThreadData, ToThread } from './messages.ts';

/** The thread that speaks to chat servers and signs sessions off, as the main thread sees it. */
export interface ChatThread {
  readonly calls: ChatCalls;
  readonly startSignOff: StartSignOff;
  /** Starts it and makes a logoff in memory, so that the first real one is fast. */
  warmUp(): void;
  /** Prepares proxies and certificates for these servers, and forgets others. */
  prepare(servers: readonly string[]): void;
  /**
   * Blocks the main thread until `isDone`, at most `ms` milliseconds, while the thread goes on: what it tells
   * meanwhile is acted on. For when the event loop will not turn again.
   */
  waitFor(isDone: () => boolean, ms: number): void;
}

export interface ChatThreadParts {
  /** The path of the thread's script. */
  readonly script: string;
  readonly userAgent: string;
  /** Read before whatever the thread is told; the same object for as long as nothing has changed. */
  readonly networkSettings: () => NetworkSettings;
  readonly systemProxy: {
    resolve(origin: string): Promise<string>;
    keepReady(origins: readonly string[], onAnswer: (origin: string, answer: string) => void): void;
  };
  /** Called once for each network setting that could not be used, in words. */
  readonly onProblem: (problem: string) => void;
  /** Called with an error of the thread that nothing caught, in words. */
  readonly onFault: (error: string) => void;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** The thread runs from the first thing that it is told. One that has ended by a fault is started anew. */
export function createChatThread(parts: ChatThreadParts): ChatThread {
  const { systemProxy, onProblem, onFault, clock, newId } = parts;
  let thread: ReturnType<typeof startThread> | null = null;
  let toldSettings: NetworkSettings | null = null;
  let ids = 0;
  const calls = new Map<number, (end: unknown) => void>();
  const signOffs = new Map<number, { signOff: SignOff; attempted(): void; on: SignOffListener }>();

  const tell = (message: ToThread): void => {
    thread ??= startThread(parts, { onMessage: act, onEnd: lost });
    const settings = parts.networkSettings();
    if (settings !== toldSettings) {
      // What is handed in may have others beside these.
      const { proxy, extraCaCertificates, clientCertificate } = settings;
      const network = { proxy, extraCaCertificates, clientCertificate };
      thread.post({ kind: 'network', settings: network });
      toldSettings = settings;
    }
    thread.post(message);
  };

  const act = (message: FromThread): void => {
    switch (message.kind) {
      case 'call-ended':
        calls.get(message.id)?.(message.end);
        break;
      case 'attempt':
        signOffs.get(message.id)?.attempted();
        break;
      case 'receipt': {
        const ended = signOffs.get(message.id);
        signOffs.delete(message.id);
        ended?.on.onReceipt(message.receipt);
        break;
      }
      case 'keep-ready':
        systemProxy.keepReady(message.origins, (origin, answer) =>
          tell({ kind: 'known-proxy', origin, answer }),
        );
        break;
      case 'ask-proxy':
        void systemProxy
          .resolve(message.origin)
          .then((answer) => tell({ kind: 'proxy', id: message.id, answer }));
        break;
      case 'problem':
        onProblem(message.problem);
        break;
      case 'fault':
        onFault(message.error);
        break;
    }
  };

  /** Whatever it was asked has an end all the same. */
  const lost = (): void => {
    thread = null;
    toldSettings = null;
    onFault('the thread that signs off has ended');
    for (const { signOff, on } of signOffs.values()) {
      on.onReceipt(receiptOfInterruption(newId(), signOff, clock.now()));
    }
    signOffs.clear();
    for (const end of calls.values()) end(null);
  };

  /**
   * Makes a call, whose end `ifLost` makes where the thread was lost. `take` has it before the turn in which it came
   * is over, also while the main thread blocks; resolves with what it returns.
   */
  const makeCall = async <End, Taken>(
    call: { name: CallName; request: unknown; signal: AbortSignal },
    ifLost: (end: FailedCallEnd) => End,
    take: (end: End) => Taken,
  ): Promise<Taken> => {
    const { name, request, signal } = call;
    const id = (ids += 1);
    const abort = (): void => tell({ kind: 'abort', id });
    const { promise, resolve } = Promise.withResolvers<Taken>();
    calls.set(id, (end) => {
      calls.delete(id);
      signal.removeEventListener('abort', abort);
      // The thread answers a call with what that call gives: `server.ts` has the same `ChatCalls`.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      resolve(take(end === null ? ifLost(interrupted(clock.now())) : (end as End)));
    });
    try {
      tell({ kind: 'call', id, name, request });
    } catch (error) {
      // There is no thread, or no way to tell it of this call.
      onFault(errorText(error));
      calls.get(id)?.(null);
      return promise;
    }
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    return promise;
  };
  const call =
    <End>(name: CallName, ifLost: (end: FailedCallEnd) => End) =>
    (request: unknown, signal: AbortSignal): Promise<End> =>
      makeCall({ name, request, signal }, ifLost, (end) => end);
  const noAnswer = (end: CallEnd) => ({ ok: false, end }) as const;
  const asItIs = (end: CallEnd): CallEnd => end;

  return {
    calls: {
      serviceSettings: call('serviceSettings', noAnswer),
      agentToken: call('agentToken', noAnswer),
      createAgentSession: (request, signal, take) =>
        makeCall({ name: 'createAgentSession', request, signal }, noAnswer, take),
      getMessages: call('getMessages', noAnswer),
      setActivityStatus: call('setActivityStatus', asItIs),
      logoff: call('logoff', asItIs),
      checkAddress: call('checkAddress', unchecked),
    },
    startSignOff(session, firstOrder, on) {
      const id = (ids += 1);
      let order = firstOrder;
      let current = session;
      let attempts = 0;
      const signOff: SignOff = {
        session: () => current,
        order: () => order,
        attempts: () => attempts,
        begin(now) {
          current = now;
          tell({ kind: 'begin', id, session: now });
        },
        join(other) {
          order = strongerOf(order, other);
          tell({ kind: 'join', id, order: other });
        },
      };
      signOffs.set(id, {
        signOff,
        on,
        attempted() {
          attempts += 1;
          on.onAttempt();
        },
      });
      tell({ kind: 'start', id, session, order });
      return signOff;
    },
    warmUp: () => tell({ kind: 'warm-up' }),
    prepare: (servers) => tell({ kind: 'prepare', servers }),
    waitFor(isDone, ms) {
      const until = clock.monotonic() + ms;
      for (;;) {
        const seen = thread?.drain() ?? 0;
        const left = until - clock.monotonic();
        if (isDone() || left <= 0) return;
        thread?.sleep(seen, left);
      }
    },
  };
}

/** Starts the thread. Neither it nor its port keeps the process. */
function startThread(
  { script, userAgent }: ChatThreadParts,
  on: { onMessage: (message: FromThread) => void; onEnd: () => void },
) {
  const { port1: port, port2 } = new MessageChannel();
  const told = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData: ThreadData = { userAgent, port: port2, told: told.buffer };
  const worker = new Worker(script, {
    name: 'signoff-chat',
    workerData,
    transferList: [port2],
    // Not those of this process, such as a debugger's.
    execArgv: [],
  });
  port.on('message', on.onMessage);
  // An `exit` follows.
  worker.on('error', () => undefined);
  worker.on('exit', on.onEnd);
  worker.unref();
  port.unref();
  return {
    post: (message: ToThread) => port.postMessage(message, []),
    /** Acts on all messages that have come, and returns how many the thread had sent before. */
    drain(): number {
      const sent = Atomics.load(told, 0);
      for (const message of received(port)) on.onMessage(message);
      return sent;
    },
    /** Until the thread has sent more messages than these. */
    sleep: (sent: number, ms: number) => void Atomics.wait(told, 0, sent, ms),
  };
}

function* received(port: MessagePort): Generator<FromThread> {
  for (;;) {
    // The thread sends nothing else: `server.ts` posts `FromThread` only.
    const next: { message: FromThread } | undefined = receiveMessageOnPort(port);
    if (next === undefined) return;
    yield next.message;
  }
}

function interrupted(now: number): FailedCallEnd {
  return endByOwnFault('The request was interrupted by a fault of Signoff.', now);
}

/** An address whose check was interrupted. */
function unchecked(end: FailedCallEnd) {
  return { ok: false, wrong: 'unclear', code: codeOf(end), message: end.message } as const;
}
