import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkConnectivity } from '../../../main/shell/diagnostics/connectivity.ts';
import type {
  DiagnosticSources,
  RunningState,
} from '../../../main/shell/diagnostics/diagnostics.ts';
import { runDiagnostics } from '../../../main/shell/diagnostics/run-diagnostics.ts';
import type { SettingsReport } from '../../../main/settings/report.ts';
import type { Receipt } from '../../../main/signoff/receipt.ts';
import { failedReceipt, receipt } from '../../support/receipts.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { SELF_SIGNED } from '../../support/tls.ts';

const RUNNING: RunningState = {
  version: '1.2.3',
  pid: 7,
  vault: { durable: true, setAside: null },
  held: [{ server: 'https://chat.example.com', fqSiteName: 'site', pool: '297:1' }],
};

function reportOf(values: Record<string, string | string[]>): SettingsReport {
  const settings = Object.entries(values).map(([name, value]) => ({
    name,
    value,
    source: 'machine policy' as const,
  }));
  return { settings, problems: [] };
}

/** Runs the command on a folder of its own; `files` are the zip's entries by their names. */
async function diagnose(
  differences: Partial<DiagnosticSources> = {},
  options: { receipts?: readonly Receipt[]; logs?: Record<string, string> } = {},
) {
  const folder = tempFolder();
  const logFolder = path.join(folder, 'logs');
  mkdirSync(logFolder);
  for (const [name, text] of Object.entries(options.logs ?? {}))
    writeFileSync(path.join(logFolder, name), text);
  const connectedTo: string[] = [];
  const asked: unknown[] = [];
  const file = path.join(folder, 'signoff.zip');
  const result = await runDiagnostics(
    { file, force: false },
    {
      versions: { signoff: '1.2.3' },
      running: async () => RUNNING,
      settings: async () => reportOf({}),
      logFolder,
      receipts: {
        page: async ({ limit }) => ({
          receipts: (options.receipts ?? []).slice(0, limit),
          next: null,
          unreadable: 0,
        }),
      },
      async checkConnectivity(server) {
        connectedTo.push(server);
        return { server, dnsMs: 1, tcpMs: 2, tlsMs: 3, tls: null, failed: null };
      },
      async checkAddress(address) {
        asked.push(address);
        return { ok: true, roundTripMs: 5 };
      },
      now: () => Date.UTC(2026, 6, 1),
      ...differences,
    },
  );
  const zip = unzipSync(readFileSync(file));
  const files = Object.fromEntries(
    Object.entries(zip).map(([name, bytes]) => [name, strFromU8(bytes)]),
  );
  return { result, files, connectedTo, asked };
}

const parsed = (text = ''): unknown => JSON.parse(text);

describe('the zip', () => {
  test('it has versions, state, settings, connections, receipts and logs', async () => {
    const { result, files } = await diagnose({}, { logs: { 'signoff.log': '{}\n' } });
    expect(result).toMatchObject({ exitCode: 0, output: expect.stringMatching(/signoff\.zip\n$/) });
    expect(Object.keys(files)).toEqual([
      'about.json',
      'app.json',
      'settings.json',
      'connectivity.json',
      'receipts.json',
      'logs/signoff.log',
    ]);
    expect(parsed(files['app.json'])).toEqual({
      version: '1.2.3',
      pid: 7,
      vault: { durable: true, setAside: null, held: 1 },
    });
  });

  test('the two newest logs are in it, by their last MiB in whole lines', async () => {
    const long = `${'x'.repeat(1023)}\n`.repeat(1100);
    const logs = {
      'signoff.log': `first\n${long}last\n`,
      'signoff.1.log': 'a\n',
      'signoff.2.log': '',
    };
    const { files } = await diagnose({}, { logs });
    const log = files['logs/signoff.log'] ?? '';
    expect(log.length).toBeLessThanOrEqual(1024 * 1024);
    expect(log).toMatch(/^x{1023}\n/);
    expect(log).toMatch(/\nlast\n$/);
    expect(Object.keys(files).filter((name) => name.startsWith('logs/'))).toEqual([
      'logs/signoff.log',
      'logs/signoff.1.log',
    ]);
  });

  test('the newest 200 receipts are in it, without labels, ids and raw replies', async () => {
    const receipts = Array.from({ length: 300 }, () =>
      failedReceipt({
        id: 'planted-id',
        heldId: 'planted-held',
        label: 'planted label',
        reply: { status: 200, body: 'planted reply', cut: false },
      }),
    );
    const { files } = await diagnose({}, { receipts });
    const { newest } = parsed(files['receipts.json']) as { newest: object[] };
    expect(newest).toHaveLength(200);
    expect(newest[0]).toMatchObject({ outcome: 'refused', cause: 'quit', error: { code: 'BUSY' } });
    expect(files['receipts.json']).not.toContain('planted');
  });

  test('servers that are held, allowed or the default one are tried, each once', async () => {
    const settings = async () =>
      reportOf({
        defaultServer: 'https://default.example.com',
        defaultSite: 'site-1',
        defaultPool: '',
        allowedServers: [
          'https://*.example.com',
          'https://allowed.example.com',
          'https://chat.example.com',
        ],
      });
    const { connectedTo, asked } = await diagnose({ settings });
    expect(connectedTo).toEqual([
      'https://chat.example.com',
      'https://default.example.com',
      'https://allowed.example.com',
    ]);
    expect(asked).toEqual([
      { server: 'https://chat.example.com', fqSiteName: 'site', pool: '297:1' },
      { server: 'https://default.example.com', fqSiteName: 'site-1', pool: null },
    ]);
  });

  test('with no app running it is made all the same', async () => {
    const { files } = await diagnose({ running: async () => null });
    expect(parsed(files['app.json'])).toBeNull();
  });

  test('a part that fails says so, and the others stand', async () => {
    const { files } = await diagnose({ settings: () => Promise.reject(new Error('no policy')) });
    expect(parsed(files['settings.json'])).toEqual({ fault: 'no policy' });
    expect(files['receipts.json']).toBeDefined();
  });

  test('no planted secret is in any of its files', async () => {
    const { files } = await diagnose(
      { settings: async () => reportOf({ proxy: 'http://ann:planted-1@proxy.example.com:3128' }) },
      {
        logs: {
          'signoff.log': [
            '{"event":"x","sessionId":"planted-2"}',
            '{"error":"Proxy-Authorization: Basic planted-3-QWxhZGRpbg=="}',
            '{"error":"POST /?X-JSESSIONID=planted-4&a=1"}',
            '-----BEGIN PRIVATE KEY-----\nplanted-5\n-----END PRIVATE KEY-----',
            '',
          ].join('\n'),
        },
        receipts: [receipt({ error: { code: 'C', message: 'password: planted-6', status: 1 } })],
      },
    );
    for (const text of Object.values(files)) expect(text).not.toContain('planted');
    expect(files['settings.json']).toContain('http://…@proxy.example.com:3128');
  });
});

