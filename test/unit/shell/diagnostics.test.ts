import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { createSecureContext, createServer as createTlsServer, type SecureContext } from 'node:tls';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RunningApp } from '../../../main/shell/cli/control-client.ts';
import type { ControlReply } from '../../../main/shell/cli/protocol.ts';
import { checkConnectivity } from '../../../main/shell/diagnostics/connectivity.ts';
import {
  heldCounts,
  reportSystem,
  type ReportSources,
} from '../../../main/shell/diagnostics/system-report.ts';
import { runDiagnostics } from '../../../main/shell/diagnostics/run-diagnostics.ts';
import type { SettingsReport } from '../../../main/settings/report.ts';
import type { Receipt } from '../../../main/results/receipt.ts';
import { failedReceipt, receipt } from '../../support/receipts.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { SELF_SIGNED } from '../../support/tls.ts';
import { heldView } from '../../support/window-state.ts';

const NOBODY_EXTRA = createSecureContext();

function reportOf(values: Record<string, string | string[]>): SettingsReport {
  const settings = Object.entries(values).map(([name, value]) => ({
    name,
    value,
    source: 'machine policy' as const,
  }));
  return { settings, problems: [] };
}

/** Finds out with everything in order, and with these differences. */
async function reportWith(differences: Partial<ReportSources> = {}) {
  const connectedTo: string[] = [];
  const asked: unknown[] = [];
  const report = await reportSystem({
    versions: { signoff: '1.2.3' },
    app: () => ({
      pid: 7,
      vault: { durable: true, keyPending: false, setAside: null },
      held: { all: 1 },
    }),
    settings: () => reportOf({}),
    held: () => [{ server: 'https://chat.example.com', fqSiteName: 'site', pool: '297:1' }],
    reach: async () => ({ proxies: ['proxy.example.com:3128', null], trust: NOBODY_EXTRA }),
    networkProblems: async () => [],
    async checkConnectivity(server) {
      connectedTo.push(server);
      return { server, dnsMs: 1, tcpMs: 2, tlsMs: 3, tls: null, failed: null };
    },
    async checkAddress(address) {
      asked.push(address);
      return { ok: true, roundTripMs: 5 };
    },
    ...differences,
  });
  return { report, connectedTo, asked };
}

function appThat(request: () => Promise<ControlReply>): RunningApp {
  return { request, exited: async () => true };
}

/**
 * Runs the command on a folder of its own, by default with an app that runs and answers; `files` are the
 * zip's entries by their names.
 */
