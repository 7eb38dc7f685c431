import { createServer } from 'node:http';
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { LOGOFF, newSignoff, SHUTDOWN } from './signoff.ts';
import { NODE, newWindows } from './wine.ts';

/** An HTTP server that counts. */
async function newServer(): Promise<{ url: string; requests: () => number }> {
  let requests = 0;
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      requests += 1;
      response.end('{}');
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}/`, requests: () => requests };
}

test.for([
  ['a shutdown', SHUTDOWN],
  ['a logoff', LOGOFF],
] as const)(
  'a worker’s request is answered within the very call in which Windows asks, at %s',
  async ([, flags]) => {
    const server = await newServer();
    const windows = newWindows();
    const { endSession } = await newSignoff(windows);
    const program = windows.start([NODE, 'test/windows/waits-for-worker.ts', server.url]);
    onTestFinished(() => program.kill());
    await vi.waitFor(() => expect(program.log()).toContain('ready'), { timeout: 40_000 });

    const [answer] = await endSession(flags);
    // The process ended at the second message, on the spot.
    const { err } = await program.exited;
    expect(answer).toMatchObject({ answered: true, answer: 1 });
    expect(server.requests()).toBe(1);
    expect(err.trim().split('\n')).toEqual(['ready', `asked with ${flags}: 200`, 'told']);
    expect(answer?.ms).toBeLessThan(5_000);
  },
);
