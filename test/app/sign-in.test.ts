import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { electronCommand } from '../../scripts/electron.ts';
import { ACCOUNT } from '../support/account.ts';
import { atTerminal, hasTerminals, TAKES_A_TERMINAL } from '../support/at-terminal.ts';
import { heldId } from '../support/commands.ts';
import type { PracticeServer } from '../../simulator/practice-server.ts';
import { electronArgs } from './desktop.ts';
import {
  askToSignIn,
  askToSignOff,
  newDataDir,
  newServer,
  signoff,
  type SignoffProcess,
  startSignoff,
  status,
} from './signoff.ts';

async function newSite(): Promise<PracticeServer> {
  const server = await newServer({ pollHoldMs: 500 });
  server.addAccount(ACCOUNT);
  return server;
}

function signInArgs(server: PracticeServer, ...more: string[]): string[] {
  const { userName, accountId } = ACCOUNT;
  return ['sign-in', '--site', server.url, '--user', userName, '--account', accountId, ...more];
}

/** The agent sessions that are open on the server. */
function open(server: PracticeServer) {
  return server.agents.filter(({ endedBy }) => endedBy === null);
}

/** The app's command at a terminal of its own. */
function atSignoff(dataDir: string, args: string[], steps: Parameters<typeof atTerminal>[1]) {
  const electron = electronCommand([...args, '--user-data-dir', dataDir]);
  const command = [electron.command, ...electronArgs, ...electron.args];
  return atTerminal(command, steps, electron.env);
}

test('sign-in exits 4 where Signoff is not running, without asking for anything', async () => {
  const run = await signoff(await newDataDir(), ['sign-in'], { stdin: '' });
  expect(run.code).toBe(4);
});

