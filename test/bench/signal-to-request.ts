import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { type RunOptions, runSignoff, startSignoff } from '../../scripts/signoff.ts';
import { type PracticeServer, startPracticeServer } from '../../simulator/practice-server.ts';

type Desktop = Pick<RunOptions, 'env' | 'electronArgs'>;

const session = { fqSiteName: 'day001_221100_sql_001h', accountId: '12', pool: '297:1' };

/**
 * Milliseconds from SIGTERM to the practice server having the whole forced logoff, beside those from
 * starting `curl` to the same, in turns so that a busy machine weighs on both alike.
 */
export async function signalToRequest(
  rounds: number,
  desktop: Desktop,
): Promise<{ signoff: number[]; curl: number[] }> {
  const server = await startPracticeServer();
  const signoff: number[] = [];
  const curl: number[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      signoff.push(await bySignoff(server, desktop, `node0signoff${round}`));
      curl.push(await byCurl(server, `node0curl${round}`));
    }
  } finally {
    await server.close();
  }
  return { signoff, curl };
}

async function bySignoff(
  server: PracticeServer,
  desktop: Desktop,
  sessionId: string,
): Promise<number> {
  server.addAgent({ ...session, sessionId });
  const dataDir = await mkdtemp(path.join(tmpdir(), 'signoff-bench-'));
  try {
    const app = startSignoff(['--hidden'], { dataDir, ...desktop });
    await app.ready;
    const stdin = JSON.stringify({ kind: 'agent', server: server.url, ...session, sessionId });
    await runSignoff(['hold'], { dataDir, ...desktop, stdin });
    const before = now();
    app.child.kill('SIGTERM');
    const { monotonicMs } = await server.waitForRequest(
      (request) => request.sessionId === sessionId,
    );
    await app.exited;
    return monotonicMs - before;
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function byCurl(server: PracticeServer, sessionId: string): Promise<number> {
  server.addAgent({ ...session, sessionId });
  const url = `${server.url}/engagement/api/agent/${session.fqSiteName}/v1/logoff?pool=${session.pool}`;
  const headers = [
    'Content-Type: application/json; charset=UTF-8',
    `X-AID: ${session.accountId}`,
    `X-JSESSIONID: ${sessionId}`,
  ].flatMap((header) => ['-H', header]);
  const body = `{ "timeCreated" : ${Date.now()}, "sequenceNumber" : 1, "forceLogoff" : true }`;
  const before = now();
  const child = spawn('curl', ['-s', '-X', 'POST', url, ...headers, '-d', body], {
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  const { monotonicMs } = await server.waitForRequest((request) => request.sessionId === sessionId);
  await exited;
  return monotonicMs - before;
}

/** On the practice server's clock, which is this process's own. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
