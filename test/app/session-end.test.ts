import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import * as z from 'zod';
import { readVaultHeader, VAULT_FILE } from '../../main/sessions/vault-file.ts';
import { driveSignoff } from '../../scripts/signoff-window.ts';
import type { PracticeServer } from '../../simulator/practice-server.ts';
import { ACCOUNT } from '../support/account.ts';
import { askToSignIn, hold, status } from '../support/asking.ts';
import { ended } from '../support/ended.ts';
import { machineDirOf } from '../support/machine-dir.ts';
import { servePac } from '../support/pac.ts';
import { NAME, privateCa, type PrivateCa } from '../support/private-ca.ts';
import { startProxy } from '../support/proxy.ts';
import { mayMount, tinyDisk } from '../support/tiny-disk.ts';
import { electronArgs } from './desktop.ts';
import { agentSession, engagement, newDataDir, newServer, signoff } from './signoff.ts';
import { listeningOnWindows } from './windows-build.ts';

let folder: string;
let ca: PrivateCa;
beforeAll(async () => {
  folder = await listeningOnWindows(afterAll);
  ca = privateCa(await newDataDir(undefined, afterAll));
});

type Message = readonly [event: 'query-session-end' | 'session-end', ...reasons: string[]];
const ASKED: Message = ['query-session-end', 'shutdown'];
const TOLD: Message = ['session-end', 'shutdown'];

/** Windows ends an app that takes longer than 5 s; Signoff has to be done in this. */
const MOST_MS = 4_000;
/** What a session that ends at once may take on a machine that does a lot besides: far from the limit. */
const SOON_MS = 2_500;

/** The real app, as it runs on Windows. */
async function startOnWindows(dataDir: string, env: NodeJS.ProcessEnv = {}) {
  const { app, child, exited } = await driveSignoff(['--hidden'], {
    dataDir,
    folder,
    electronArgs,
    env: { NODE_EXTRA_CA_CERTS: ca.file, ...env },
  });
  onTestFinished(() => ended(child));
  await vi.waitFor(() => status(dataDir), { timeout: 120_000, interval: 100 });
  let said = '';
  child.stderr?.on('data', (text) => {
    said += String(text);
    console.log(String(text).slice(0, 2000));
  });
  return {
    /**
     * Has these messages come in one dispatch, and kills the app before its event loop turns again. Resolves with
     * how many milliseconds the handlers took for each.
     */
    async dies(...messages: readonly Message[]): Promise<readonly number[]> {
      const dying = app.evaluate(({ BaseWindow, BrowserWindow }, told) => {
        const hidden = BaseWindow.getAllWindows().find((one) => !(one instanceof BrowserWindow));
        const took = told.map(([event, ...reasons]) => {
          const from = performance.now();
          hidden?.emit(event, { reasons });
          return Math.round(performance.now() - from);
        });
        process.stderr.write(`\n"took":${JSON.stringify(took)}\n`);
        // By another program: Node would first wait for its debugger to go, which is Playwright.
        process.getBuiltinModule('child_process').spawnSync('kill', ['-KILL', `${process.pid}`]);
      }, messages);
      await Promise.all([exited, dying.catch(() => undefined)]);
      return z.array(z.number()).parse(JSON.parse(/"took":(.*)/.exec(said)?.[1] ?? 'null'));
    },
  };
}

/** The app with one session of a server over TLS, which has been spoken to by no request yet. */
async function startHolding(dataDir?: string) {
  const server = await newServer({ tls: ca.issue() });
  const of = dataDir ?? (await newDataDir());
  const app = await startOnWindows(of);
  await hold(of, agentSession(server, 'Ann'));
  return { server, app, dataDir: of };
}

function receiptsIn(dataDir: string): unknown[] {
  const of = path.join(dataDir, 'receipts');
  return readdirSync(of)
    .flatMap((file) => readFileSync(path.join(of, file), 'utf8').trim().split('\n'))
    .map((line): unknown => JSON.parse(line));
}

/** How many sessions the vault on the disk holds. */
function heldIn(dataDir: string): number | undefined {
  const vault = readFileSync(path.join(machineDirOf(dataDir), VAULT_FILE), 'utf8');
  return readVaultHeader(vault)?.held;
}

/** What the next start finds and ends, by the sessions' labels. */
async function leftIn(dataDir: string): Promise<string[]> {
  const { stdout } = await signoff(dataDir, ['sign-off', '--json'], {
    env: { NODE_EXTRA_CA_CERTS: ca.file },
  });
  return z
    .array(z.object({ label: z.string() }))
    .parse(JSON.parse(stdout))
    .map(({ label }) => label);
}

const sent = (server: PracticeServer) => server.received.map(({ call, forced }) => [call, forced]);

