import { openSignoff } from '../../scripts/signoff-window.ts';
import { type PracticeServer, startPracticeServer } from '../../simulator/practice-server.ts';
import { ended } from '../support/ended.ts';
import { makeWindowsBuild } from '../support/windows-build.ts';
import { command, withDataDir } from './apps.ts';
import { startFarRelay } from './far-relay.ts';
import type { Bench, Row } from './figure.ts';
import { now } from './now.ts';
import { hold } from './sessions.ts';
import { arrival, byCurl } from './signal-to-request.ts';
import { withThrowawayCa } from './throwaway-ca.ts';

const ROUND_TRIPS_MS = [0, 50, 300];

/**
 * From Windows' question whether its session may end, in the app's handler, to the server having the whole forced
 * logoff, over TLS: beside curl's way to the same. The app has spoken to the server before, as one that keeps an
 * agent present has all the time.
 */
export async function sessionEnd(bench: Bench): Promise<Row[]> {
  return withDataDir((folder) =>
    withThrowawayCa(async ({ caFile, key, cert }) => {
      makeWindowsBuild(folder);
      const rows: Row[] = [];
      for (const roundTripMs of ROUND_TRIPS_MS) {
        const server = await startPracticeServer({ tls: { key, cert } });
        const relay = await startFarRelay(Number(new URL(server.url).port), roundTripMs);
        const url = roundTripMs === 0 ? server.url : `https://127.0.0.1:${relay.port}`;
        try {
          rows.push(await measure(bench, { server, url, folder, caFile, roundTripMs }));
        } finally {
          await relay.close();
          await server.close();
        }
      }
      return rows;
    }),
  );
}

interface Parts {
  readonly server: PracticeServer;
  /** The way to it. */
  readonly url: string;
  /** Of an app that listens to Windows. */
  readonly folder: string;
  readonly caFile: string;
  readonly roundTripMs: number;
}

async function measure(bench: Bench, parts: Parts): Promise<Row> {
  const { server, url, caFile, roundTripMs } = parts;
  const curl = ['--cacert', caFile];
  const measured: number[] = [];
  const baselineMeasured: number[] = [];
  await byCurl(server, 'node0warmup', curl, url);
  for (let round = 0; round < bench.rounds; round += 1) {
    measured.push(await bySignoff(bench, `node0signoff${round}`, parts));
    baselineMeasured.push(await byCurl(server, `node0curl${round}`, curl, url));
  }
  const far = roundTripMs === 0 ? '' : `, round trip ${roundTripMs} ms`;
  return {
    figure: `Windows' session end, from the handler to the server having the whole forced logoff, over TLS${far}`,
    baseline: `starting curl to the same, over TLS${far}`,
    unit: 'ms',
    measured,
    baselineMeasured,
    // What the round trips take is the same for both.
    aim: { kind: 'ratio', most: roundTripMs === 0 ? 0.5 : 1 },
  };
}

async function bySignoff({ desktop }: Bench, sessionId: string, parts: Parts): Promise<number> {
  const { server, url, folder, caFile } = parts;
  return withDataDir(async (dataDir) => {
    const env = { ...desktop.env, NODE_EXTRA_CA_CERTS: caFile };
    const { app, child } = await openSignoff({ ...desktop, dataDir, folder, env });
    try {
      await hold(dataDir, server, `${sessionId}before`, url);
      await command(dataDir, { command: 'sign-off', ids: 'all', force: true, budgetMs: null });
      await hold(dataDir, server, sessionId, url);
      const entered = await app.evaluate(({ BaseWindow, BrowserWindow }) => {
        const hidden = BaseWindow.getAllWindows().find((one) => !(one instanceof BrowserWindow));
        const at = process.hrtime.bigint();
        hidden?.emit('query-session-end', { reasons: ['shutdown'] });
        return String(at);
      });
      const fromHere = Number(process.hrtime.bigint()) / 1e6 - now();
      return (await arrival(server, sessionId)) - (Number(entered) / 1e6 - fromHere);
    } finally {
      await ended(child);
    }
  });
}
