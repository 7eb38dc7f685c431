import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { machineDirOf } from '../support/machine-dir.ts';
import { agentSession, hold, newDataDir, newServer, startSignoff, status } from './signoff.ts';

describe('the vault of the real app', () => {
  test('is encrypted by the keyring, and only its owner may read it', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    await startSignoff(dataDir);
    const session = agentSession(server, 'front');
    await hold(dataDir, session);
    const file = path.join(machineDirOf(dataDir), 'vault.sealed');
    const bytes = await readFile(file);
    expect(bytes.includes(session.sessionId)).toBe(false);
    const sealed = bytes.toString().split('\n')[1] ?? '';
    expect(Buffer.from(sealed, 'base64').includes(session.sessionId)).toBe(false);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.join(machineDirOf(dataDir), 'control.sock'))).mode & 0o077).toBe(0);
  });

  test('that cannot be read is set aside, whole, and the agent is told', async () => {
    const dataDir = await newDataDir();
    await mkdir(machineDirOf(dataDir));
    await writeFile(path.join(machineDirOf(dataDir), 'vault.sealed'), 'not a vault');
    await startSignoff(dataDir);
    const { vault } = await status(dataDir);
    expect(vault.durable).toBe(true);
    expect(vault.setAside).toMatch(/^vault\.unreadable-.*\.sealed$/);
    expect(await readFile(path.join(machineDirOf(dataDir), vault.setAside ?? ''), 'utf8')).toBe(
      'not a vault',
    );
  });

  test('is memory where the OS offers no encryption; what is held is still signed off', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    const app = await startSignoff(dataDir, { args: ['--password-store=basic'] });
    await hold(dataDir, agentSession(server, 'front'));
    const { held, vault } = await status(dataDir);
    expect(held).toHaveLength(1);
    expect(vault.durable).toBe(false);
    expect(await readdir(machineDirOf(dataDir))).not.toContain('vault.sealed');
    app.child.kill('SIGTERM');
    await app.exited;
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
  });
});
