import { setTimeout as sleep } from 'node:timers/promises';
import { runSignoff } from '../../scripts/signoff.ts';
import { pidOf, type Which, withApp, withDataDir } from './apps.ts';
import type { Bench, Row } from './figure.ts';
import { openDisplay } from './display.ts';
import { memoryOf } from './processes.ts';

/** Chromium's own work after a start, or after a window, is over by then. */
const SETTLED_MS = 5_000;
/** How long the window is open: its page has loaded and shown itself. */
const OPEN_MS = 2_000;

/** Memory of all processes in the tray, with the window never opened, and opened and closed again. */
export async function memory({ rounds, desktop }: Bench): Promise<Row[]> {
  const inTray = (
    which: Which,
    before: (app: { dataDir: string }) => Promise<void> = () => Promise.resolve(),
  ): Promise<number> =>
    withDataDir((dataDir) =>
      withApp(which, { dataDir, ...desktop }, async (app) => {
        await before({ dataDir });
        await sleep(SETTLED_MS);
        return memoryOf(pidOf(app));
      }),
    );
  // A second start shows the window, and X closes it, as a person would: nothing is added to what is
  // measured.
  const openAndClose = async ({ dataDir }: { dataDir: string }): Promise<void> => {
    const display = await openDisplay(desktop.env?.['DISPLAY'] ?? process.env['DISPLAY'] ?? '');
    try {
      await runSignoff([], { dataDir, ...desktop });
      const window = await display.waitForWindow('Signoff');
      await sleep(OPEN_MS);
      await display.close(window);
      await display.waitUntilGone(window);
    } finally {
      display.disconnect();
    }
  };

  const neverOpened: number[] = [];
  const openedAndClosed: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    neverOpened.push(await inTray('signoff'));
    bare.push(await inTray('bare'));
    openedAndClosed.push(await inTray('signoff', openAndClose));
  }
  const row = { baseline: 'a bare tray app', unit: 'MB', baselineMeasured: bare };
  return [
    {
      ...row,
      figure: 'memory (PSS of all processes) in the tray, window never opened',
      measured: neverOpened,
      aim: { kind: 'ratio', most: 1.05 },
    },
    {
      ...row,
      figure: 'the same after the window was opened and closed',
      measured: openedAndClosed,
      aim: { kind: 'ratio', most: 1.1 },
    },
  ];
}
