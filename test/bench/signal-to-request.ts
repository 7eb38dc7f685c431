import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type PracticeServer, startPracticeServer } from '../../simulator/practice-server.ts';
import { withApp, withDataDir } from './apps.ts';
import type { Bench, Row } from './figure.ts';
import { now } from './now.ts';
import { addSession, curlArguments, hold } from './sessions.ts';
import { withThrowawayCa } from './throwaway-ca.ts';

/** From SIGTERM to the server having the whole forced logoff, beside curl's way to the same. */
export async function signalToRequest(bench: Bench): Promise<Row[]> {
  const server = await startPracticeServer();
  const rows = await measure(bench, { server, label: '', env: {}, curl: [] });
  return rows;
}

/** The same over TLS, with the certificate verified by both. */
export async function signalToRequestOverTls(bench: Bench): Promise<Row[]> {
  return withThrowawayCa(async ({ caFile, key, cert }) => {
    const server = await startPracticeServer({ tls: { key, cert } });
    const env = { NODE_EXTRA_CA_CERTS: caFile };
    return measure(bench, { server, label: ', over TLS', env, curl: ['--cacert', caFile] });
  });
}

async function measure(
  { rounds, desktop }: Bench,
  parts: { server: PracticeServer; label: string; env: NodeJS.ProcessEnv; curl: string[] },
): Promise<Row[]> {
  const { server, label, curl } = parts;
  const env = { ...desktop.env, ...parts.env };
  const measured: number[] = [];
  const baselineMeasured: number[] = [];
  try {
    await byCurl(server, 'node0warmup', curl);
    for (let round = 0; round < rounds; round += 1) {
      measured.push(await bySignoff(server, `node0signoff${round}`, { ...desktop, env }));
      baselineMeasured.push(await byCurl(server, `node0curl${round}`, curl));
    }
  } finally {
    await server.close();
  }
  return [
    {
      figure: `SIGTERM to the server having the whole forced logoff${label}`,
      baseline: `starting curl to the same${label}`,
      unit: 'ms',
      measured,
      baselineMeasured,
      aim: { kind: 'ratio', most: 1 },
    },
  ];
}

async function bySignoff(
  server: PracticeServer,
  sessionId: string,
  desktop: Bench['desktop'],
): Promise<number> {
  return withDataDir((dataDir) =>
    withApp('signoff', { dataDir, ...desktop }, async (app) => {
      await hold(dataDir, server, sessionId);
      const before = now();
      app.child.kill('SIGTERM');
      return (await arrival(server, sessionId)) - before;
    }),
  );
}

/** `url`: the way to the server. */
export async function byCurl(
  server: PracticeServer,
  sessionId: string,
  extra: readonly string[],
  url = server.url,
): Promise<number> {
  addSession(server, sessionId);
  const args = [...extra, ...curlArguments(url, sessionId)];
  const before = now();
  const child = spawn('curl', args, { stdio: 'ignore' });
  const exited = once(child, 'exit');
  const took = (await arrival(server, sessionId)) - before;
  await exited;
  return took;
}

/** When the server has the whole forced logoff of that session, on the clock of `now`. */
export async function arrival(server: PracticeServer, sessionId: string): Promise<number> {
  const request = await server.waitForRequest(
    (received) => received.sessionId === sessionId && received.forced === true,
  );
  return request.monotonicMs;
}
