import { chmod, cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { electronCommand } from '../../scripts/electron.ts';
import { layOutLinuxFiles } from '../../scripts/package/linux-files.ts';
import {
  hasUserSystemd,
  openUserSystemd,
  TAKES_USER_SYSTEMD,
  type UserSystemd,
} from '../support/user-systemd.ts';
import { electronArgs } from './desktop.ts';
import {
  agentSession,
  askToQuit,
  hold,
  newDataDir,
  newServer,
  results,
  signoff,
  status,
} from './signoff.ts';

const UNIT = 'signoff.service';

/**
 * A session of a desktop under a systemd, with the packages' own unit in it; only where its command is differs.
 * What that runs, `command` says, a shell's words.
 */
async function newSession(command: string): Promise<UserSystemd> {
  const folder = await newDataDir();
  const executable = path.join(folder, 'signoff');
  await writeFile(executable, `#!/bin/sh\n${command}\n`);
  await chmod(executable, 0o755);
  // In no session of the login manager, what is left over is signed off at once instead of being asked about.
  const systemd = await openUserSystemd({ ...process.env, XDG_SESSION_ID: '' }, async (units) => {
    await layOutLinuxFiles('build', path.join(folder, 'files'));
    await cp(path.join(folder, 'files/usr/lib/systemd/user'), units, {
      recursive: true,
      verbatimSymlinks: true,
    });
    const unit = path.join(units, UNIT);
    const text = await readFile(unit, 'utf8');
    await writeFile(unit, text.replace('ExecStart=/usr/bin/signoff', `ExecStart=${executable}`));
  });
  onTestFinished(() => systemd.close());
  await systemd.beginSession();
  return systemd;
}

/** The same with the built app, wanted at login, and holding a session. */
async function newSupervisedApp() {
  const server = await newServer();
  const dataDir = await newDataDir();
  expect((await signoff(dataDir, ['login-item', 'on'])).code).toBe(0);
  const electron = electronCommand([`--user-data-dir=${dataDir}`]);
  const words = [electron.command, ...electronArgs, ...electron.args].map((word) => `'${word}'`);
  const env = Object.entries(electron.env).flatMap(([name, value]) =>
    process.env[name] === value ? [] : [`${name}='${value}'`],
  );
  const systemd = await newSession(`exec env ${[...env, ...words].join(' ')} "$@"`);
  const pid = async (): Promise<number> => Number(await systemd.property(UNIT, 'MainPID'));
  await expect.poll(() => isReady(dataDir)).toBe(true);
  const session = agentSession(server, 'front');
  await hold(dataDir, session);
  return { systemd, server, dataDir, sessionId: session.sessionId, pid };
}

async function isReady(dataDir: string): Promise<boolean> {
  try {
    await status(dataDir);
    return true;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

describe.skipIf(!hasUserSystemd)('under systemd', TAKES_USER_SYSTEMD, () => {
  test('an app that was killed is back by itself, and ends what nobody answers for', async () => {
    const { systemd, server, dataDir, sessionId, pid } = await newSupervisedApp();
    const first = await pid();
    process.kill(first, 'SIGKILL');
    await server.waitUntilOver(sessionId);
    await expect
      .poll(() => results(dataDir))
      .toMatchObject([{ cause: 'leftover', outcome: 'ended' }]);
    expect(await pid()).not.toBe(first);
    expect(await systemd.property(UNIT, 'NRestarts')).toBe('1');
  });

  test('an app that quits does not come back', async () => {
    const { systemd, dataDir } = await newSupervisedApp();
    await askToQuit(dataDir);
    await expect.poll(() => systemd.property(UNIT, 'ActiveState')).toBe('inactive');
    expect(await systemd.property(UNIT, 'NRestarts')).toBe('0');
  });

  test('a start while the app goes is made good once it has gone', async () => {
    const { systemd, server, dataDir, pid } = await newSupervisedApp();
    const first = await pid();
    server.fault({ call: 'logoff', fault: { kind: 'hang' } });
    const quitting = askToQuit(dataDir);
    await server.waitForRequest(({ call }) => call === 'logoff');
    expect((await signoff(dataDir, ['--hidden'])).code).toBe(0);
    server.clearFaults();
    await quitting;
    await expect.poll(() => systemd.property(UNIT, 'ActiveState')).toBe('inactive');
    await expect.poll(() => isReady(dataDir)).toBe(true);
    expect((await status(dataDir)).pid).not.toBe(first);
  });

  test('the end of the session signs off, and the app does not come back', async () => {
    const { systemd, server, dataDir } = await newSupervisedApp();
    await systemd.endSession();
    await expect.poll(() => systemd.property(UNIT, 'ActiveState')).toBe('inactive');
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
    expect((await results(dataDir)).map(({ cause, outcome }) => [cause, outcome])).toEqual([
      ['signal', 'ended'],
    ]);
  });

  test.each([
    { code: 0, state: 'inactive' },
    { code: 2, state: 'failed' },
    { code: 3, state: 'failed' },
  ])('a start that ends with $code is not tried again', async ({ code, state }) => {
    const systemd = await newSession(`exit ${code}`);
    await expect.poll(() => systemd.property(UNIT, 'ActiveState')).toBe(state);
    expect(await systemd.property(UNIT, 'NRestarts')).toBe('0');
  });

  test('one that ends with 1 is tried again, and no more than five times in all', async () => {
    const runs = path.join(await newDataDir(), 'runs');
    const systemd = await newSession(`echo >>'${runs}'; exit 1`);
    await expect.poll(() => systemd.property(UNIT, 'ActiveState')).toBe('failed');
    expect(await readFile(runs, 'utf8')).toBe('\n'.repeat(5));
  });

  test('what is killed is back within five seconds, as systemd has it', async () => {
    const systemd = await newSession('exec sleep 1000');
    expect(await systemd.property(UNIT, 'RestartUSec')).toBe('1s');
  });
});
