import {
  type PracticeServer,
  type ReceivedRequest,
  startPracticeServer,
} from '../../../simulator/practice-server.ts';
import { SELF_SIGNED } from '../tls.ts';
import type { Absence } from './faults.ts';

/** An address where nobody can be spoken to. */
export interface Nobody {
  /** The origin. */
  readonly url: string;
  /** What came in all the same. */
  readonly received: readonly ReceivedRequest[];
  /** Somebody is there from now on; only where connections were refused. */
  appear(): Promise<PracticeServer>;
  close(): Promise<void>;
}

/** Such an address on real sockets. */
export async function realNobody(why: Absence): Promise<Nobody> {
  switch (why) {
    case 'no-name':
      return absent('https://signoff-test.invalid', never);
    case 'refused': {
      const port = await freePort();
      return absent(`http://127.0.0.1:${port}`, () => startPracticeServer({ port }));
    }
    case 'wrong-certificate': {
      const server = await startPracticeServer({ tls: SELF_SIGNED });
      return { ...absent(server.url, never), received: server.received, close: server.close };
    }
  }
}

function absent(url: string, appear: Nobody['appear']): Nobody {
  return { url, received: [], appear, close: async () => undefined };
}

function never(): never {
  throw new Error('nobody can ever be spoken to there');
}

let lastPort = 20_000 + (process.pid % 10_000);

/** Below the ports that the system gives out by itself, so that no connection takes it meanwhile. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = (lastPort += 1);
    try {
      const server = await startPracticeServer({ port });
      await server.close();
      return port;
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || port >= 32_000) throw error;
    }
  }
}
