import { setTimeout as sleep } from 'node:timers/promises';
import { pidOf, withApp, withDataDir } from './apps.ts';
import type { Bench, Row } from './figure.ts';
import { type Usage, usageOf } from './processes.ts';

/** What Chromium does by itself after a start is over by then. */
const SETTLED_MS = 10_000;

/**
 * Processor time while nothing is owed and nothing happens: both apps at once, slice by slice, since
 * they are to be compared over the same time.
 */
export async function idle({ rounds, idleSeconds, desktop }: Bench): Promise<Row[]> {
  const ours: Usage[] = [];
  const bares: Usage[] = [];
  await withDataDir((ourDir) =>
    withDataDir((bareDir) =>
      withApp('signoff', { dataDir: ourDir, ...desktop }, (signoff) =>
        withApp('bare', { dataDir: bareDir, ...desktop }, async (bare) => {
          await sleep(SETTLED_MS);
          for (let slice = 0; slice <= rounds; slice += 1) {
            if (slice > 0) await sleep((idleSeconds * 1000) / rounds);
            ours.push(await usageOf(pidOf(signoff)));
            bares.push(await usageOf(pidOf(bare)));
          }
        }),
      ),
    ),
  );
  // The aim, no timer of ours, is a test's to prove (test/app/window.test.ts); these tell what it comes to.
  const row = { baseline: 'a bare tray app', aim: null } as const;
  return [
    {
      ...row,
      figure: `idle in the tray: processor time of all processes in ${idleSeconds / rounds} s`,
      unit: 'ms',
      measured: steps(ours, ({ cpuMs }) => cpuMs),
      baselineMeasured: steps(bares, ({ cpuMs }) => cpuMs),
    },
    {
      ...row,
      figure: `idle in the tray: wake-ups of the main thread in ${idleSeconds} s`,
      unit: '',
      measured: [total(ours, ({ wakeUps }) => wakeUps)],
      baselineMeasured: [total(bares, ({ wakeUps }) => wakeUps)],
    },
  ];
}

function steps(usages: readonly Usage[], of: (usage: Usage) => number): number[] {
  return usages.slice(1).map((usage, index) => of(usage) - of(usages[index] ?? usage));
}

function total(usages: readonly Usage[], of: (usage: Usage) => number): number {
  return steps(usages, of).reduce((sum, step) => sum + step, 0);
}