describe('the file', () => {
  const run = (file: string, force = false) =>
    runDiagnostics(
      { file, force },
      {
        versions: {},
        running: async () => null,
        settings: async () => reportOf({}),
        logFolder: '/nowhere',
        receipts: { page: async () => ({ receipts: [], next: null, unreadable: 0 }) },
        checkConnectivity,
        checkAddress: async () => ({ ok: true, roundTripMs: 1 }),
        now: () => 0,
      },
    );

  test('one that is there already stays, unless forced', async () => {
    const folder = tempFolder();
    const file = path.join(folder, 'a.zip');
    writeFileSync(file, 'mine');
    expect(await run(file)).toEqual({
      exitCode: 2,
      output: '',
      problems: [`${file} is there already; --force replaces it.`],
    });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect((await run(file, true)).exitCode).toBe(0);
    expect(Object.keys(unzipSync(readFileSync(file)))).toContain('about.json');
    expect(readdirSync(folder)).toEqual(['a.zip']);
  });

  test('a folder, or a place that is not there, is refused in words', async () => {
    const folder = tempFolder();
    expect((await run(folder)).problems).toEqual([`${folder} is a folder; name a file in it.`]);
    const missing = path.join(folder, 'no', 'a.zip');
    expect((await run(missing)).problems).toEqual([`There is no folder ${path.dirname(missing)}.`]);
  });
});

describe('a connection', () => {
  async function listen(server: ReturnType<typeof createServer>): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return (server.address() as AddressInfo).port;
  }

  test('over TLS it is timed step by step, and an untrusted certificate is told of', async () => {
    const port = await listen(createTlsServer(SELF_SIGNED));
    const found = await checkConnectivity(`https://127.0.0.1:${port}`);
    expect(found).toMatchObject({
      dnsMs: expect.any(Number),
      tcpMs: expect.any(Number),
      tlsMs: expect.any(Number),
      tls: { protocol: 'TLSv1.3', issuer: '127.0.0.1', trust: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      failed: null,
    });
  });

  test('without TLS there is no such step', async () => {
    const port = await listen(createServer());
    const found = await checkConnectivity(`http://localhost:${port}`);
    expect(found).toMatchObject({ tcpMs: expect.any(Number), tlsMs: null, failed: null });
  });

  test('where nothing listens, and where no TLS is spoken, the step that failed is named', async () => {
    expect(await checkConnectivity('https://127.0.0.1:1')).toMatchObject({
      dnsMs: expect.any(Number),
      failed: { step: 'tcp', error: 'ECONNREFUSED' },
    });
    const port = await listen(createServer((socket) => void socket.end('hello, world')));
    expect(await checkConnectivity(`https://127.0.0.1:${port}`)).toMatchObject({
      tcpMs: expect.any(Number),
      failed: { step: 'tls' },
    });
    expect(await checkConnectivity('https://no-such-name.invalid')).toMatchObject({
      failed: { step: 'dns' },
    });
  });
});
