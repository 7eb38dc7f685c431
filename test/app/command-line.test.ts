import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { PracticeServer } from '../../simulator/practice-server.ts';
import {
  agentSession,
  askToSignOff,
  closeWindow,
  engagement,
  hold,
  leaveBehind,
  newDataDir,
  newServer,
  openSignoff,
  signoff,
  type SignoffProcess,
  startSignoff,
  status,
} from './signoff.ts';

const noDisplay = { env: { DISPLAY: '' } };

describe('prepare-update --close', () => {
  test('has the app go without signing off, and its next start go on holding without a question', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    // The mark counts for one login.
    const env = { XDG_SESSION_ID: '7' };
    const app = await startSignoff(dataDir, { env });
    const id = await hold(dataDir, agentSession(server, 'front'));
    const run = await signoff(dataDir, ['prepare-update', '--close']);
    expect(run.code, run.stderr).toBe(0);
    expect(await app.exited).toEqual({ code: 0, signal: null });
    await startSignoff(dataDir, { env });
    expect((await status(dataDir)).held).toMatchObject([{ id, ending: null }]);
    expect(server.received).toEqual([]);
  });
});

describe('with no app running', () => {
  test('--help and --version answer, with or without a display', async () => {
    const dataDir = await newDataDir();
    const help = await signoff(dataDir, ['--help'], noDisplay);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('signoff sign-off [ID ...]');
    const version = await signoff(dataDir, ['--version']);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('status says so', async () => {
    const run = await signoff(await newDataDir(), ['status', '--json'], noDisplay);
    expect([run.code, run.stdout]).toEqual([0, '{"running":false}\n']);
  });

  test('hold exits 4', async () => {
    const run = await signoff(await newDataDir(), ['hold'], { stdin: '{}' });
    expect(run.code).toBe(4);
  });

  test('results and sign-off have nothing to show', async () => {
    const dataDir = await newDataDir();
    const results = await signoff(dataDir, ['results', '--json']);
    expect([results.code, results.stdout]).toEqual([0, '[]\n']);
    const signedOff = await signoff(dataDir, ['sign-off', '--json'], noDisplay);
    expect([signedOff.code, signedOff.stdout]).toEqual([0, '[]\n']);
  });

  test('a misspelt command exits 2 and points to the help', async () => {
    const run = await signoff(await newDataDir(), ['stauts']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("There is no command 'stauts'. See --help.");
  });
});

describe('with the app running', () => {
  let dataDir: string;
  let app: SignoffProcess;
  beforeAll(async () => {
    dataDir = await newDataDir(undefined, afterAll);
    app = await startSignoff(dataDir, {}, afterAll);
  });
  // The next one finds nothing held.
  const newServerForOne = async (): Promise<PracticeServer> => {
    const server = await newServer();
    onTestFinished(async () => {
      server.clearFaults();
      await askToSignOff(dataDir, { force: true });
    });
    return server;
  };

  test('hold prints the id, and holds the same session once', async () => {
    const session = agentSession(await newServerForOne(), 'front');
    const first = await signoff(dataDir, ['hold'], { stdin: JSON.stringify(session) });
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout).toMatch(/^\{"id":"[\w-]+"\}\n$/);
    const again = await hold(dataDir, session);
    expect(JSON.parse(first.stdout)).toEqual({ id: again });
    expect((await status(dataDir)).held).toHaveLength(1);
  });

  test('hold reads a file as well', async () => {
    const session = agentSession(await newServerForOne(), 'front');
    const file = path.join(dataDir, 'session.json');
    // As PowerShell 5 writes it.
    await writeFile(file, `\ufeff${JSON.stringify(session)}`, 'utf16le');
    const run = await signoff(dataDir, ['hold', file]);
    expect(run.code, run.stderr).toBe(0);
    expect((await status(dataDir)).held).toMatchObject([{ label: 'front' }]);
  });

  test('hold names every problem at once, repeats no secret, and exits 2', async () => {
    const session = {
      kind: 'agent',
      server: 'http://chat.example.com',
      sessionId: 'se cret',
      extra: 1,
    };
    const run = await signoff(dataDir, ['hold'], { stdin: JSON.stringify(session) });
    expect(run.code).toBe(2);
    for (const field of ['server', 'fqSiteName', 'accountId', 'sessionId', 'extra']) {
      expect(run.stderr).toMatch(new RegExp(`^${field}: `, 'm'));
    }
    expect(run.stderr).not.toContain('se cret');
    const junk = await signoff(dataDir, ['hold'], { stdin: '{"sessionId":"secret' });
    expect(junk.code).toBe(2);
    expect(junk.stderr).not.toContain('secret');
  });

  test('status shows what is held, the session id masked', async () => {
    const session = agentSession(await newServerForOne(), 'front');
    const id = await hold(dataDir, session);
    const run = await signoff(dataDir, ['status', '--json']);
    expect(JSON.parse(run.stdout)).toMatchObject({
      running: true,
      pid: app.child.pid,
      held: [{ id, kind: 'agent', label: 'front', maskedSessionId: 'node…' }],
      vault: { durable: true, setAside: null },
    });
    expect(run.stdout).not.toContain(session.sessionId);
    const table = await signoff(dataDir, ['status']);
    expect(table.stdout).toContain('front');
  });

  test('sign-off ends the ids it is given, or all, and prints the receipts', async () => {
    const server = await newServerForOne();
    const first = await hold(dataDir, agentSession(server, 'one'));
    await hold(dataDir, agentSession(server, 'two'));
    await hold(dataDir, engagement(server, 'three'));

    const one = await signoff(dataDir, ['sign-off', first, '--json']);
    expect(one.code).toBe(0);
    expect(JSON.parse(one.stdout)).toMatchObject([
      { heldId: first, cause: 'asked', forced: false, outcome: 'ended', error: null },
    ]);
    const all = await signoff(dataDir, ['sign-off', '--json', '--force']);
    expect(JSON.parse(all.stdout)).toHaveLength(2);
    expect(server.sessions.every(({ over }) => over)).toBe(true);
  });

  test('sign-off exits 1 when something is not over, and force ends what was refused', async () => {
    const server = await newServerForOne();
    await hold(dataDir, agentSession(server, 'busy'));
    server.fault({ fault: { kind: 'refuse-unless-forced' } });
    const refused = await signoff(dataDir, ['sign-off', '--json']);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject([{ outcome: 'refused' }]);
    const forced = await signoff(dataDir, ['sign-off', '--force', '--json']);
    expect(forced.code).toBe(0);
  });

  test('sign-off gives up after --timeout', async () => {
    const server = await newServerForOne();
    await hold(dataDir, agentSession(server, 'front'));
    server.fault({ fault: { kind: 'hang' } });
    const run = await signoff(dataDir, ['sign-off', '--timeout', '0.5', '--json']);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject([{ outcome: 'timed-out' }]);
  });

  test('sign-off of an id that is not held exits 2 and ends nothing', async () => {
    const server = await newServerForOne();
    await hold(dataDir, agentSession(server, 'front'));
    const run = await signoff(dataDir, ['sign-off', 'nonesuch']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("No held session has the id 'nonesuch'.");
    expect(server.received).toEqual([]);
  });

  test('a second start shows the first and goes', async () => {
    const ownDataDir = await newDataDir();
    const { app: opened, page, child } = await openSignoff(ownDataDir);
    await closeWindow(opened, page);
    const shown = opened.waitForEvent('window');
    const second = await signoff(ownDataDir, []);
    expect(second.code).toBe(0);
    await (await shown).getByRole('heading', { level: 1 }).waitFor();
    expect(child.exitCode).toBeNull();
  });
});

test('a data folder with spaces, other letters and a long name works', async () => {
  const server = await newServer();
  const dataDir = await newDataDir(`Aß 日本 ${'long '.repeat(16)}`);
  await leaveBehind(dataDir, agentSession(server, 'front'));
  await startSignoff(dataDir);
  await expect.poll(() => server.sessions.map(({ over }) => over)).toEqual([true]);
});
