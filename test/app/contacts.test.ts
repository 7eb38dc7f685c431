import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSignoff as start } from '../../scripts/signoff.ts';
import { ended } from '../support/ended.ts';
import { takes } from '../support/takes.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { electronArgs } from './desktop.ts';
import { agentSession, askToSignOff, hold, newDataDir, newServer, signoff } from './signoff.ts';

const canTrace = spawnSync('strace', ['-f', '-e', 'trace=connect', 'true']).status === 0;

/** The hosts and ports of an address family of the Internet that these calls were made for. */
function contacted(trace: string): string[] {
  return [
    ...trace.matchAll(
      /sin6?_port=htons\((\d+)\)[^}]*?(?:inet_addr\("([^"]+)"|inet_pton\(AF_INET6, "([^"]+)")/g,
    ),
  ].map(([, port = '', four, six]) => `${four ?? six ?? ''} ${port}`);
}

describe.skipIf(!canTrace)('the app', takes('strace'), () => {
  test('B3: contacts the servers of what is held, and nobody else, from start to quit', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    const trace = path.join(tempFolder(), 'trace');
    const calls = 'trace=connect,sendto,sendmsg,sendmmsg';
    const within = ['strace', '-f', '-qq', '-s', '64', '-o', trace, '-e', calls];
    const app = start([], { dataDir, electronArgs, within });
    onTestFinished(() => ended(app.child));
    await app.ready;
    await hold(dataDir, agentSession(server, 'front'));
    await askToSignOff(dataDir);
    await hold(dataDir, agentSession(server, 'back'));
    expect((await signoff(dataDir, ['quit'])).code).toBe(0);
    await app.exited;
    expect(server.sessions.map(({ over }) => over)).toEqual([true, true]);
    const { port } = new URL(server.url);
    expect(new Set(contacted(await readFile(trace, 'utf8')))).toEqual(
      new Set([`127.0.0.1 ${port}`]),
    );
  });
});
