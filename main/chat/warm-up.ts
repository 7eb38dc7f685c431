import { Agent } from 'node:http';
import { Duplex } from 'node:stream';
import { logoff } from './agent-api.ts';
import { createTransport } from './transport.ts';
import { directRoute } from './route.ts';

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

/**
 * Makes a logoff over an in-memory connection, without a network: the first request of a process costs some
 * 20 ms of compiling, which a real one is spared.
 */
export async function warmUpLogoff(): Promise<void> {
  const agent = new InMemoryAgent({ keepAlive: false });
  await logoff(
    createTransport({ userAgent: 'warm-up', routes: async () => [directRoute({ http: agent })] }),
    {
      address: { server: 'http://127.0.0.1', fqSiteName: 'warm-up', pool: '1:1' },
      accountId: '1',
      sessionId: 'warm-up',
      forceLogoff: true,
      sequenceNumber: 1n,
      timeCreated: Date.now(),
    },
    AbortSignal.timeout(1_000),
  );
}

class InMemoryAgent extends Agent {
  override createConnection(): Duplex {
    let answered = false;
    return new Duplex({
      read: () => undefined,
      write(_chunk, _encoding, done) {
        done();
        if (answered) return;
        answered = true;
        this.push(ANSWER);
      },
    });
  }
}
