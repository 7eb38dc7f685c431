import { randomUUID } from 'node:crypto';
import { chatCalls } from '../chat/chat-calls.ts';
import { createNetwork, type NetworkSettings } from '../chat/network.ts';
import { systemResolve } from '../chat/server-addresses.ts';
import { createTransport } from '../chat/transport.ts';
import { warmUpLogoff } from '../chat/warm-up.ts';
import { systemClock } from '../common/clock.ts';
import { errorText } from '../common/log.ts';
import { createEndSession } from '../signoff/end-session.ts';
import { type SignOff, startsSignOffs } from '../signoff/sign-off.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';
import { createProxies } from './proxies.ts';

/** Does what the main thread tells this one, and needs nothing else of it while a session is being ended. */
export function serve({ userAgent, port, told }: ThreadData): void {
  const counter = new Int32Array(told);
  const tell = (message: FromThread): void => {
    port.postMessage(message);
    // Wakes the main thread where it blocks until it hears of something.
    Atomics.add(counter, 0, 1);
    Atomics.notify(counter, 0);
  };
  const fault = (error: unknown): void => tell({ kind: 'fault', error: errorText(error) });
  process.on('uncaughtException', fault);

  let settings: NetworkSettings = {
    proxy: 'system',
    extraCaCertificates: '',
    clientCertificate: '',
  };
  const proxies = createProxies(tell);
  const network = createNetwork({
    settings: () => settings,
    systemProxy: proxies.systemProxy,
    resolveName: systemResolve,
    clock: systemClock,
    onProblem: (problem) => tell({ kind: 'problem', problem }),
  });
  const transport = createTransport({ userAgent, routes: network.routes });
  const calls = chatCalls(transport);
  const startSignOff = startsSignOffs({
    endSession: createEndSession(transport),
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
  });
  const underWay = new Map<number, AbortController>();
  const signOffs = new Map<number, SignOff>();

  const call = async ({ id, name, request }: Extract<ToThread, { kind: 'call' }>) => {
    const controller = new AbortController();
    underWay.set(id, controller);
    // The main thread asks with what that call takes: `client.ts` has the same `ChatCalls`.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const make = calls[name] as (...asked: CallParameters) => Promise<unknown>;
    try {
      const end = await make(request, controller.signal, takenThere);
      tell({ kind: 'call-ended', id, end });
    } catch (error) {
      fault(error);
      tell({ kind: 'call-ended', id, end: null });
    } finally {
      underWay.delete(id);
    }
  };

  port.on('message', (message: ToThread) => {
    switch (message.kind) {
      case 'network':
        settings = message.settings;
        break;
      case 'warm-up':
        network.warmUp();
        warmUpLogoff().catch(fault);
        break;
      case 'prepare':
        network.prepare(message.servers).catch(fault);
        break;
      case 'known-proxy':
        proxies.known(message.origin, message.answer);
        break;
      case 'proxy':
        proxies.answered(message.id, message.answer);
        break;
      case 'call':
        void call(message);
        break;
      case 'abort':
        underWay.get(message.id)?.abort();
        break;
      case 'start': {
        const { id, session, order } = message;
        const onReceipt: Parameters<typeof startSignOff>[2]['onReceipt'] = (receipt) => {
          signOffs.delete(id);
          tell({ kind: 'receipt', id, receipt });
        };
        const onAttempt = (): void => tell({ kind: 'attempt', id });
        signOffs.set(id, startSignOff(session, order, { onAttempt, onReceipt }));
        break;
      }
      case 'begin':
        signOffs.get(message.id)?.begin(message.session);
        break;
      case 'join':
        signOffs.get(message.id)?.join(message.order);
        break;
    }
  });
}

/** With what the main thread takes, where the call has it take an answer. */
type CallParameters = readonly [
  request: unknown,
  signal: AbortSignal,
  take: (answer: unknown) => unknown,
];

/** The main thread takes an answer when it has come there. */
const takenThere = (answer: unknown): unknown => answer;
