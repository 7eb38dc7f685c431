import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import path from 'node:path';
import type { SecureVersion, TLSSocket } from 'node:tls';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { NetworkSettings } from '../../../main/chat/network.ts';
import { logoffAt } from '../../support/chat-calls.ts';
import { logoffTwice } from '../../support/logoff-twice.ts';
import { networkWith, NOTHING_SET, transportOver } from '../../support/network.ts';
import { type Identity, NAME, type PrivateCa, privateCa } from '../../support/private-ca.ts';
import { startProxy } from '../../support/proxy.ts';
import { MEMORY, tempFolder } from '../../support/temp-folder.ts';

// Made once: openssl takes a busy machine a while.
let ca: PrivateCa;
let identity: Identity;
beforeAll(() => {
  const folder = mkdtempSync(path.join(MEMORY, 'signoff-ca-'));
  ca = privateCa(folder);
  identity = ca.issue();
  return () => rmSync(folder, { recursive: true });
});

/** A server that tells of each connection whether it resumed a TLS session; it keeps `hang` unanswered. */
async function startServer(version: SecureVersion = 'TLSv1.3', host = '127.0.0.1') {
  const resumed: boolean[] = [];
  let asked = Promise.withResolvers<void>();
  const server = createServer(
    { ...identity, minVersion: version, maxVersion: version },
    (request, response) => {
      asked.resolve();
      asked = Promise.withResolvers();
      if (request.url?.includes('/hang/') !== true) response.end('{"chatLogoffResult":{}}');
    },
  );
  server.on('secureConnection', (socket: TLSSocket) => resumed.push(socket.isSessionReused()));
  server.on('tlsClientError', () => undefined);
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  const { port } = address;
  return {
    port,
    resumed,
    url: `https://127.0.0.1:${port}`,
    named: `https://${NAME}:${port}`,
    nextRequest: () => asked.promise,
  };
}

const here = async () => [{ address: '127.0.0.1', family: 4 }];

describe.for(['TLSv1.2', 'TLSv1.3'] as const)('a TLS session of %s', (version) => {
  test('is resumed by the next request', async () => {
    const server = await startServer(version);
    const transport = transportOver(networkWith({ extraCaCertificates: ca.file }));
    for (const _ of [1, 2, 3]) {
      expect(await logoffAt(server.url, { transport })).toMatchObject({ kind: 'success' });
    }
    expect(server.resumed).toEqual([false, true, true]);
  });

  test('is resumed through a proxy as well, and by a name', async () => {
    const server = await startServer(version);
    const proxy = await startProxy();
    const network = networkWith({ proxy: `http://${proxy.host}`, extraCaCertificates: ca.file });
    const transport = transportOver(network);
    for (const _ of [1, 2, 3]) {
      expect(await logoffAt(server.named, { transport })).toMatchObject({ kind: 'success' });
    }
    expect(server.resumed).toEqual([false, true, true]);
  });

  test.for(['direct', 'proxied'] as const)(
    'outlasts a request that is given up, as an open poll is (%s)',
    async (way) => {
      const server = await startServer(version);
      const proxy = way === 'direct' ? 'direct' : `http://${(await startProxy()).host}`;
      const network = networkWith({ proxy, extraCaCertificates: ca.file }, { resolveName: here });
      const transport = transportOver(network);
      await logoffAt(server.named, { transport });
      const giveUp = new AbortController();
      const open = logoffAt(server.named, {
        transport,
        fqSiteName: 'hang',
        signal: giveUp.signal,
      });
      await server.nextRequest();
      giveUp.abort();
      expect(await open).toMatchObject({ kind: 'timed-out' });
      expect(await logoffAt(server.named, { transport })).toMatchObject({ kind: 'success' });
      expect(server.resumed).toEqual([false, true, true]);
    },
  );

  test.for(['direct', 'proxied'] as const)(
    'is not resumed with other certificates (%s)',
    async (way) => {
      const server = await startServer(version);
      const proxy = way === 'direct' ? 'direct' : `http://${(await startProxy()).host}`;
      let settings: NetworkSettings = { ...NOTHING_SET, proxy, extraCaCertificates: ca.file };
      const network = networkWith(() => settings, { resolveName: here });
      const logoff = () => logoffAt(server.named, { transport: transportOver(network) });
      await logoff();
      settings = { ...settings, extraCaCertificates: privateCa().file };
      expect(await logoff()).toMatchObject({ kind: 'no-reply', fault: 'certificate-rejected' });
      settings = { ...settings, extraCaCertificates: ca.file, clientCertificate: identity.file };
      expect(await logoff()).toMatchObject({ kind: 'success' });
      expect(server.resumed.filter(Boolean)).toEqual([]);
    },
  );

  test('is not resumed with the same file, written anew', async () => {
    const server = await startServer(version);
    const file = path.join(tempFolder(), 'extra.pem');
    copyFileSync(ca.file, file);
    utimesSync(file, 1, 1);
    const transport = transportOver(networkWith({ extraCaCertificates: file }));
    await logoffAt(server.url, { transport });
    utimesSync(file, 2, 2);
    await logoffAt(server.url, { transport });
    expect(server.resumed).toEqual([false, false]);
  });
});

