import { startApp, stopApp, type Which, withDataDir } from './apps.ts';
import type { Bench, Row } from './figure.ts';
import { now } from './now.ts';

/** From the start to holding sessions and having the tray's icon up, beside the bare app's icon. */
export async function start({ rounds, desktop }: Bench): Promise<Row[]> {
  return withDataDir((ours) =>
    withDataDir(async (bares) => {
      const timed = async (which: Which): Promise<number> => {
        const before = now();
        const app = startApp(which, { dataDir: which === 'signoff' ? ours : bares, ...desktop });
        await app.ready;
        const took = now() - before;
        await stopApp(app);
        return took;
      };
      const measured: number[] = [];
      const baselineMeasured: number[] = [];
      // The first start makes the folder's content, in both apps.
      await timed('signoff');
      await timed('bare');
      for (let round = 0; round < rounds; round += 1) {
        measured.push(await timed('signoff'));
        baselineMeasured.push(await timed('bare'));
      }
      return [
        {
          figure: 'start to holding and tray ready',
          baseline: 'a bare tray app',
          unit: 'ms',
          measured,
          baselineMeasured,
          aim: { kind: 'ratio', most: 1.2 },
        },
      ];
    }),
  );
}
