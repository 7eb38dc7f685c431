import { copyFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CallEnd } from '../../../main/chat/call-end.ts';
import type { NetworkSettings } from '../../../main/chat/network.ts';
import { systemCertificates } from '../../../main/chat/certificates.ts';
import { logoffAt } from '../../support/chat-calls.ts';
import { httpReply, listenRawTls, practise } from '../../support/chat-servers.ts';
import { networkWith, transportOver } from '../../support/network.ts';
import { privateCa } from '../../support/private-ca.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** Logs off there with these settings; with what was reported of them. */
async function logoffWith(
  url: string,
  settings: Partial<NetworkSettings>,
): Promise<{ end: CallEnd; problems: string[] }> {
  const problems: string[] = [];
  const network = networkWith(settings, { onProblem: (problem) => problems.push(problem) });
  const end = await logoffAt(url, { transport: transportOver(network) });
  return { end, problems };
}

describe('extra CA certificates', () => {
  test('are trusted', async () => {
    const ca = privateCa();
    const server = await practise({ tls: ca.issue() });
    const { end, problems } = await logoffWith(server.url, { extraCaCertificates: ca.file });
    expect(end).toMatchObject({ kind: 'success' });
    expect(problems).toEqual([]);
  });

  test('of another authority change nothing', async () => {
    const server = await practise({ tls: privateCa().issue() });
    const { end } = await logoffWith(server.url, { extraCaCertificates: privateCa().file });
    expect(end).toMatchObject({ kind: 'no-reply', fault: 'certificate-rejected' });
  });

  test('do not make good a certificate that has expired', async () => {
    const ca = privateCa();
    const server = await practise({ tls: ca.issue({ expired: true }) });
    const { end } = await logoffWith(server.url, { extraCaCertificates: ca.file });
    expect(end).toMatchObject({
      fault: 'certificate-rejected',
      message: expect.stringContaining('CERT_HAS_EXPIRED'),
    });
  });

  test('in a file that is not there are reported in words, once', async () => {
    const file = path.join(tempFolder(), 'none.pem');
    const problems: string[] = [];
    const network = networkWith(
      { extraCaCertificates: file },
      { onProblem: (problem) => problems.push(problem) },
    );
    await network.prepare(['https://127.0.0.1']);
    await network.prepare(['https://127.0.0.1']);
    expect(problems).toEqual([
      `The file of extra CA certificates could not be read (ENOENT): ${file}`,
    ]);
    expect(network.problems()).toEqual(problems);
  });

  test('of which one is broken: the others count, and it is reported', async () => {
    const ca = privateCa();
    const file = path.join(tempFolder(), 'extra.pem');
    const broken = '-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n';
    writeFileSync(file, `${broken}${ca.cert}`);
    const server = await practise({ tls: ca.issue() });
    const { end, problems } = await logoffWith(server.url, { extraCaCertificates: file });
    expect(end).toMatchObject({ kind: 'success' });
    expect(problems).toEqual([`Of the certificates in ${file}, 1 cannot be read`]);
  });

  test('that are gone for a moment still count', async () => {
    const file = path.join(tempFolder(), 'extra.pem');
    writeFileSync(file, privateCa().cert);
    const network = networkWith({ extraCaCertificates: file });
    await network.prepare(['https://127.0.0.1']);
    rmSync(file);
    await network.prepare(['https://127.0.0.1']);
    expect(network.problems()).toEqual([]);
  });

  test('that are none are reported', async () => {
    const file = path.join(tempFolder(), 'extra.pem');
    writeFileSync(file, 'Hello.');
    const network = networkWith({ extraCaCertificates: file });
    await network.prepare(['https://127.0.0.1']);
    expect(network.problems()).toEqual([`There is no CA certificate (PEM) in ${file}`]);
  });
});

describe.for(['TLSv1.2', 'TLSv1.3'] as const)(
  'a server that demands a certificate by %s',
  (version) => {
    async function demanding(): Promise<{ url: string; ca: ReturnType<typeof privateCa> }> {
      const ca = privateCa();
      const tls = {
        ...ca.issue(),
        ca: ca.cert,
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: version,
        maxVersion: version,
      };
      const { url } = await practise({ tls });
      return { url, ca };
    }

    test('gets it', async () => {
      const { url, ca } = await demanding();
      const { end, problems } = await logoffWith(url, {
        extraCaCertificates: ca.file,
        clientCertificate: ca.issue().file,
      });
      expect(end).toMatchObject({ kind: 'success' });
      expect(problems).toEqual([]);
    });

    test('and gets none: that is told as such', async () => {
      const { url, ca } = await demanding();
      const { end } = await logoffWith(url, { extraCaCertificates: ca.file });
      expect(end).toMatchObject({ kind: 'no-reply', fault: 'client-certificate-rejected' });
    });
  },
);

test('a client certificate that is replaced counts for the next request', async () => {
  const ca = privateCa();
  const tls = { ...ca.issue(), ca: ca.cert, requestCert: true, rejectUnauthorized: true };
  const { url } = await practise({ tls });
  const file = path.join(tempFolder(), 'client.pem');
  copyFileSync(privateCa().issue().file, file);
  utimesSync(file, 1, 1);
  const network = networkWith({ extraCaCertificates: ca.file, clientCertificate: file });
  const logoff = (): Promise<CallEnd> => logoffAt(url, { transport: transportOver(network) });
  const before = await logoff();
  copyFileSync(ca.issue().file, file);
  expect([before.kind, (await logoff()).kind]).toEqual(['no-reply', 'success']);
});

test('a client certificate without its key is left out, and reported', async () => {
  const ca = privateCa();
  const server = await practise({ tls: ca.issue() });
  const { end, problems } = await logoffWith(server.url, {
    extraCaCertificates: ca.file,
    clientCertificate: ca.file,
  });
  expect(end).toMatchObject({ kind: 'success' });
  expect(problems).toEqual([
    expect.stringContaining(`There is no client certificate with its key`),
  ]);
});

test.runIf(process.platform === 'linux')('the system has authorities of its own', () => {
  expect(systemCertificates().length).toBeGreaterThan(0);
});

test('each request over TLS has a connection of its own', async () => {
  const ca = privateCa();
  const server = await listenRawTls((socket) => {
    const reply = (): void => void socket.write(httpReply(200, '{"chatLogoffResult":{}}'));
    socket.on('data', reply);
    reply();
  }, ca.issue());
  const transport = transportOver(networkWith({ extraCaCertificates: ca.file }));
  for (const _ of [1, 2]) {
    expect(await logoffAt(server.url, { transport })).toMatchObject({ kind: 'success' });
  }
  expect(server.connections).toHaveLength(2);
});
