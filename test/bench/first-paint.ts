import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openTrayHost } from '../support/tray-host.ts';
import { stopApp, type Which, startApp, withDataDir } from './apps.ts';
import { openDisplay } from './display.ts';
import type { Bench, Row } from './figure.ts';

/**
 * From a click on the tray's icon to the window being on the screen, which both apps put off until
 * their page has painted for the first time. Each round starts the app anew: its first window counts.
 */
export async function firstPaint({ rounds, desktop }: Bench): Promise<Row[]> {
  const measured: number[] = [];
  const baselineMeasured: number[] = [];
  const timed = (which: Which): Promise<number> =>
    withDataDir(async (dataDir) => {
      const panel = await openTrayHost({ ...process.env, ...desktop.env });
      const app = startApp(which, { dataDir, ...desktop });
      const display = await openDisplay(desktop.env?.['DISPLAY'] ?? process.env['DISPLAY'] ?? '');
      try {
        await app.ready;
        const clicker = await openClicker(await panel.icon(), { ...process.env, ...desktop.env });
        await display.watchWindows();
        const clickedAt = await clicker.click();
        return (await display.nextShown()) - clickedAt;
      } finally {
        display.disconnect();
        await stopApp(app);
        await panel.close();
      }
    });
  for (let round = 0; round < rounds; round += 1) {
    measured.push(await timed('signoff'));
    baselineMeasured.push(await timed('bare-window'));
  }
  return [
    {
      figure: 'a click in the tray to the first paint of the window',
      baseline: 'a bare window',
      unit: 'ms',
      measured,
      baselineMeasured,
      aim: { kind: 'ratio', most: 1.5 },
    },
  ];
}

/** Clicks on an icon without starting a program for it, which would take longer than many a paint. */
async function openClicker(
  icon: string,
  env: NodeJS.ProcessEnv,
): Promise<{
  /** Resolves with the moment of the click, in epoch milliseconds. */
  click(): Promise<number>;
}> {
  const script = path.join(import.meta.dirname, 'clicker.py');
  const child = spawn('/usr/bin/python3', [script, icon], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout);
  await once(lines, 'line');
  return {
    async click() {
      const line = once(lines, 'line');
      child.stdin.end('\n');
      return Number((await line)[0]);
    },
  };
}