test('the address of a server is looked up once for all its requests', async () => {
  const server = await startServer();
  const asked: string[] = [];
  const resolveName = (name: string) => {
    asked.push(name);
    return here();
  };
  const network = networkWith({ extraCaCertificates: ca.file }, { resolveName });
  const logoff = () => logoffAt(server.named, { transport: transportOver(network) });
  expect((await Promise.all([logoff(), logoff()])).map(({ kind }) => kind)).toEqual([
    'success',
    'success',
  ]);
  expect(await logoff()).toMatchObject({ kind: 'success' });
  expect(asked).toEqual([NAME]);
});

test('an address at which another server answers is not kept', async () => {
  const server = await startServer();
  const asked: string[] = [];
  const resolveName = (name: string) => {
    asked.push(name);
    return here();
  };
  const stranger = server.url.replace('127.0.0.1', 'stranger.example.test');
  const network = networkWith({ extraCaCertificates: ca.file }, { resolveName });
  for (const _ of [1, 2]) {
    const end = await logoffAt(stranger, { transport: transportOver(network) });
    expect(end).toMatchObject({ fault: 'certificate-rejected' });
  }
  expect(asked).toEqual(['stranger.example.test', 'stranger.example.test']);
});

/** Listens on that port of 127.0.0.1 and takes no connection: the system lets two wait, and answers no other. */
async function startBlackHole(port: number): Promise<void> {
  const code = `require('node:net').createServer().listen({ port: ${port}, host: '127.0.0.1', backlog: 1 }, () => {
    process.stdout.write('listening');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;
  const hole = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void hole.kill('SIGKILL'));
  await once(hole.stdout, 'data');
  for (const _ of [1, 2]) {
    const waiting = connect(port, '127.0.0.1');
    waiting.on('error', () => undefined);
    onTestFinished(() => void waiting.destroy());
    await once(waiting, 'connect');
  }
}

test.runIf(process.platform === 'linux')(
  'B1: an address has a second to answer; the one that was reached comes first from then on',
  async () => {
    const server = await startServer('TLSv1.3', '127.0.0.2');
    await startBlackHole(server.port);
    const [first, second] = await logoffTwice(server.named, {
      ca: ca.file,
      addresses: ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 })),
    });
    expect([first.kind, second.kind]).toEqual(['success', 'success']);
    expect([first.addresses, second.addresses]).toEqual([
      { tried: ['127.0.0.1', '127.0.0.2'], connectedTo: '127.0.0.2' },
      { tried: ['127.0.0.2'], connectedTo: '127.0.0.2' },
    ]);
    expect(first.times.phases.tcp).toBeGreaterThanOrEqual(990);
    expect(second.times.phases.tcp).toBeLessThan(900);
  },
);
