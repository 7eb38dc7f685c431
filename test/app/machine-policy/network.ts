import { readFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { PracticeServer } from '../../../simulator/practice-server.ts';
import { servePac } from '../../support/pac.ts';
import { NAME, privateCa } from '../../support/private-ca.ts';
import { startProxy } from '../../support/proxy.ts';
import {
  agentSession,
  askToSignOff,
  hold,
  newDataDir,
  newServer,
  signoff,
  startSignoff,
} from '../signoff.ts';
import {
  layDownPolicy,
  MAY_LAY_DOWN_POLICY,
  openPolicyFolder,
  TAKES_THE_MACHINE,
} from './policy-file.ts';

/** A chat server that only a proxy finds, with a certificate of an authority that IT has laid down. */
async function remoteServer(): Promise<PracticeServer> {
  const ca = privateCa();
  const server = await newServer({ tls: ca.issue() });
  openPolicyFolder();
  layDownPolicy({ extraCaCertificates: ca.file });
  return { ...server, url: server.url.replace('127.0.0.1', NAME) };
}

describe.runIf(MAY_LAY_DOWN_POLICY)('behind the system’s proxy', TAKES_THE_MACHINE, () => {
  test('a PAC script says by which proxy a session is ended, and the receipt names it', async () => {
    const server = await remoteServer();
    const proxy = await startProxy();
    const pac = await servePac(`PROXY ${proxy.host}`);
    const dataDir = await newDataDir();
    await startSignoff(dataDir, { env: { auto_proxy: pac.url } });
    await hold(dataDir, agentSession(server, 'front'));

    const receipts = await askToSignOff(dataDir);

    expect(receipts).toMatchObject([{ outcome: 'ended', proxy: proxy.host }]);
    expect(proxy.asked).toContain(`CONNECT ${new URL(server.url).host}`);
    expect(server.received.map(({ call, status }) => [call, status])).toEqual([['logoff', 200]]);
    expect(pac.fetched()).toBeGreaterThan(0);
  });

  test('of what a PAC script names, the next is taken where one cannot be reached', async () => {
    const server = await remoteServer();
    const gone = await startProxy();
    await gone.stop();
    const proxy = await startProxy();
    const pac = await servePac(`PROXY ${gone.host}; PROXY ${proxy.host}`);
    const dataDir = await newDataDir();
    await startSignoff(dataDir, { env: { auto_proxy: pac.url } });
    await hold(dataDir, agentSession(server, 'front'));
    const receipts = await askToSignOff(dataDir);
    expect(receipts).toMatchObject([{ outcome: 'ended', proxy: proxy.host }]);
  });

  test('diagnostics name the proxies that the running app goes by, and trust whom it trusts', async () => {
    const server = await remoteServer();
    const proxy = await startProxy();
    const pac = await servePac(`PROXY ${proxy.host}; DIRECT`);
    const dataDir = await newDataDir();
    await startSignoff(dataDir, { env: { auto_proxy: pac.url } });
    await hold(dataDir, agentSession(server, 'front'));
    const zip = path.join(dataDir, 'help.zip');
    expect((await signoff(dataDir, ['diagnostics', zip])).code).toBe(0);
    const files = unzipSync(readFileSync(zip));
    expect(JSON.parse(strFromU8(files['connectivity.json'] ?? new Uint8Array()))).toMatchObject({
      problems: [],
      servers: [{ server: server.url, proxies: [proxy.host, 'none'] }],
      chatServers: [{ server: server.url, check: { ok: true } }],
    });
  });
});
