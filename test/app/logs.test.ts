import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { logsIn } from '../support/logs.ts';
import {
  agentSession,
  engagement,
  hold,
  newDataDir,
  newServer,
  signoff,
  startSignoff,
} from './signoff.ts';

test('what it does stands in its log, up to its last word', async () => {
  const server = await newServer();
  const dataDir = await newDataDir();
  const app = await startSignoff(dataDir);
  await hold(dataDir, agentSession(server, 'front'));
  await signoff(dataDir, ['quit']);
  await app.exited;
  const events = logsIn(path.join(dataDir, 'logs')).map(({ event }) => event);
  expect(events[0]).toBe('ready');
  expect(events.at(-1)).toBe('going');
});

test('the log file has the lines of standard error that its level lets through', async () => {
  const dataDir = await newDataDir();
  const app = await startSignoff(dataDir);
  app.child.kill('SIGTERM');
  await app.exited;
  const said = app
    .log()
    .split('\n')
    .filter((line) => line.startsWith('{"time"') && !line.includes('"level":"debug"'));
  expect(
    readFileSync(path.join(dataDir, 'logs', 'signoff.log'), 'utf8')
      .trim()
      .split(/\r?\n/),
  ).toEqual(said);
});

test('no session id and no label is in any log, whatever goes wrong', async () => {
  const server = await newServer();
  const dataDir = await newDataDir();
  const app = await startSignoff(dataDir);
  const sessions = [agentSession(server, 'planted label'), engagement(server, 'planted label too')];
  for (const session of sessions) await hold(dataDir, session);
  server.fault({ fault: { kind: 'refuse-unless-forced' } });
  await signoff(dataDir, ['sign-off', '--json']);
  server.fault({ fault: { kind: 'hang' } });
  await signoff(dataDir, ['sign-off', '--timeout', '0.5']);
  await signoff(dataDir, ['hold'], { stdin: '{"sessionId":"planted' });
  app.child.kill('SIGTERM');
  await app.exited;
  const secrets = ['planted', ...sessions.map(({ sessionId }) => sessionId)];
  const folder = path.join(dataDir, 'logs');
  for (const name of readdirSync(folder)) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    expect(text).not.toBe('');
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(statSync(path.join(folder, name)).mode & 0o077).toBe(0);
  }
});