async function diagnose(
  differences: Partial<ReportSources> = {},
  options: {
    receipts?: readonly Receipt[];
    logs?: Record<string, string>;
    app?: RunningApp | null;
  } = {},
) {
  const folder = tempFolder();
  const logFolder = path.join(folder, 'logs');
  mkdirSync(logFolder);
  for (const [name, text] of Object.entries(options.logs ?? {}))
    writeFileSync(path.join(logFolder, name), text);
  const reportHere = async () => (await reportWith(differences)).report;
  const {
    app = appThat(async () => ({
      ok: true,
      result: JSON.parse(JSON.stringify(await reportHere())),
    })),
  } = options;
  const file = path.join(folder, 'signoff.zip');
  const end = await runDiagnostics({ file, force: false }, app, {
    systemReport: reportHere,
    logFolder: (named) => named || logFolder,
    receipts: {
      page: async ({ limit }) => ({
        receipts: (options.receipts ?? []).slice(0, limit),
        next: null,
        unreadable: 0,
      }),
    },
    now: () => Date.UTC(2026, 6, 1),
  });
  const result = 'onceReady' in end ? await end.onceReady() : end;
  const zip = unzipSync(readFileSync(file));
  const files = Object.fromEntries(
    Object.entries(zip).map(([name, bytes]) => [name, strFromU8(bytes)]),
  );
  return { result, files, tookElectron: 'onceReady' in end };
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
      pid: 7,
      vault: { durable: true, keyPending: false, setAside: null },
      held: { all: 1 },
    });
    expect(parsed(files['about.json'])).toEqual({
      made: '2026-07-01T00:00:00.000Z',
      answeredBy: 'The running Signoff.',
      versions: { signoff: '1.2.3' },
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

  test('the running app answers, and no other process has to', async () => {
    const { result, tookElectron } = await diagnose();
    expect([tookElectron, result.problems]).toEqual([false, []]);
  });

  test.each([
    ['with no app running', null, 'Signoff is not running.'],
    [
      'with one of another version running',
      appThat(async () => ({ ok: false, exitCode: 2, problems: ['What?'] })),
      'Signoff is running, but did not answer: What?',
    ],
    [
      'with one running that stops meanwhile',
      appThat(async () => {
        throw new Error('Signoff stopped before it answered.');
      }),
      'Signoff is running, but did not answer (Signoff stopped before it answered.).',
    ],
  ])('%s it is made all the same, and says who answered', async (_, app, why) => {
    const { result, files, tookElectron } = await diagnose({ app: () => null }, { app });
    const answeredBy = `${why} So a process of its own answered: it tells of what a Signoff that starts now would use.`;
    expect(tookElectron).toBe(true);
    expect(result).toMatchObject({ exitCode: 0, problems: [answeredBy] });
    expect(parsed(files['about.json'])).toMatchObject({ answeredBy });
    expect(parsed(files['app.json'])).toBeNull();
  });

  test('a part that fails says so, and the others stand', async () => {
    const { files } = await diagnose({
      settings() {
        throw new Error('no policy');
      },
    });
    expect(parsed(files['settings.json'])).toEqual({ fault: 'no policy' });
    expect(files['receipts.json']).toBeDefined();
  });

  test('no planted secret is in any of its files', async () => {
    const { files } = await diagnose(
      { settings: () => reportOf({ proxy: 'http://ann:planted-1@proxy.example.com:3128' }) },
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
    // What they stood in is there, with something else in their place.
    expect(files['settings.json']).toContain('http://…@proxy.example.com:3128');
    expect(files['logs/signoff.log']).toContain('{"event":"x","sessionId":"…"}');
    expect(files['receipts.json']).toContain('password: …');
  });
});

describe('the file', () => {
  const run = (file: string, force = false) =>
    runDiagnostics(
      { file, force },
      appThat(async () => ({ ok: true, result: (await reportWith()).report })),
      {
        systemReport: async () => (await reportWith()).report,
        logFolder: () => '/nowhere',
        receipts: { page: async () => ({ receipts: [], next: null, unreadable: 0 }) },
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
    expect(await run(file, true)).toMatchObject({ exitCode: 0 });
    expect(Object.keys(unzipSync(readFileSync(file)))).toContain('about.json');
    expect(readdirSync(folder)).toEqual(['a.zip']);
  });

  test('a folder, or a place that is not there, is refused in words', async () => {
    const folder = tempFolder();
    expect(await run(folder)).toMatchObject({
      problems: [`${folder} is a folder; name a file in it.`],
    });
    const missing = path.join(folder, 'no', 'a.zip');
    expect(await run(missing)).toMatchObject({
      problems: [`There is no folder ${path.dirname(missing)}.`],
    });
  });
});

describe('the network', () => {
  test('servers that are held, allowed, the default one or the site are tried, each once', async () => {
    const settings = () =>
      reportOf({
        defaultServer: 'https://default.example.com',
        defaultSite: 'site-1',
        defaultPool: '',
        signInSite: 'https://support.example.com',
        allowedServers: [
          'https://*.example.com',
          'https://allowed.example.com',
          'https://chat.example.com',
        ],
      });
    const { connectedTo, asked } = await reportWith({ settings });
    expect(connectedTo).toEqual([
      'https://chat.example.com',
      'https://default.example.com',
      'https://support.example.com',
      'https://allowed.example.com',
    ]);
    expect(asked).toEqual([
      { server: 'https://chat.example.com', fqSiteName: 'site', pool: '297:1' },
      { server: 'https://default.example.com', fqSiteName: 'site-1', pool: null },
    ]);
  });

  test('each server is told of with its proxies, and tried with the trust that counts for it', async () => {
    const trusted: SecureContext[] = [];
    const { report } = await reportWith({
      networkProblems: async () => ['There is no CA certificate (PEM) in /etc/a.pem'],
      async checkConnectivity(server, trust) {
        trusted.push(trust);
        return { server, dnsMs: 1, tcpMs: 2, tlsMs: 3, tls: null, failed: null };
      },
    });
    expect(trusted).toEqual([NOBODY_EXTRA]);
    expect(report.network).toMatchObject({
      problems: ['There is no CA certificate (PEM) in /etc/a.pem'],
      servers: [
        { server: 'https://chat.example.com', proxies: ['proxy.example.com:3128', 'none'] },
      ],
      chatServers: [{ fqSiteName: 'site', check: { ok: true } }],
    });
  });

  test('a server whose way cannot be found says so', async () => {
    const { report } = await reportWith({ reach: () => Promise.reject(new Error('no way')) });
    expect(report.network).toMatchObject({
      servers: [{ server: 'https://chat.example.com', fault: 'no way' }],
    });
  });
});

test('sessions are counted by what they are and what goes on with them', () => {
  const failed = { outcome: 'refused', code: 'BUSY', message: '', answeredBy: null } as const;
  const present = { state: 'present', dropsAt: null } as const;
  const held = [
    heldView({ presence: present }),
    heldView({ lastFailure: failed }),
    heldView({
      kind: 'engagement',
      ending: { cause: 'quit', forced: false, attempt: 1, deadline: 1, budgetMs: 2 },
    }),
  ];
  expect(heldCounts(held)).toEqual({
    all: 3,
    agent: 2,
    engagement: 1,
    signedInHere: 1,
    beingEnded: 1,
    couldNotBeEnded: 1,
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
    const found = await checkConnectivity(`https://127.0.0.1:${port}`, NOBODY_EXTRA);
    expect(found).toMatchObject({
      dnsMs: expect.any(Number),
      tcpMs: expect.any(Number),
      tlsMs: expect.any(Number),
      tls: { protocol: 'TLSv1.3', issuer: '127.0.0.1', trust: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      failed: null,
    });
  });

  test('a certificate of an authority that is trusted here is trusted', async () => {
    const port = await listen(createTlsServer(SELF_SIGNED));
    const trust = createSecureContext({ ca: SELF_SIGNED.cert });
    const found = await checkConnectivity(`https://127.0.0.1:${port}`, trust);
    expect(found.tls?.trust).toBe('trusted');
  });

  test('without TLS there is no such step', async () => {
    const port = await listen(createServer());
    const found = await checkConnectivity(`http://localhost:${port}`, NOBODY_EXTRA);
    expect(found).toMatchObject({ tcpMs: expect.any(Number), tlsMs: null, failed: null });
  });

  test('where nothing listens, and where no TLS is spoken, the step that failed is named', async () => {
    expect(await checkConnectivity('https://127.0.0.1:1', NOBODY_EXTRA)).toMatchObject({
      dnsMs: expect.any(Number),
      failed: { step: 'tcp', error: 'ECONNREFUSED' },
    });
    const port = await listen(createServer((socket) => void socket.end('hello, world')));
    expect(await checkConnectivity(`https://127.0.0.1:${port}`, NOBODY_EXTRA)).toMatchObject({
      tcpMs: expect.any(Number),
      failed: { step: 'tls' },
    });
    expect(await checkConnectivity('https://no-such-name.invalid', NOBODY_EXTRA)).toMatchObject({
      failed: { step: 'dns' },
    });
  });
});
