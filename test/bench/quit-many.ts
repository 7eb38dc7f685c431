import { startPracticeServer } from '../../simulator/practice-server.ts';
import { command, withApp, withDataDir } from './apps.ts';
import type { Bench, Row } from './figure.ts';
import { now } from './now.ts';
import { hold } from './sessions.ts';

const MANY = 100;
const SERVER_TAKES_MS = 50;

/** From quit to every session being over at the server: many of them beside one. */
export async function quitMany({ rounds, desktop }: Bench): Promise<Row[]> {
  const many: number[] = [];
  const one: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    many.push(await quitToAllOver(MANY, desktop));
    one.push(await quitToAllOver(1, desktop));
  }
  return [
    {
      figure: `quit to all over, ${MANY} sessions, the server takes ${SERVER_TAKES_MS} ms each`,
      baseline: 'one session, same server',
      unit: 'ms',
      measured: many,
      baselineMeasured: one,
      aim: { kind: 'ratio', most: 1.5 },
    },
  ];
}

async function quitToAllOver(count: number, desktop: Bench['desktop']): Promise<number> {
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
    return await withDataDir((dataDir) =>
      withApp('signoff', { dataDir, ...desktop }, async () => {
        for (let held = 0; held < count; held += 1) {
          await hold(dataDir, server, `node0many${held}`);
        }
        const before = now();
        await command(dataDir, { command: 'quit' });
        return (await allOver.promise) - before;
      }),
    );
  } finally {
    await server.close();
  }
}
