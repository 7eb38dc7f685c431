import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { PracticeServer } from '../../simulator/practice-server.ts';
import {
  agentSession,
  askToQuit,
  hold,
  leaveBehind,
  newDataDir,
  newServer,
  signoff,
  startSignoff,
  status,
} from './signoff.ts';

/** Leaves a session behind in this folder, the app that held it killed; resolves with its server. */
async function leftOver(dataDir: string): Promise<PracticeServer> {
  const server = await newServer();
  await leaveBehind(dataDir, agentSession(server, 'front'));
  return server;
}

describe('a start', () => {
  test('while the app goes is made good once it has gone', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    const first = await startSignoff(dataDir);
    await hold(dataDir, agentSession(server, 'front'));
    // It goes for as long as a quit may take, several times what the second start takes to come by.
    server.fault({ call: 'logoff', fault: { kind: 'hang' } });
    const quitting = askToQuit(dataDir);
    await server.waitForRequest(({ call }) => call === 'logoff');
    // Told to quit by its own command line: nobody else knows of the process that the app starts.
    onTestFinished(async () => void (await signoff(dataDir, ['quit'])));
    const second = await signoff(dataDir, ['--hidden']);
    expect(second.code).toBe(0);
    server.clearFaults();
    await quitting;
    await first.exited;
    await server.waitUntilOver(server.sessions[0]?.sessionId ?? '');
    await expect.poll(async () => (await status(dataDir)).pid).not.toBe(first.child.pid);
  });

  test('while a command signs off what is left over waits for it', async () => {
    const dataDir = await newDataDir();
    const server = await leftOver(dataDir);
    server.fault({ call: 'logoff', fault: { kind: 'delay', ms: 2_000 } });
    const command = signoff(dataDir, ['sign-off', '--json']);
    await server.waitForRequest(({ call }) => call === 'logoff');
    await startSignoff(dataDir);
    expect((await command).code).toBe(0);
    expect((await status(dataDir)).held).toEqual([]);
  });

  test('at login that the settings do not want goes again at once', async () => {
    const start = await signoff(await newDataDir(), ['--hidden', '--at-login']);
    expect(start.code).toBe(0);
    expect(start.stderr).toContain('"event":"not-wanted-at-login"');
    expect(start.stderr).not.toContain('"event":"ready"');
  });

  test('at login that the settings do not want stays for what is left over', async () => {
    const dataDir = await newDataDir();
    const server = await leftOver(dataDir);
    const second = await startSignoff(dataDir, { args: ['--at-login'] });
    await server.waitUntilOver(server.sessions[0]?.sessionId ?? '');
    expect((await status(dataDir)).pid).toBe(second.child.pid);
  });

  test('at login that the settings want stays', async () => {
    const dataDir = await newDataDir();
    // The start at login is put there.
    const env = { XDG_CONFIG_HOME: path.join(dataDir, 'config') };
    expect((await signoff(dataDir, ['login-item', 'on'], { env })).code).toBe(0);
    const app = await startSignoff(dataDir, { args: ['--at-login'], env });
    expect((await status(dataDir)).pid).toBe(app.child.pid);
  });

  test.runIf(process.platform === 'linux')(
    'at login that the desktop has switched off goes again at once, and leaves it so',
    async () => {
      const dataDir = await newDataDir();
      const env = { XDG_CONFIG_HOME: path.join(dataDir, 'config') };
      await signoff(dataDir, ['login-item', 'on'], { env });
      const entry = path.join(dataDir, 'config/autostart/signoff.desktop');
      appendFileSync(entry, 'Hidden=true\n');
      const switchedOff = readFileSync(entry, 'utf8');
      const start = await signoff(dataDir, ['--hidden', '--at-login'], { env });
      expect(start.stderr).toContain('"event":"not-wanted-at-login"');
      expect(readFileSync(entry, 'utf8')).toBe(switchedOff);
      const { stdout } = await signoff(dataDir, ['policy'], { env });
      expect(stdout).toMatch(/^startAtLogin +false +desktop$/m);
    },
  );
});
