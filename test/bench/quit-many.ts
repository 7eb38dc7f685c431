import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type PracticeServer, startPracticeServer } from '../../simulator/practice-server.ts';
import { command, withApp, withDataDir } from './apps.ts';
import type { Bench, Row } from './figure.ts';
import { now } from './now.ts';
import { addSession, forcedLogoff, hold } from './sessions.ts';

const MANY = 100;
const SERVER_TAKES_MS = 50;
const BARE_CLIENT = path.join(import.meta.dirname, 'bare-client.ts');

/**
 * From quit to every session being over at the server: many of them beside one, and beside the least
 * program that can end as many, which shows what of it is the machine's and the server's own time.
 */
export async function quitMany({ rounds, desktop }: Bench): Promise<Row[]> {
  const many: number[] = [];
  const one: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    many.push(await byQuit(MANY, desktop));
    one.push(await byQuit(1, desktop));
    bare.push(await byBareClient(MANY));
  }
  const figure = `quit to all over, ${MANY} sessions, the server takes ${SERVER_TAKES_MS} ms each`;
  return [
    {
      figure,
      baseline: 'one session, same server',
      unit: 'ms',
      measured: many,
      baselineMeasured: one,
      aim: { kind: 'ratio', most: 1.5 },
    },
    {
      figure,
      baseline: 'a bare client, same number',
      unit: 'ms',
      measured: many,
      baselineMeasured: bare,
      aim: null,
    },
  ];
}

/** By the app: from the quit command. */
async function byQuit(count: number, desktop: Bench['desktop']): Promise<number> {
  return withServer(count, (server, allOver) =>
    withDataDir((dataDir) =>
      withApp('signoff', { dataDir, ...desktop }, async () => {
        for (const sessionId of idsOf(count)) await hold(dataDir, server, sessionId);
        const before = now();
        await command(dataDir, { command: 'quit' });
        return (await allOver) - before;
      }),
    ),
  );
}

/** By the bare client, which has ended one more before. */
async function byBareClient(count: number): Promise<number> {
  return withServer(count + 1, async (server, allOver) => {
    const ids = idsOf(count + 1);
    for (const sessionId of ids) addSession(server, sessionId);
    const { url, headers, body } = forcedLogoff(server.url);
    const client = spawn(
      process.execPath,
      [BARE_CLIENT, url, JSON.stringify(headers), body, ...ids],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const exited = once(client, 'exit');
    await once(client.stdout, 'data');
    const before = now();
    client.stdin.write('go\n');
    const took = (await allOver) - before;
    await exited;
    return took;
  });
}

/** Calls `use` with a server, and when it has ended so many sessions. */
async function withServer(
  count: number,
  use: (server: PracticeServer, allOver: Promise<number>) => Promise<number>,
): Promise<number> {
  const allOver = Promise.withResolvers<number>();
  let over = 0;
  const server = await startPracticeServer({
    processingMs: SERVER_TAKES_MS,
    onSettled: ({ status }) => {
      if (status === 200) over += 1;
      if (over === count) allOver.resolve(now());
    },
  });
  try {
    return await use(server, allOver.promise);
  } finally {
    await server.close();
  }
}

function idsOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `node0many${index}`);
}
