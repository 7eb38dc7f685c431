import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logsIn } from '../support/logs.ts';
import {
  agentSession,
  askToSignOff,
  engagement,
  hold,
  newDataDir,
  newServer,
  startSignoff,
} from './signoff.ts';

describe('the log of an app that held two sessions, and for which much went wrong', () => {
  let folder: string;
  let standardError: string;
  let sessionIds: string[];
  beforeAll(async () => {
    const server = await newServer({}, afterAll);
    const dataDir = await newDataDir(undefined, afterAll);
    folder = path.join(dataDir, 'logs');
    const app = await startSignoff(dataDir, {}, afterAll);
    const sessions = [
      agentSession(server, 'planted label'),
      engagement(server, 'planted label too'),
    ];
    sessionIds = sessions.map(({ sessionId }) => sessionId);
    for (const session of sessions) await hold(dataDir, session);
    server.fault({ fault: { kind: 'refuse-unless-forced' } });
    await askToSignOff(dataDir);
    server.clearFaults();
    server.fault({ fault: { kind: 'hang' } });
    await askToSignOff(dataDir, { budgetMs: 500 });
    server.clearFaults();
    // No session at all.
    await Promise.allSettled([hold(dataDir, { sessionId: 'planted' })]);
    app.child.kill('SIGTERM');
    // The last of its log comes after its exit.
    await once(app.child, 'close');
    standardError = app.log();
  });

  test('tells what it did, up to its last word', () => {
    const events = logsIn(folder).map(({ event }) => event);
    expect(events[0]).toBe('ready');
    expect(events).toContain('not-signed-off');
    expect(events.at(-1)).toBe('going');
  });

  test('has the lines of standard error that its level lets through', () => {
    const said = standardError
      .split('\n')
      .filter((line) => line.startsWith('{"time"') && !line.includes('"level":"debug"'));
    expect(readFileSync(path.join(folder, 'signoff.log'), 'utf8').trim().split(/\r?\n/)).toEqual(
      said,
    );
  });

  test('has no session id and no label in it, and only its owner may read it', () => {
    const secrets = ['planted', ...sessionIds];
    for (const name of readdirSync(folder)) {
      const text = readFileSync(path.join(folder, name), 'utf8');
      expect(text).not.toBe('');
      for (const secret of secrets) expect(text).not.toContain(secret);
      expect(statSync(path.join(folder, name)).mode & 0o077).toBe(0);
    }
  });
});