describe('Windows asks and tells in one breath, and the process is over', () => {
  test.each([
    ['a shutdown', [ASKED, TOLD]],
    [
      'a logoff',
      [
        ['query-session-end', 'logoff'],
        ['session-end', 'logoff'],
      ],
    ],
    [
      'a critical shutdown',
      [
        ['query-session-end', 'critical'],
        ['session-end', 'critical'],
      ],
    ],
    ['a shutdown that does not ask', [TOLD]],
    ['a question alone', [ASKED]],
    ['an installer amid a logoff', [['query-session-end', 'close-app', 'logoff']]],
    [
      'an installer that nobody knows',
      [
        ['query-session-end', 'close-app'],
        ['session-end', 'close-app'],
      ],
    ],
  ] satisfies [string, Message[]][])(
    '%s: the server has the forced logoff, the receipt is there, and nothing is held',
    async (_what, messages) => {
      const { server, app, dataDir } = await startHolding();
      const took = await app.dies(...messages);
      expect(sent(server)).toEqual([['logoff', true]]);
      expect(server.sessions).toMatchObject([{ over: true }]);
      expect(receiptsIn(dataDir)).toMatchObject([
        { cause: 'shutdown', forced: true, outcome: 'ended', attempts: 1 },
      ]);
      expect(heldIn(dataDir)).toBe(0);
      expect(Math.max(...took)).toBeLessThan(SOON_MS);
    },
  );

  test('a server that takes two seconds is waited for', async () => {
    const { server, app, dataDir } = await startHolding();
    server.fault({ fault: { kind: 'delay', ms: 2_000 } });
    const [asked = 0] = await app.dies(ASKED, TOLD);
    expect(receiptsIn(dataDir)).toMatchObject([{ outcome: 'ended' }]);
    expect(heldIn(dataDir)).toBe(0);
    expect(asked).toBeGreaterThanOrEqual(1_990);
    expect(asked).toBeLessThan(MOST_MS);
  });

  test('of a server that takes three seconds, the receipt says what is so', async () => {
    const { server, app, dataDir } = await startHolding();
    const removeFault = server.fault({ fault: { kind: 'delay', ms: 3_000 } });
    const [asked = 0] = await app.dies(ASKED, TOLD);
    expect(asked).toBeLessThan(MOST_MS);
    const [receipt] = receiptsIn(dataDir);
    removeFault();
    const left = await leftIn(dataDir);
    expect([receipt, left]).toMatchObject(
      left.length === 0 ? [{ outcome: 'ended' }, []] : [{ outcome: 'timed-out' }, ['Ann']],
    );
    expect(server.sessions).toMatchObject([{ over: true }]);
  });

  test('the session that a sign-in is creating is waited for, and ended', async () => {
    const server = await newServer({ tls: ca.issue() });
    server.addAccount(ACCOUNT);
    const create = 'createAutomatedAgentSession';
    server.fault({ call: create, fault: { kind: 'delay', ms: 1_000 } });
    const dataDir = await newDataDir();
    const app = await startOnWindows(dataDir);
    const signingIn = askToSignIn(dataDir, server).catch(() => null);
    await server.waitForRequest(({ call }) => call === create);
    const [asked = 0] = await app.dies(ASKED, TOLD);
    await signingIn;
    expect(asked).toBeLessThan(MOST_MS);
    expect(server.agents).toMatchObject([{ signedIn: true, endedBy: 'logoff' }]);
    expect(sent(server).at(-1)).toEqual(['logoff', true]);
    expect(receiptsIn(dataDir)).toMatchObject([{ cause: 'shutdown', outcome: 'ended' }]);
    expect(heldIn(dataDir)).toBe(0);
  });

  test('a server that never answers is waited for in time, and the next start ends its session', async () => {
    const { server, app, dataDir } = await startHolding();
    const removeFault = server.fault({ fault: { kind: 'hang' } });
    const [asked = 0, told = 0] = await app.dies(ASKED, TOLD);
    expect(asked).toBeLessThan(MOST_MS);
    // It was asked and answered: there is nothing more to wait for.
    expect(told).toBeLessThan(500);
    expect(receiptsIn(dataDir)).toMatchObject([{ cause: 'shutdown', outcome: 'timed-out' }]);
    removeFault();
    expect(await leftIn(dataDir)).toEqual(['Ann']);
    expect(server.sessions).toMatchObject([{ over: true }]);
  });

  test('50 sessions are over', async () => {
    const { server, app, dataDir } = await startHolding();
    for (let n = 1; n < 50; n += 1) {
      await hold(dataDir, (n % 3 === 0 ? engagement : agentSession)(server, `number ${n}`));
    }
    const [asked = 0] = await app.dies(ASKED, TOLD);
    expect(server.sessions.filter(({ over }) => over)).toHaveLength(50);
    expect(receiptsIn(dataDir)).toHaveLength(50);
    expect(heldIn(dataDir)).toBe(0);
    expect(asked).toBeLessThan(MOST_MS);
  });

  test('the proxy that a PAC script names is known by then', async () => {
    const proxy = await startProxy();
    const pac = await servePac(`PROXY ${proxy.host}`);
    const { url, ...server } = await newServer({ tls: ca.issue() });
    const remote = { ...server, url: url.replace('127.0.0.1', NAME) };
    const dataDir = await newDataDir();
    const app = await startOnWindows(dataDir, { auto_proxy: pac.url });
    await hold(dataDir, agentSession(remote, 'Ann'));
    const known = await hold(dataDir, engagement(remote, 'Carl'));
    // By the time that this one is over, the thread knows the proxy, as that of every server of what is held.
    await signoff(dataDir, ['sign-off', known]);
    await app.dies(ASKED, TOLD);
    expect(receiptsIn(dataDir)).toMatchObject([
      { outcome: 'ended', proxy: proxy.host },
      { outcome: 'ended', proxy: proxy.host },
    ]);
  });

  test.skipIf(!mayMount)('a full disk: the session is over, and stays in the vault', async () => {
    const disk = tinyDisk(40_000);
    const { server, app, dataDir } = await startHolding(path.join(disk.folder, 'data'));
    await disk.keepFull();
    const [asked = 0] = await app.dies(ASKED, TOLD);
    expect(asked).toBeLessThan(MOST_MS);
    expect(server.sessions).toMatchObject([{ over: true }]);
    disk.clear();
    expect(await leftIn(dataDir)).toEqual(['Ann']);
    expect(receiptsIn(dataDir)).toMatchObject([{ outcome: 'already-over' }]);
  });
});
