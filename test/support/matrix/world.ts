import type { Transport } from '../../../main/chat/transport.ts';
import { type Clock, systemClock } from '../../../main/common/clock.ts';
import {
  type PracticeServer,
  type PracticeServerOptions,
  startPracticeServer,
} from '../../../simulator/practice-server.ts';
import { createFakeClock, type FakeClock } from '../fake-clock.ts';
import { transportOver } from '../network.ts';
import { createVirtualNet, type Unreachable } from '../virtual-net.ts';
import type { Absence } from './faults.ts';
import { type Nobody, realNobody } from './nobody.ts';

/** Where a cell is played: on virtual time and a network in memory, or on real time and real sockets. */
export interface World {
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly transport: Transport;
  listen(options?: PracticeServerOptions): Promise<PracticeServer>;
  /** An origin where nobody can be spoken to, for this reason. */
  nobody(why: Absence): Promise<Nobody>;
  /** Lets so much time pass. */
  wait(ms: number): Promise<void>;
  /** Lets time pass until `promise` resolves, which takes less than a minute. */
  until<T>(promise: Promise<T>): Promise<T>;
  /** No time passes before this work is done, where time is virtual. */
  readonly beside: <T>(work: Promise<T>) => Promise<T>;
  /** Resolves when what was given up while it was on its way has arrived. */
  quiet(): Promise<void>;
  /** What an answer takes to be heard, in milliseconds. */
  readonly hearingMs: number;
  /** What the machine may be late, in milliseconds. */
  readonly slackMs: number;
}

const UNREACHABLE = {
  'no-name': { fault: 'name-not-found', code: 'ENOTFOUND' },
  refused: { fault: 'connection-refused', code: 'ECONNREFUSED' },
  'wrong-certificate': { fault: 'certificate-rejected', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
} as const satisfies Record<Absence, Unreachable>;

/** Time passes only while something waits for it; all comes out alike each time. */
export function virtualWorld(): World & Pick<FakeClock, 'setWallClock'> {
  const work = new Set<Promise<unknown>>();
  const clock = createFakeClock(() => (work.size === 0 ? null : Promise.all(work)));
  const net = createVirtualNet(clock);
  return {
    clock,
    random: () => 0.5,
    transport: net.transport,
    listen: async (options) => net.listen(options),
    async nobody(why) {
      const url = net.nobody(UNREACHABLE[why]);
      return {
        url,
        received: [],
        appear: async () => net.listen({}, url),
        close: async () => undefined,
      };
    },
    wait: clock.advance,
    until: (promise) => clock.until(promise, 60_000),
    quiet: clock.settle,
    setWallClock: clock.setWallClock,
    beside(promise) {
      const settled = Promise.allSettled([promise]);
      work.add(settled);
      void settled.then(() => work.delete(settled));
      return promise;
    },
    hearingMs: 2,
    slackMs: 0,
  };
}

/** `slackMs` is what may be said to be the machine's fault. */
export function realWorld(slackMs: number): World {
  return {
    clock: systemClock,
    random: Math.random,
    transport: transportOver(),
    listen: startPracticeServer,
    nobody: realNobody,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    until: (promise) => promise,
    quiet: () => new Promise((resolve) => setTimeout(resolve, 1_000)),
    beside: (promise) => promise,
    hearingMs: 200 + slackMs,
    slackMs,
  };
}