// Everybody has a site of their own, so they share an app.
describe('in an app that goes on running', () => {
  let dataDir: string;
  let app: SignoffProcess;
  beforeAll(async () => {
    dataDir = await newDataDir(undefined, afterAll);
    app = await startSignoff(dataDir, {}, afterAll);
  });
  // The next one finds nothing held.
  const newSiteForOne = async (): Promise<PracticeServer> => {
    const server = await newSite();
    onTestFinished(async () => {
      server.clearFaults();
      await askToSignOff(dataDir, { force: true });
    });
    return server;
  };

  test('available exits 1 where nobody signed in here', async () => {
    const run = await signoff(dataDir, ['available']);
    expect(run.code).toBe(1);
    expect(run.stderr).not.toBe('');
  });

  test('sign-in names what is missing by its options, and exits 2', async () => {
    const run = await signoff(dataDir, ['sign-in', '--site', 'http://support.example.com']);
    expect(run.code).toBe(2);
    for (const option of ['--site', '--user', '--account', 'password']) {
      expect(run.stderr).toMatch(new RegExp(`^${option}: `, 'm'));
    }
  });

  test('sign-in says at which step it failed and what to do, and exits 1', async () => {
    const server = await newSiteForOne();
    const run = await signoff(dataDir, signInArgs(server), { stdin: 'a wrong one' });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('Check the user name and the password.');
    expect(run.stderr + app.log()).not.toContain('a wrong one');
  });

  test('sign-in reads the password from standard input, and holds a session that is present', async () => {
    const server = await newSiteForOne();
    const run = await signoff(dataDir, signInArgs(server, '--available'), {
      stdin: `${ACCOUNT.password}\n`,
    });
    const id = heldId(run);
    expect(open(server)).toMatchObject([{ status: 'AVAILABLE' }]);
    await server.waitForRequest(({ call }) => call === 'getMessages');
    await expect
      .poll(async () => (await status(dataDir)).held)
      .toMatchObject([
        { id, presence: { state: 'present' }, activity: { value: 'available', changing: false } },
      ]);
    expect(app.log()).not.toContain(ACCOUNT.password);
  });

  test('sign-in takes a session over only with --take-over where nobody can be asked', async () => {
    const server = await newSiteForOne();
    const stdin = ACCOUNT.password;
    await askToSignIn(dataDir, server);
    const refused = await signoff(dataDir, signInArgs(server), { stdin });
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('--take-over');
    const taken = await signoff(dataDir, signInArgs(server, '--take-over'), { stdin });
    expect(taken.code).toBe(0);
    expect(open(server)).toHaveLength(1);
  });

  test('sign-in that came to nothing keeps no agent present whose session the server does not end', async () => {
    const server = await newSiteForOne();
    server.fault({ call: 'setActivityStatus', fault: { kind: 'unknown-session' } });
    server.fault({
      call: 'logoff',
      fault: { kind: 'system-error', errorCondition: 'BUSY', text: 'Not now.' },
    });
    const { ok } = await askToSignIn(dataDir, server);
    expect(ok).toBe(false);
    const held = { lastFailure: { code: 'BUSY' }, presence: null };
    expect((await status(dataDir)).held).toMatchObject([held]);
    expect(server.received.at(-1)).toMatchObject({ call: 'logoff' });
  });

  test('available and unavailable set the agent who signed in here', async () => {
    const server = await newSiteForOne();
    await askToSignIn(dataDir, server);
    const available = await signoff(dataDir, ['available']);
    expect([available.code, available.stdout]).toEqual([0, '']);
    expect(open(server)).toMatchObject([{ status: 'AVAILABLE' }]);
    expect((await signoff(dataDir, ['available', '--kind', '7'])).code).toBe(0);
    expect(open(server)).toMatchObject([{ status: 'AVAILABLE', subTypeId: 7 }]);
    const unavailable = await signoff(dataDir, ['unavailable', '--reason', '2']);
    expect(unavailable.code).toBe(0);
    expect(open(server)).toMatchObject([{ status: 'UNAVAILABLE', subTypeId: 2 }]);
  });

  describe.skipIf(!hasTerminals)('sign-in at a terminal', TAKES_A_TERMINAL, () => {
    test('asks for the password without showing it', async () => {
      const server = await newSiteForOne();
      const { shown, code, restored } = await atSignoff(dataDir, signInArgs(server), [
        ['Password: ', `${ACCOUNT.password}\r`],
      ]);
      expect({ code, restored }).toEqual({ code: 0, restored: true });
      expect(shown).toContain('{"id":"');
      expect(shown).not.toContain(ACCOUNT.password);
    });

    test('asks before it takes a session over', async () => {
      const server = await newSiteForOne();
      await askToSignIn(dataDir, server);
      const { code } = await atSignoff(dataDir, signInArgs(server), [
        ['Password: ', `${ACCOUNT.password}\r`],
        ['Take it over? [y/N] ', 'y\r'],
      ]);
      expect(code).toBe(0);
      expect(server.agents.map(({ endedBy }) => endedBy)).toEqual(['override', null]);
    });

    test('can be given up at the password, and leaves the terminal as it was', async () => {
      const server = await newSiteForOne();
      const { code, restored } = await atSignoff(dataDir, signInArgs(server), [
        ['Password: ', 'half a pass\u0003'],
      ]);
      expect({ code, restored }).toEqual({ code: 1, restored: true });
      expect(server.received).toEqual([]);
    });
  });
});

test('a sign-in leaves nothing open where the app goes while the session is created', async () => {
  const server = await newSite();
  const dataDir = await newDataDir();
  const app = await startSignoff(dataDir);
  server.fault({
    call: 'createAutomatedAgentSession',
    fault: { kind: 'hang', processed: true },
    times: 1,
  });
  // It has no answer to give any more.
  void askToSignIn(dataDir, server).catch(() => undefined);
  await server.waitForAgent(() => true);
  app.child.kill('SIGTERM');
  await app.exited;
  expect(open(server)).toEqual([]);
});

test('a sign-in remembers who signed in, and the password where it is told to', async () => {
  const server = await newSite();
  const dataDir = await newDataDir();
  const app = await startSignoff(dataDir);
  await askToSignIn(dataDir, server, { remember: true });
  app.child.kill('SIGTERM');
  await app.exited;
  await startSignoff(dataDir);
  const run = await signoff(dataDir, ['sign-in']);
  expect(run.code).toBe(0);
});
