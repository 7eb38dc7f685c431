import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import {
  agentSession,
  askToSignOff,
  engagement,
  hold,
  newDataDir,
  newServer,
  signoff,
  startSignoff,
} from './signoff.ts';

function filesIn(zip: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(unzipSync(readFileSync(zip))).map(([name, bytes]) => [name, strFromU8(bytes)]),
  );
}

describe('diagnostics', () => {
  test('they tell of the running app and its servers, touch no session, and hold no secret', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    await startSignoff(dataDir);
    const sessions = [agentSession(server, 'planted label'), engagement(server, 'planted label')];
    for (const session of sessions) await hold(dataDir, session);
    server.fault({ fault: { kind: 'refuse-unless-forced' } });
    await askToSignOff(dataDir);
    const zip = path.join(dataDir, 'help.zip');
    const run = await signoff(dataDir, ['diagnostics', zip]);
    expect([run.code, run.stdout]).toEqual([0, `${zip}\n`]);

    const files = filesIn(zip);
    expect(JSON.parse(files['about.json'] ?? '')).toMatchObject({
      answeredBy: 'The running Signoff.',
    });
    expect(JSON.parse(files['app.json'] ?? '')).toMatchObject({
      vault: { durable: true },
      held: { all: 1, couldNotBeEnded: 1 },
    });
    expect(JSON.parse(files['connectivity.json'] ?? '')).toMatchObject({
      servers: [
        {
          server: sessions[0]?.server,
          proxies: ['none'],
          withoutProxy: { tcpMs: expect.any(Number), failed: null },
        },
      ],
      chatServers: [{ server: sessions[0]?.server, check: { ok: true } }],
    });
    expect(JSON.parse(files['receipts.json'] ?? '')).toMatchObject({
      newest: [{ cause: 'asked' }, { cause: 'asked' }],
    });
    expect(files['logs/signoff.log']).toContain('"event":"ready"');
    expect(server.sessions.filter(({ over }) => !over)).toHaveLength(1);
    const secrets = ['planted', ...sessions.map(({ sessionId }) => sessionId)];
    for (const text of Object.values(files)) {
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });

  test('they need neither app nor display, and keep the file that is there', async () => {
    const dataDir = await newDataDir();
    const zip = path.join(dataDir, 'help.zip');
    const noDisplay = { env: { DISPLAY: '' } };
    const first = await signoff(dataDir, ['diagnostics', zip], noDisplay);
    expect([first.code, first.stdout]).toEqual([0, `${zip}\n`]);
    expect(first.stderr).toContain('Signoff is not running. So a process of its own answered');
    expect(filesIn(zip)['app.json']).toBe('null\n');
    const again = await signoff(dataDir, ['diagnostics', zip], noDisplay);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain(`${zip} is there already; --force replaces it.\n`);
    expect((await signoff(dataDir, ['diagnostics', zip, '--force'], noDisplay)).code).toBe(0);
  });
});

describe('login-item', () => {
  const autostart = (configHome: string): string =>
    path.join(configHome, 'autostart', 'signoff.desktop');

  test('without the app it is set and the app agrees at its next start', async () => {
    const dataDir = await newDataDir();
    const configHome = await newDataDir();
    const env = { XDG_CONFIG_HOME: configHome };
    const on = await signoff(dataDir, ['login-item', 'on'], { env });
    expect([on.code, on.stdout]).toEqual([0, 'Signoff starts at login.\n']);
    const written = readFileSync(autostart(configHome), 'utf8');
    await startSignoff(dataDir, { env });
    expect(readFileSync(autostart(configHome), 'utf8')).toBe(written);
  });

  test('with the app it goes through the app', async () => {
    const dataDir = await newDataDir();
    const configHome = await newDataDir();
    await startSignoff(dataDir, { env: { XDG_CONFIG_HOME: configHome } });
    expect((await signoff(dataDir, ['login-item', 'on'])).code).toBe(0);
    expect(existsSync(autostart(configHome))).toBe(true);
    expect((await signoff(dataDir, ['login-item', 'off'])).code).toBe(0);
    expect(existsSync(autostart(configHome))).toBe(false);
  });
});
