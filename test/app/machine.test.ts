import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { startLoginManager } from './login-manager.ts';
import {
  agentSession,
  hold,
  newDataDir,
  newServer,
  results,
  startSignoff,
  status,
} from './signoff.ts';

// logind is Linux's; what Windows and macOS say is tested where it comes in, in test/unit/lifecycle.
describe.runIf(process.platform === 'linux')('a shutdown of the machine', () => {
  test('is held back until what is held is over, and no longer', async () => {
    const logind = await startLoginManager();
    const server = await newServer();
    const dataDir = await newDataDir();
    const app = await startSignoff(dataDir, { env: logind.env });
    await hold(dataDir, agentSession(server, 'front'));
    expect(await logind.inhibitors('shutdown')).toHaveLength(1);

    await logind.prepareFor('Shutdown', true);

    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
    expect(await results(dataDir)).toMatchObject([
      { cause: 'shutdown', forced: true, outcome: 'ended' },
    ]);
    await expect.poll(() => logind.inhibitors('shutdown')).toEqual([]);
  });
});

describe.runIf(process.platform === 'linux')('the machine going to sleep', () => {
  test('changes nothing unless the settings say so', async () => {
    const logind = await startLoginManager();
    const server = await newServer();
    const dataDir = await newDataDir();
    await startSignoff(dataDir, { env: logind.env });
    await hold(dataDir, agentSession(server, 'front'));
    expect(await logind.inhibitors('sleep')).not.toContain('Signoff');
    await logind.prepareFor('Sleep', true);
    await logind.prepareFor('Sleep', false);
    expect((await status(dataDir)).held).toHaveLength(1);
    expect(server.received).toEqual([]);
  });

  test('is held back for the sign-off where they do, and again after waking up', async () => {
    const logind = await startLoginManager();
    const server = await newServer();
    const dataDir = await newDataDir();
    await writeFile(path.join(dataDir, 'settings.json'), '{"onSuspend":"sign-off"}');
    await startSignoff(dataDir, { env: logind.env });
    await hold(dataDir, agentSession(server, 'front'));
    await expect.poll(() => logind.inhibitors('sleep')).toContain('Signoff');
    // Long enough to look meanwhile, and half of what the sign-off may take.
    server.fault({ fault: { kind: 'delay', ms: 2_000 } });

    await logind.prepareFor('Sleep', true);
    await server.waitForRequest();
    expect(await logind.inhibitors('sleep')).toContain('Signoff');
    await expect.poll(() => logind.inhibitors('sleep')).not.toContain('Signoff');

    await expect
      .poll(() => results(dataDir))
      .toMatchObject([{ cause: 'suspend', outcome: 'ended' }]);
    await logind.prepareFor('Sleep', false);
    await expect.poll(() => logind.inhibitors('sleep')).toContain('Signoff');
  });
});

describe.runIf(process.platform === 'linux')('the login session', () => {
  /** Tells until it is heard: nothing shows when the app's watch has begun. */
  async function tellUntilHeard(
    onDisk: object,
    ...told: [what: 'Lock' | 'LockedHint' | 'Active', value?: boolean]
  ) {
    const logind = await startLoginManager();
    await logind.addSession('c1');
    const server = await newServer();
    const dataDir = await newDataDir();
    await writeFile(path.join(dataDir, 'settings.json'), JSON.stringify(onDisk));
    await startSignoff(dataDir, { env: { ...logind.env, XDG_SESSION_ID: 'c1' } });
    await hold(dataDir, agentSession(server, 'front'));
    await expect
      .poll(async () => {
        await logind.tell('c1', ...told);
        return results(dataDir);
      })
      .toHaveLength(1);
    return results(dataDir);
  }

  test.each([
    { what: 'LockedHint', value: true },
    { what: 'Lock', value: undefined },
  ] as const)('that is locked is signed off ($what)', async ({ what, value }) => {
    expect(await tellUntilHeard({ onLock: 'sign-off' }, what, value)).toMatchObject([
      { cause: 'lock', forced: true, outcome: 'ended' },
    ]);
  });

  test('that another one takes the screen from is signed off as well', async () => {
    expect(await tellUntilHeard({ onLock: 'sign-off' }, 'Active', false)).toMatchObject([
      { cause: 'disconnect', forced: true, outcome: 'ended' },
    ]);
  });
});
